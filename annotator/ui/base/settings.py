"""What the program remembers between two runs: looks, places, recent projects. Nothing of the work itself."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QSettings

from annotator.atomic_file import OWNER_ONLY_FOLDER, create_private_file

_RECENT = 8


class Settings:
    """The settings file of one user; every value has a sensible first state."""

    def __init__(self, path: Path) -> None:
        """Read the settings from an .ini file, which is made on first use, for its owner alone to read."""
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
            create_private_file(path)
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, name: str, default: str = "") -> str:
        """Return a remembered text."""
        return str(self._file.value(name, default))

    def number(self, name: str, default: float) -> float:
        """Return a remembered number; a value that is none counts as not remembered."""
        try:
            return float(str(self._file.value(name, default)))
        except ValueError:
            return default

    def state(self, name: str) -> QByteArray:
        """Return a remembered widget state, empty when there is none."""
        value = self._file.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep(self, name: str, value: str | float | QByteArray) -> None:
        """Remember a value."""
        self._file.setValue(name, value)

    def forget(self, name: str) -> None:
        """Remember a value no longer."""
        self._file.remove(name)

    def recent(self, *, with_gone: bool = False) -> list[Path]:
        """Return the projects opened last, newest first; those that are gone are among them only if asked for."""
        names = self._file.value("recent", [])
        listed = [names] if isinstance(names, str) else cast("list[str]", names or [])
        return [path for path in map(Path, listed) if with_gone or path.exists()]

    def keep_recent(self, path: Path) -> None:
        """Put a project at the head of the recent ones, by a path that holds wherever the program is started."""
        path = path.absolute()
        others = [other for other in self.recent(with_gone=True) if other != path]
        self._file.setValue("recent", [str(p) for p in [path, *others][:_RECENT]])

    def forget_recent(self, path: Path) -> None:
        """Take a project out of the recent ones, and forget where the work in it stands."""
        others = [str(other) for other in self.recent(with_gone=True) if other not in (path, path.absolute())]
        self._file.setValue("recent", others)
        self._file.remove(_group(path))

    def place(self, project: Path, name: str, default: str = "") -> str:
        """Return what is remembered of a project under a name: where and how the work in it was left."""
        return self.text(f"{_group(project)}/{name}", default)

    def keep_place(self, project: Path, **values: str) -> None:
        """Remember where and how the work in a project stands, each value under its name."""
        for name, value in values.items():
            self.keep(f"{_group(project)}/{name}", value)

    def write(self) -> None:
        """Bring everything to the disk now."""
        self._file.sync()


def _group(project: Path) -> str:
    """Return the settings group of a project: a path may hold signs that mean something in a settings file."""
    return "places/" + hashlib.sha256(str(project.resolve()).encode()).hexdigest()[:16]
