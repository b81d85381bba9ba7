"""The exit codes of every command. 0 is success."""

from __future__ import annotations

PARTIAL = 1
"""The command finished, but some input was skipped, or a check found a problem."""
FAILED = 2
INTERRUPTED = 130
"""Ctrl+C: 128 + SIGINT, as shells report it."""
