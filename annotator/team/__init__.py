"""Merge copies of a project, and settle what several annotators decided differently."""
