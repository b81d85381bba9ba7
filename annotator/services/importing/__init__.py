"""Import articles, annotations and notes."""
