"""The domain: frozen values and pure functions that need the standard library only."""
