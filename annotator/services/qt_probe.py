"""Check if Qt works here, in a child process, because Qt aborts the process when it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0t64",
}
"""Shared libraries that Qt cannot start without, and the Debian 13 packages that contain them."""

WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
"""Further libraries that windows need under X11."""

_LOAD = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""
_START = """
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
print("Qt", qVersion())
"""
_SCREENLESS = ("offscreen", "minimal")
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class QtProbe:
    """Whether Qt started offscreen, its version or last error message, and the libraries that are missing."""

    works: bool
    message: str
    missing: tuple[str, ...]
    missing_for_window: tuple[str, ...]


def probe_qt() -> QtProbe:
    """Start Qt offscreen in a child process, and try to load each shared library."""
    missing = _cannot_load(*LIBRARIES) if sys.platform.startswith("linux") else ()
    for_window = _cannot_load(*WINDOW_LIBRARIES) if sys.platform.startswith("linux") else ()
    done = _python(_START)
    words = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
    return QtProbe(done.returncode == 0, words[-1] if words else f"exit code {done.returncode}", missing, for_window)


def has_display() -> bool:
    """Return True if the environment names a display. Whether it works is not tried."""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _SCREENLESS:
        return False
    x11_or_wayland = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(x11_or_wayland) or not sys.platform.startswith("linux")


def no_window_reason() -> str:
    """Return why no window can be opened here, or "" if one can. Takes a fraction of a second."""
    if not has_display():
        return "there is no display"
    done = _python(_START, platform=os.environ.get("QT_QPA_PLATFORM", ""))
    if done.returncode == 0:
        return ""
    words = " ".join(line.strip() for line in done.stderr.splitlines() if line.strip())
    return f"Qt cannot reach the display ({words or f'exit code {done.returncode}'}); annotator doctor shows more"


def _cannot_load(*names: str) -> tuple[str, ...]:
    """Return the shared libraries that cannot be loaded."""
    return tuple(_python(_LOAD, *names).stdout.split())


def _python(program: str, *arguments: str, platform: str = "offscreen") -> subprocess.CompletedProcess[str]:
    """Run a program in a new Python process with a Qt platform plug-in; "" lets Qt choose one."""
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    if platform:
        environment["QT_QPA_PLATFORM"] = platform
    command = [sys.executable, "-c", program, *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"no answer within {_SECONDS} seconds")
