"""The side panel: labels, spans, confidence."""
