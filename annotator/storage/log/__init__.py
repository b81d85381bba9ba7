"""The append-only log of edits, and the state that follows from it."""
