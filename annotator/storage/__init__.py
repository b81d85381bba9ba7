"""Keep projects: SQLite through sqlite-utils; no other room knows SQL."""
