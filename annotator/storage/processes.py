"""Which of the windows that a file names are still open: those whose process is there."""

from __future__ import annotations

import os

from annotator.storage.clock import wall_ms

_FORGOTTEN_MS = 12 * 60 * 60 * 1000
"""After this long a window on another computer that has not been heard of is taken for closed."""


def is_open(host: str, process: int, seen: int, here: str) -> bool:
    """Tell whether the window of a row still stands; of another computer that is only known by time."""
    if host != here:
        return wall_ms() - seen < _FORGOTTEN_MS
    return process == os.getpid() or _runs(process)


def is_running(process: int) -> bool:
    """Return whether a process of this computer exists."""
    try:
        return process == os.getpid() or _runs(process)
    except OverflowError:
        return False


def _runs(process: int) -> bool:
    """Tell whether a process of this computer is there."""
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
