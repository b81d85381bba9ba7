"""An exported corpus: splits, IOB tags, statistics, agreement."""
