"""The article: its layout, painting, caret, mouse and accessibility."""
