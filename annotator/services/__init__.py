"""Operations on a whole project, used by both the command line and the window."""
