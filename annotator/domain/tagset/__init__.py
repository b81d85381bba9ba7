"""The tagset: its labels, drafts and changes of it, their colours."""
