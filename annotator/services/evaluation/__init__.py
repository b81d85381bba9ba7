"""Measure suggesters: against gold, by a simulated annotator, and how reliable their scores are."""
