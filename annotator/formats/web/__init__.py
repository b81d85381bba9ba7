"""Web pages and feeds."""
