"""The field's words: frozen values and pure functions, on the standard library alone."""
