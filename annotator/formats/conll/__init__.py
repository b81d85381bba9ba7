"""CoNLL in its dialects."""
