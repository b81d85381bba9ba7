"""Who sits here: the annotator of this computer's account, kept in a small file of the user's settings."""

from __future__ import annotations

import getpass
import json
import os
import time
import uuid
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_config_path

from annotator.atomic_file import OWNER_ONLY_FOLDER, create_file, create_private_file, replace_file
from annotator.domain.model.annotation import Annotator
from annotator.errors import UserError

CONFIG_VARIABLE = "ANNOTATOR_CONFIG"
"""The environment variable that names another folder for the settings."""

_PATIENCE, _PAUSE = 0.5, 0.02  # seconds


def current_annotator(config_dir: str | Path | None = None) -> Annotator:
    """Return this user's annotator, made on first use with the account's name and a random id.

    config_dir is the folder of the settings; the environment variable ANNOTATOR_CONFIG or the system's own
    place serve where it is None. Raises UserError where the file is broken or cannot be written.
    """
    path = _path(config_dir)
    found = _read(path)
    if found is None:
        made = Annotator(uuid.uuid4().hex, _account_name())
        # Of two programs that are started for the first time at once, the one that comes second is who the first made.
        found = made if _write(path, made, new=True) else _read(path)
    return found or current_annotator(config_dir)


def _read(path: Path) -> Annotator | None:
    """Return whom the file names, or None where there is no file; raises UserError where it is broken."""
    try:
        text = _when_written(path)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as e:
        raise UserError("Cannot read your identity file {path}: {why}.", path=path, why=e) from e
    try:
        data = json.loads(text)
        annotator_id, name = data["id"], data["name"]
        if not (_is_text(annotator_id) and _is_text(name)):
            raise ValueError("id and name must be texts")
    except (ValueError, TypeError, KeyError, RecursionError) as e:
        raise UserError(
            "Your identity file {path} is invalid. Restore it from a copy, or delete it to start as a new annotator.",
            path=path,
        ) from e
    return Annotator(annotator_id, name)


def _when_written(path: Path) -> str:
    """Return what the file holds; where it is empty, wait a little for another program that is making it."""
    last = time.monotonic() + _PATIENCE
    while not (text := path.read_text(encoding="utf-8")) and time.monotonic() < last:
        time.sleep(_PAUSE)
    return text


def rename(name: str, config_dir: str | Path | None = None) -> Annotator:
    """Change this user's name, keeping the id; raises UserError for a blank name or where it cannot be kept."""
    if not name.strip():
        raise UserError("An annotator's name cannot be blank. Give a name.")
    renamed = Annotator(current_annotator(config_dir).id, name.strip())
    _write(_path(config_dir), renamed)
    return renamed


def _is_text(value: object) -> bool:
    """Tell whether a value is a text that says something and that a file can hold: no half a character is in it."""
    return isinstance(value, str) and bool(value.strip()) and value.encode(errors="ignore").decode() == value


def _path(config_dir: str | Path | None) -> Path:
    """Return the path of the file."""
    return settings_folder(config_dir) / "annotator.json"


def settings_folder(config_dir: str | Path | None = None) -> Path:
    """Return the folder of the settings: the one given, else that of ANNOTATOR_CONFIG, else the system's own place."""
    return Path(config_dir or os.environ.get(CONFIG_VARIABLE) or user_config_path("annotator", appauthor=False))


def _write(path: Path, annotator: Annotator, *, new: bool = False) -> bool:
    """Write the file; return whether it was written, or was to be a new one and another was there before."""
    try:
        write_settings(path, {"id": annotator.id, "name": annotator.name}, new=new)
    except (OSError, UnicodeEncodeError) as e:
        if isinstance(e, FileExistsError) and path.is_file():
            return False
        why = e.strerror if isinstance(e, OSError) else e.reason
        raise UserError("Cannot write your identity file {path}: {why}.", path=path, why=why) from e
    return True


def write_settings(path: Path, values: Mapping[str, object], *, new: bool = False) -> None:
    """Write a JSON file of settings whole, for its owner alone to read, in the place of what is there unless it is new.

    Raises OSError, FileExistsError if the file is to be new and there is one, and UnicodeEncodeError for a text that no
    file can hold.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
    with create_file(path) if new else replace_file(path) as part:
        create_private_file(part)
        part.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


def _account_name() -> str:
    """Return the name of the account on this computer."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "annotator"
