"""Search all articles, and label all occurrences of a name."""
