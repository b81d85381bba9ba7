"""Check a project for damage, repair it, back it up, restore it."""
