"""Long work over a whole project, for the commands and the window alike."""
