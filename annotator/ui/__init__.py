"""Draw and listen: everything that knows Qt, and nothing that decides."""
