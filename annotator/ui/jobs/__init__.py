"""Progress and results of background jobs in the status line."""
