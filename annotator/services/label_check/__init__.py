"""Check the labels of a project for consistency, and correct what is wrong."""
