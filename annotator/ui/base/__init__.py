"""What every screen needs: current project, settings, background jobs, translation, theme, actions and keys."""
