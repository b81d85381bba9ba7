"""The append-only log of edits, and the state that it gives."""
