"""The list of articles and its filter."""
