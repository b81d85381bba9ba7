"""JSON and JSON Lines, our own and those of other programs."""
