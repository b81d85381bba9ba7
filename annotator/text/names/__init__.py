"""Names of people: find them, and replace them by others."""
