"""A training corpus: its export with splits, card, figures and plots."""
