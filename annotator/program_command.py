"""The command line that starts this program again: as a child process, or from the menu of a desktop."""

from __future__ import annotations

import os
import sys

WORKER = "--worker"
"""The first argument of a child process; the function to call in it and its niceness follow."""

_LIBRARY_PATH = "LD_LIBRARY_PATH"


def is_stand_alone() -> bool:
    """Return True if this is the stand-alone program, which brings its own Python."""
    return bool(getattr(sys, "frozen", False))


def program_command(*arguments: str) -> list[str]:
    """Return the command line that starts this program with some arguments.

    The stand-alone program is an executable. Otherwise Python runs the package; -P keeps files of the current folder
    out of it.
    """
    program = [sys.executable] if is_stand_alone() else [sys.executable, "-P", "-m", "annotator"]
    return [*program, *arguments]


def restore_library_path() -> None:
    """Let programs that this one starts, such as a browser, load the libraries of the system.

    The stand-alone program loads its own from a folder that its starter puts into this variable.
    """
    before = os.environ.pop(f"{_LIBRARY_PATH}_ORIG", None)
    if before is not None:
        os.environ[_LIBRARY_PATH] = before
    elif is_stand_alone():
        os.environ.pop(_LIBRARY_PATH, None)
