"""Suggesters: one protocol, and one module or package for each of them."""
