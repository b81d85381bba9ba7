"""The tables of a project, one module for each."""
