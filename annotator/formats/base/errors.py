"""Why a file cannot be read, told alike by every reader."""

from __future__ import annotations

from pathlib import Path

from annotator.errors import InputError, Message
from annotator.formats.base.record import Problem


def cannot_read(path: Path, error: InputError | OSError | UnicodeDecodeError) -> Problem:
    """Return the Problem that a file is: as the reader says it, or as the system or the decoder does."""
    if isinstance(error, InputError):
        return Problem(str(path), error.message)
    if isinstance(error, OSError):
        return Problem(str(path), Message("it cannot be read ({why}); check that you may read it.", why=error.strerror))
    return Problem(str(path), "its characters are damaged behind what was read; save it as UTF-8.")
