"""Names from lists."""
