"""Menus, keyboard shortcuts and the command palette."""
