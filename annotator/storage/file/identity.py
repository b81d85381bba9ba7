"""The annotator who uses this computer account, stored in the user's settings folder, and which machine this is.

The file also says on which machine it was written, so that copied settings do not make two people one.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from platformdirs import user_config_path

from annotator.atomic_file import OWNER_ONLY_FOLDER, create_file, create_private_file, replace_file
from annotator.domain.model.annotation import Annotator
from annotator.errors import UserError

CONFIG_VARIABLE = "ANNOTATOR_CONFIG"
"""Environment variable with the path of another settings folder."""

_MACHINE_ID = Path("/etc/machine-id")
_PATIENCE, _PAUSE = 0.5, 0.02  # seconds


@dataclass(frozen=True, slots=True)
class OwnIdentity:
    """The annotator in the settings, and the machine that wrote them; "" if an earlier version did."""

    annotator: Annotator
    machine: str


def machine(config_dir: str | Path | None = None) -> str:
    """Return a fingerprint of this machine, user account and settings folder, 32 hexadecimal digits.

    It is a hash, so that a project file that is passed on does not name the computer.
    """
    machine_id = ""
    with suppress(OSError, UnicodeDecodeError):
        machine_id = _MACHINE_ID.read_text(encoding="utf-8").strip()
    parts = (socket.gethostname(), account_name(), machine_id, str(settings_folder(config_dir).resolve()))
    return blake2b("\0".join(parts).encode(errors="surrogateescape"), digest_size=16).hexdigest()


def own_identity(config_dir: str | Path | None = None) -> OwnIdentity | None:
    """Return what the settings say, or None if there is no file yet. Raises UserError if the file is invalid."""
    return _read(_path(config_dir))


def set_own_annotator(annotator: Annotator, config_dir: str | Path | None = None) -> None:
    """Store an annotator in the settings, as written on this machine. Raises UserError if that is not possible."""
    _write(_path(config_dir), OwnIdentity(annotator, machine(config_dir)))


def current_annotator(config_dir: str | Path | None = None) -> Annotator:
    """Return this user's annotator. The first call creates it, with the name of the account and a random id.

    config_dir is the settings folder; None means the folder in ANNOTATOR_CONFIG, or else the system's default. Raises
    UserError if the file is invalid or cannot be written.
    """
    path = _path(config_dir)
    found = _read(path)
    if found is None:
        made = OwnIdentity(Annotator(uuid.uuid4().hex, account_name()), machine(config_dir))
        # If two programs start for the first time at once, both use the annotator of the one that wrote first.
        found = made if _write(path, made, new=True) else _read(path)
    return found.annotator if found else current_annotator(config_dir)


def _read(path: Path) -> OwnIdentity | None:
    try:
        text = _when_written(path)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as e:
        raise UserError("Cannot read your identity file {path}: {why}.", path=path, why=e) from e
    try:
        data = json.loads(text)
        annotator_id, name = data["id"], data["name"]
        where = data.get("machine", "")
        if not (_is_text(annotator_id) and _is_text(name)):
            raise ValueError("id and name must be texts")
        if not isinstance(where, str):
            raise TypeError("machine must be a text")
    except (ValueError, TypeError, KeyError, RecursionError) as e:
        raise UserError(
            "Your identity file {path} is invalid. Restore it from a copy, or delete it to start as a new annotator.",
            path=path,
        ) from e
    return OwnIdentity(Annotator(annotator_id, name), where)


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
    current_annotator(config_dir)
    own = own_identity(config_dir)
    if own is None:
        return rename(name, config_dir)  # Somebody deleted the file just now.
    renamed = Annotator(own.annotator.id, name.strip())
    _write(_path(config_dir), OwnIdentity(renamed, own.machine))
    return renamed


def _is_text(value: object) -> bool:
    """Return True for a non-blank text without lone surrogates, which a file cannot hold."""
    return isinstance(value, str) and bool(value.strip()) and value.encode(errors="ignore").decode() == value


def _path(config_dir: str | Path | None) -> Path:
    return settings_folder(config_dir) / "annotator.json"


def settings_folder(config_dir: str | Path | None = None) -> Path:
    """Return the settings folder: config_dir, else ANNOTATOR_CONFIG, else the system's default."""
    return Path(config_dir or os.environ.get(CONFIG_VARIABLE) or user_config_path("annotator", appauthor=False))


def _write(path: Path, own: OwnIdentity, *, new: bool = False) -> bool:
    """Write the file. Return False if it was to be new and another program wrote it first."""
    try:
        values = {"id": own.annotator.id, "name": own.annotator.name, "machine": own.machine}
        write_settings(path, {key: value for key, value in values.items() if value}, new=new)
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


def full_name() -> str:
    """Return the user's full name as the system has it, or else the name of the account."""
    try:
        import pwd  # Windows has none.

        name = pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0].strip()
    except (ImportError, KeyError):
        name = ""
    return name or account_name()


def account_name() -> str:
    """Return the name of the user's account, "annotator" if it has none."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # Before Python 3.13, it needs pwd if no variable has the name.
        return "annotator"
