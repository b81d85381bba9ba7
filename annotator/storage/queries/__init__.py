"""Queries over the whole project."""
