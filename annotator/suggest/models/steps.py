"""What every step of an installation shares: progress, cancelling, errors, checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from annotator.errors import SuggesterError

Progress = Callable[[str, int, int], None]
"""Called with (step, done, total): step is "download", "check", "unpack" or "convert"; done and total are bytes."""

CHUNK = 1 << 18


class Cause(StrEnum):
    """Why a model cannot be installed or removed, so that the window can say it in another language."""

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
    """A model cannot be installed or removed."""

    def __init__(self, cause: Cause, template: str, /, **fields: object) -> None:
        super().__init__(template, **fields)
        self.cause = cause


class InstallStopped(SuggesterError):  # noqa: N818 - not a fault: somebody asked for it
    """The installation was cancelled; what was downloaded is kept for the next time."""


def ignore_progress(_step: str, _done: int, _total: int) -> None:
    """Ignore the progress."""


def never_cancelled() -> bool:
    """Return False: nobody cancels."""
    return False


def check_cancelled(is_cancelled: Callable[[], bool], name: str) -> None:
    """Raise InstallStopped if is_cancelled() returns True."""
    if is_cancelled():
        raise InstallStopped(
            "Installation of {name} cancelled. Nothing was changed, and the next one continues where it stopped.",
            name=name,
        )


def sha256_of(path: Path, on_progress: Callable[[int], None] = lambda _: None) -> str:
    """Return the SHA-256 of a file in hexadecimal digits; on_progress is called with the bytes read, and may raise."""
    digest = hashlib.sha256()
    done = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            done += len(chunk)
            on_progress(done)
    return digest.hexdigest()
