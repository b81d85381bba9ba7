"""Who sits here: the annotator of this computer's account, kept in a small file of the user's settings."""

from __future__ import annotations

import getpass
import json
import os
import uuid
from pathlib import Path

from platformdirs import user_config_path

from annotator.domain.annotation import Annotator
from annotator.errors import UserError

CONFIG_VARIABLE = "ANNOTATOR_CONFIG"
"""The environment variable that names another folder for the settings."""


def current_annotator(config_dir: str | Path | None = None) -> Annotator:
    """Return this user's annotator, made on first use with the account's name and a random id.

    config_dir is the folder of the settings; the environment variable ANNOTATOR_CONFIG or the system's own
    place serve where it is None. Raises UserError where the file is broken or cannot be written.
    """
    path = _path(config_dir)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return _write(path, Annotator(uuid.uuid4().hex, _account_name()))
    except (OSError, UnicodeDecodeError) as e:
        raise UserError("{path}, which says who you are, cannot be read: {why}.", path=path, why=e) from e
    try:
        data = json.loads(text)
        annotator_id, name = data["id"], data["name"]
        if not (_is_text(annotator_id) and _is_text(name)):
            raise ValueError("id and name must be texts")
    except (ValueError, TypeError, KeyError, RecursionError) as e:
        raise UserError(
            "{path}, which says who you are, is broken; mend it from a copy, or delete it to begin as a new annotator.",
            path=path,
        ) from e
    return Annotator(annotator_id, name)


def rename(name: str, config_dir: str | Path | None = None) -> Annotator:
    """Change this user's name, keeping the id; raises UserError for a blank name or where it cannot be kept."""
    if not name.strip():
        raise UserError("An annotator's name cannot be blank; give a name.")
    return _write(_path(config_dir), Annotator(current_annotator(config_dir).id, name.strip()))


def _is_text(value: object) -> bool:
    """Tell whether a value is a text that says something and that a file can hold: no half a character is in it."""
    return isinstance(value, str) and bool(value.strip()) and value.encode(errors="ignore").decode() == value


def _path(config_dir: str | Path | None) -> Path:
    """Return the path of the file."""
    folder = config_dir or os.environ.get(CONFIG_VARIABLE) or user_config_path("annotator", appauthor=False)
    return Path(folder) / "annotator.json"


def _write(path: Path, annotator: Annotator) -> Annotator:
    """Write the file aside and put it in place whole."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("w", encoding="utf-8") as file:
            json.dump({"id": annotator.id, "name": annotator.name}, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except (OSError, UnicodeEncodeError) as e:
        why = e.strerror if isinstance(e, OSError) else e.reason
        raise UserError("{path}, which says who you are, cannot be written: {why}.", path=path, why=why) from e
    finally:
        aside.unlink(missing_ok=True)
    return annotator


def _account_name() -> str:
    """Return the name of the account on this computer."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "annotator"
