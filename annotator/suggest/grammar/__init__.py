"""Suggest dates, casualties, attacks and other phrases by rules that are data."""
