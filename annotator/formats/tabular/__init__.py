"""Tables: CSV, Parquet, Hugging Face datasets with their card, spaCy DocBin."""
