"""Tests of annotator.suggest.stacked."""
