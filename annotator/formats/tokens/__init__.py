"""From spans of characters to whole tokens, and back."""
