"""Generate suggestions in worker processes, and train the project's own model."""
