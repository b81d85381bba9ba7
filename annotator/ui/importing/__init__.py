"""Import, from the dialog to its messages."""
