"""Merge, from the dialog to its messages."""
