"""Long tasks: their dialogs, controllers and rows in the status line."""
