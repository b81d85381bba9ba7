"""An exported corpus: splits, IOB tags, figures, agreement."""
