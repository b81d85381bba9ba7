"""Tests of annotator.suggest.network."""
