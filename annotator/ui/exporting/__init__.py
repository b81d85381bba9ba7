"""Export, from the dialog to its messages."""
