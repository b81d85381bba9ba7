"""Articles that repeat others: reprints, and all pairs of near-duplicates."""
