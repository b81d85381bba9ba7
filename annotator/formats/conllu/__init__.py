"""CoNLL-U."""
