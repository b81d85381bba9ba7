"""Generate suggestions and train the model, in the background."""
