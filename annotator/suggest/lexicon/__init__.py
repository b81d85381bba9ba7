"""Suggest names from bundled lists."""
