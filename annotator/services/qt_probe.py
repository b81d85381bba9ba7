"""Check if Qt works here, in a child process, because Qt aborts the process when it fails."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from dataclasses import dataclass

from annotator.suggest.child_process import ProcessDied, call

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
    missing = _unloadable(*LIBRARIES) if sys.platform.startswith("linux") else ()
    for_window = _unloadable(*WINDOW_LIBRARIES) if sys.platform.startswith("linux") else ()
    version, errors = _start_qt("offscreen")
    return QtProbe(bool(version), f"Qt {version}" if version else errors[-1], missing, for_window)


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
    version, errors = _start_qt(os.environ.get("QT_QPA_PLATFORM", ""))
    return "" if version else f"Qt cannot reach the display ({' '.join(errors)}); annotator doctor shows more"


def _start_qt(platform: str) -> tuple[str, list[str]]:
    """Start Qt with a platform plug-in in a child process; "" lets Qt choose one.

    Return its version and no errors, or "" and the lines that say why it did not start, at least one.
    """
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    if platform:
        environment["QT_QPA_PLATFORM"] = platform
    last = time.monotonic() + _SECONDS
    try:
        version = call(_qt_version, is_cancelled=lambda: time.monotonic() > last, env=environment, nice=0)
    except ProcessDied as died:
        lines = [line.strip() for line in died.errors.splitlines() if line.strip()]
        return "", lines or [f"exit code {died.code}"]
    return (version, []) if version else ("", [f"no answer within {_SECONDS} seconds"])


def _qt_version() -> str:
    """Start Qt and return its version. Qt aborts the process if it cannot start."""
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication([])
    version = qVersion()
    del app
    return version


def _unloadable(*names: str) -> tuple[str, ...]:
    """Return the shared libraries that cannot be loaded, as a child process finds: a broken one may crash it."""
    try:
        return call(_try_to_load, names, nice=0) or ()
    except ProcessDied:
        return names


def _try_to_load(names: tuple[str, ...]) -> tuple[str, ...]:
    missing = []
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return tuple(missing)
