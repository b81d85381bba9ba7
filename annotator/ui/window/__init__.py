"""The main window: the only package that connects the features."""
