"""Search all articles, label all occurrences."""
