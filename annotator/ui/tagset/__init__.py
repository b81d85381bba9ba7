"""Edit labels and their guidelines."""
