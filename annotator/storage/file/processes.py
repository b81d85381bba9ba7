"""Which of the windows that a file names are still open: those whose process is there."""

from __future__ import annotations

import os

from annotator.storage.file.clock import wall_ms

_FORGOTTEN_MS = 12 * 60 * 60 * 1000
"""After this long a window that has not been heard of is taken for closed."""
_MOST = 2**31 - 1
"""The greatest number of a process; os.kill() would take less than 1 for a group of processes."""


def is_open(host: str, process: int, seen: int, here: str) -> bool:
    """Return whether the window of a row is still open, which of another computer is only known by time.

    A window is heard of every hour, so that a process that was given the number of an ended one is not taken for it
    for ever.
    """
    return wall_ms() - seen < _FORGOTTEN_MS and (host != here or is_running(process))


def is_running(process: int) -> bool:
    """Return whether a process of this computer exists; no number that no system gives to a process does."""
    if process == os.getpid():
        return True
    if not 0 < process <= _MOST:
        return False
    if os.name == "nt":
        return _runs_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _runs_on_windows(process: int) -> bool:
    """Tell whether a process is there where os.kill would end it."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(0x1000, False, process)
    if handle:
        kernel.CloseHandle(handle)
    return bool(handle)
