"""The pane beside the article: labels, spans, confidence."""
