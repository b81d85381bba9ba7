"""Install and remove models."""
