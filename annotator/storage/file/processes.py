"""Find out whether a process that a project file names is still running."""

from __future__ import annotations

import os

from annotator.storage.file.clock import wall_ms

_FORGOTTEN_MS = 12 * 60 * 60 * 1000
"""A window without a heartbeat for this long counts as closed."""
_MOST = 2**31 - 1
"""The greatest process id. For ids below 1, os.kill() would address a process group."""


def is_open(host: str, process: int, seen: int, here: str) -> bool:
    """Return True if a window is still open. For another computer, only the time since its last heartbeat counts.

    Heartbeats come every hour, so a new process that happens to get the id of an ended one is not mistaken for ever.
    """
    return wall_ms() - seen < _FORGOTTEN_MS and (host != here or is_running(process))


def is_running(process: int) -> bool:
    """Return True if a process with this id exists on this computer; False for an impossible id."""
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
    """Return True if a process exists; on Windows os.kill() would terminate it."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(0x1000, False, process)
    if handle:
        kernel.CloseHandle(handle)
    return bool(handle)
