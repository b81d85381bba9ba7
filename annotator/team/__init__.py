"""Unite the work of several annotators."""
