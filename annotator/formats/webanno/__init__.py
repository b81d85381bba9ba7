"""WebAnno TSV."""
