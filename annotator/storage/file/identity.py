"""The annotator who uses this computer account, stored in the user's settings folder."""

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
"""Environment variable with the path of another settings folder."""

_PATIENCE, _PAUSE = 0.5, 0.02  # seconds


def current_annotator(config_dir: str | Path | None = None) -> Annotator:
    """Return this user's annotator. The first call creates it, with the name of the account and a random id.

    config_dir is the settings folder; None means the folder in ANNOTATOR_CONFIG, or else the system's default. Raises
    UserError if the file is invalid or cannot be written.
    """
    path = _path(config_dir)
    found = _read(path)
    if found is None:
        made = Annotator(uuid.uuid4().hex, _account_name())
        # If two programs start for the first time at once, both use the annotator of the one that wrote first.
        found = made if _write(path, made, new=True) else _read(path)
    return found or current_annotator(config_dir)


def _read(path: Path) -> Annotator | None:
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
    """Return the content of the file; if it is empty, wait up to 0.5 s for the program that is just writing it."""
    last = time.monotonic() + _PATIENCE
    while not (text := path.read_text(encoding="utf-8")) and time.monotonic() < last:
        time.sleep(_PAUSE)
    return text


def rename(name: str, config_dir: str | Path | None = None) -> Annotator:
    """Change this user's name and keep the id. Raises UserError for a blank name, or if the file cannot be written."""
    if not name.strip():
        raise UserError("An annotator's name cannot be blank. Give a name.")
    renamed = Annotator(current_annotator(config_dir).id, name.strip())
    _write(_path(config_dir), renamed)
    return renamed


def _is_text(value: object) -> bool:
    """Return True for a non-blank text without lone surrogates, which a file cannot hold."""
    return isinstance(value, str) and bool(value.strip()) and value.encode(errors="ignore").decode() == value


def _path(config_dir: str | Path | None) -> Path:
    return settings_folder(config_dir) / "annotator.json"


def settings_folder(config_dir: str | Path | None = None) -> Path:
    """Return the settings folder: config_dir, else ANNOTATOR_CONFIG, else the system's default."""
    return Path(config_dir or os.environ.get(CONFIG_VARIABLE) or user_config_path("annotator", appauthor=False))


def _write(path: Path, annotator: Annotator, *, new: bool = False) -> bool:
    """Write the file. Return False if it was to be new and another program wrote it first."""
    try:
        write_settings(path, {"id": annotator.id, "name": annotator.name}, new=new)
    except (OSError, UnicodeEncodeError) as e:
        if isinstance(e, FileExistsError) and path.is_file():
            return False
        why = e.strerror if isinstance(e, OSError) else e.reason
        raise UserError("Cannot write your identity file {path}: {why}.", path=path, why=why) from e
    return True


def write_settings(path: Path, values: Mapping[str, object], *, new: bool = False) -> None:
    """Replace a JSON settings file in one step; only its owner can read it. With new, the file must not exist.

    Raises OSError (FileExistsError if new is set and the file exists), and UnicodeEncodeError for a lone surrogate.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
    with create_file(path) if new else replace_file(path) as part:
        create_private_file(part)
        part.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


def _account_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "annotator"
