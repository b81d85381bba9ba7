"""The tables of a project, with one module for each."""
