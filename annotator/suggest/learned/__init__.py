"""The project's own model, trained on its decisions."""
