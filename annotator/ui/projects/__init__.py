"""Open and create projects, their backups, the welcome page."""
