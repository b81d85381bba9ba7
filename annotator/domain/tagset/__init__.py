"""The tagset: its labels and their colours, drafts, and changes."""
