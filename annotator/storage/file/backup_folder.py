"""Where the automatic backups of a project are, how many are kept, and which exist.

Each project has its own folder of backups, by default in the user's data folder. So they survive if the project's
folder is lost, or if a program that synchronises it fails.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_path

from annotator.errors import ProjectError, UserError
from annotator.storage.file.identity import settings_folder, write_settings

FOLDER_VARIABLE = "ANNOTATOR_BACKUPS"
"""Environment variable with the path of another backup folder. It overrides the settings."""
KEPT = 10
MOST_KEPT = 999
_FILE = "backups.json"
_LONGEST = 40
"""How much of a project's name a backup's name contains, in characters. File systems allow 255 bytes."""
_STAMP = "%Y%m%dT%H%M%S%f"
_NAME = re.compile(r".*-(\d{8}T\d{12})Z\.annot", re.DOTALL)


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """The folder of all backups, and how many are kept for each project. With 0, none are made automatically."""

    folder: Path
    kept: int = KEPT


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its file, and when it was made."""

    path: Path
    made: datetime


def backup_settings(config_dir: str | Path | None = None) -> BackupSettings:
    """Return the backup settings. config_dir is the settings folder, None for the default.

    Raises UserError if the file is invalid.
    """
    path = settings_folder(config_dir) / _FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        found = {}
    except (OSError, ValueError, RecursionError) as e:
        raise UserError("Cannot read the backup settings {path}: {why}.", path=path, why=e) from e
    return _settings(path, found)


def _settings(path: Path, found: object) -> BackupSettings:
    default = user_data_path("annotator") / "backups"
    given = found if isinstance(found, Mapping) else {"folder": None}
    folder, kept = given.get("folder", ""), given.get("kept", KEPT)
    if not isinstance(folder, str) or not isinstance(kept, int) or not 0 <= kept <= MOST_KEPT:
        raise UserError(
            "{path} is not a valid file of backup settings. Correct it, or delete it to use the defaults.",
            path=path,
        )
    return BackupSettings(Path(os.environ.get(FOLDER_VARIABLE) or folder or default), kept)


def write_backup_settings(settings: BackupSettings, config_dir: str | Path | None = None) -> None:
    """Write the backup settings. Raises UserError if they cannot be written."""
    path = settings_folder(config_dir) / _FILE
    try:
        write_settings(path, {"folder": str(settings.folder), "kept": settings.kept})
    except (OSError, UnicodeEncodeError) as e:
        why = e.strerror if isinstance(e, OSError) else e.reason
        raise UserError("Cannot write the backup settings {path}: {why}.", path=path, why=why) from e


def backup_folder(project: Path, settings: BackupSettings) -> Path:
    """Return the folder of the backups of a project, whether it exists or not."""
    place = os.path.realpath(project)
    return settings.folder / f"{project.stem[:_LONGEST]}-{hashlib.sha256(os.fsencode(place)).hexdigest()[:12]}"


def new_backup_path(project: Path, settings: BackupSettings) -> Path:
    """Return the path for a backup that is made now."""
    stamp = datetime.now(UTC).strftime(_STAMP)
    return backup_folder(project, settings) / f"{project.stem[:_LONGEST]}-{stamp}Z.annot"


def list_backups(project: Path, settings: BackupSettings | None = None) -> list[Backup]:
    """Return the backups of a project, newest first.

    Raises UserError if their folder or the settings cannot be read.
    """
    folder = backup_folder(project, settings or backup_settings())
    try:
        entries = list(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as e:
        raise ProjectError("Cannot read or write {path}: {why}.", path=folder, why=e.strerror or e) from e
    found = [
        Backup(path, datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC))
        for path in entries
        if (match := _NAME.fullmatch(path.name))
    ]
    return sorted(found, key=lambda backup: backup.made, reverse=True)


def newest_backup(project: Path) -> Backup | None:
    """Return the newest backup of a project, or None if none can be found."""
    try:
        return next(iter(list_backups(project)), None)
    except UserError:
        return None
