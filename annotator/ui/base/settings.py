"""The user's settings file: appearance, window state, recent projects. It holds no annotations."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QSettings

from annotator.atomic_file import OWNER_ONLY_FOLDER, create_private_file

_RECENT = 8


class Settings:
    """The settings file of one user. Every value has a default."""

    def __init__(self, path: Path) -> None:
        """Read an .ini file, which is created on first use and readable by its owner only."""
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
            create_private_file(path)
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, name: str, default: str = "") -> str:
        """Return a text, or the default."""
        return str(self._file.value(name, default))

    def number(self, name: str, default: float) -> float:
        """Return a number, or the default if the value is missing or not a number."""
        try:
            return float(str(self._file.value(name, default)))
        except ValueError:
            return default

    def state(self, name: str) -> QByteArray:
        """Return a widget state, empty if there is none."""
        value = self._file.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set(self, name: str, value: str | float | QByteArray) -> None:
        """Set a value."""
        self._file.setValue(name, value)

    def remove(self, name: str) -> None:
        """Remove a value."""
        self._file.remove(name)

    def recent(self, *, with_gone: bool = False) -> list[Path]:
        """Return the recent projects, newest first; missing files only if with_gone is True."""
        names = self._file.value("recent", [])
        listed = [names] if isinstance(names, str) else cast("list[str]", names or [])
        return [path for path in map(Path, listed) if with_gone or path.exists()]

    def add_recent(self, path: Path) -> None:
        """Put a project at the head of the recent ones, by its absolute path."""
        path = path.absolute()
        others = [other for other in self.recent(with_gone=True) if other != path]
        self._file.setValue("recent", [str(p) for p in [path, *others][:_RECENT]])

    def remove_recent(self, path: Path) -> None:
        """Remove a project from the recent ones, together with its saved state."""
        others = [str(other) for other in self.recent(with_gone=True) if other not in (path, path.absolute())]
        self._file.setValue("recent", others)
        self._file.remove(_group(path))

    def project_value(self, project: Path, name: str, default: str = "") -> str:
        """Return a saved value of a project, such as the open document."""
        return self.text(f"{_group(project)}/{name}", default)

    def set_project_values(self, project: Path, **values: str) -> None:
        """Save values of a project, each under its name."""
        for name, value in values.items():
            self.set(f"{_group(project)}/{name}", value)

    def sync(self) -> None:
        """Write the settings file now."""
        self._file.sync()


def _group(project: Path) -> str:
    """Return the settings group of a project.

    It is a hash, because a path may contain characters with a meaning in .ini files.
    """
    return "places/" + hashlib.sha256(str(project.resolve()).encode()).hexdigest()[:16]
