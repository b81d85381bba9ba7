"""Export annotations: selection, pseudonyms, dry run, verification, report."""
