"""The check of labels: its page, its lists, and the rules of the project."""
