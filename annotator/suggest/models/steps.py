"""What every step of an installation shares: telling how far it is, and stopping when asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from annotator.errors import SuggesterError

Progress = Callable[[str, int, int], None]
"""Told (step, done, total): step is "download", "check", "unpack" or "convert"; done and total in bytes."""

CHUNK = 1 << 18


class Cause(StrEnum):
    """Why a model cannot be installed or removed, for those who tell it in another language."""

    LINE = "line"
    GONE = "gone"
    REFUSED = "refused"
    WRONG = "wrong"
    SOURCE = "source"
    WEIGHTS = "weights"
    ROOM = "room"
    BUSY = "busy"
    FOLDER = "folder"


class InstallError(SuggesterError):
    """A model cannot be installed or removed, of a cause; the message is a sentence as everywhere."""

    def __init__(self, cause: Cause, template: str, /, **fields: object) -> None:
        """Keep the cause beside the message, which is taken as a Message takes it."""
        super().__init__(template, **fields)
        self.cause = cause


class InstallStopped(SuggesterError):  # noqa: N818 - not a fault: somebody asked for it
    """The installation was stopped on request; what was fetched is kept for the next time."""


def ignore_progress(_step: str, _done: int, _total: int) -> None:
    """Take a report of progress and let it go."""


def never_cancelled() -> bool:
    """Say that nobody wants to stop."""
    return False


def check_cancelled(is_cancelled: Callable[[], bool], name: str) -> None:
    """Raise InstallStopped when somebody asked to stop."""
    if is_cancelled():
        raise InstallStopped(
            "The installation of {name} was stopped; nothing was changed, and the next one goes on where it was.",
            name=name,
        )


def sha256_of(path: Path, tell: Callable[[int], None] = lambda _: None) -> str:
    """Return the SHA-256 of a file in hexadecimal digits; tell is told the bytes read so far, and may raise."""
    digest = hashlib.sha256()
    done = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            done += len(chunk)
            tell(done)
    return digest.hexdigest()
