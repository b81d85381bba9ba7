"""Articles that repeat others."""
