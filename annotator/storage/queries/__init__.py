"""Queries over all documents of a project."""
