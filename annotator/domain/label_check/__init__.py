"""The check of labels for consistency: what may be a slip, and how it is corrected."""
