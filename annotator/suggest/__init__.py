"""Propose spans: one protocol, one module for each suggester."""
