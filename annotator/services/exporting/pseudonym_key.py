"""The key file: the pseudonym of each name. It can undo the export, so it must be kept in another place."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator import __version__
from annotator.errors import ExportError

_ABOUT = "Which stand-in an export has for which name. Keep it apart from the export: who has both has the names."


@dataclass(frozen=True, slots=True)
class PseudonymKey:
    """What a key file holds.

    project: the project's id. salt: that of PseudonymOptions. words: the pseudonym of each word of a name, by the
    word's normal form. names: each labelled name as written, and what it has become. left: how often a word of a name
    remains in the texts because it is another word too.
    """

    project: str
    salt: str
    words: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, int] = field(default_factory=dict)


def read_key(path: Path, project: str) -> PseudonymKey | None:
    """Return the content of a key file, None if there is no file.

    Raises ExportError if it is not a key file of this project.
    """
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
        held = PseudonymKey(*(found[name] for name in ("project", "key", "words", "names", "left")))
        texts = (held.project, held.salt, *held.words.items(), *held.names.items())
        if not all(isinstance(text, str) for item in texts for text in (item if isinstance(item, tuple) else (item,))):
            raise TypeError("names and stand-ins must be texts")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ExportError("{path} is not a key file. Choose another file.", path=path) from error
    if held.project != project:
        raise ExportError("{path} is the key file of another project. Choose another file.", path=path)
    return held


def write_key(key: PseudonymKey, path: Path) -> None:
    """Write a new key file that only its owner can read; raises OSError."""
    made = {
        "about": _ABOUT,
        "program": f"annotator {__version__}",
        "project": key.project,
        "key": key.salt,
        "words": dict(sorted(key.words.items())),
        "names": dict(sorted(key.names.items())),
        "left": dict(sorted(key.left.items())),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - it has the mode already
        file.write(json.dumps(made, ensure_ascii=False, indent=1) + "\n")


def check_key_path(key: Path, export: Path) -> None:
    """Raise ExportError if a key file would be the export or inside its folder, or cannot be written."""
    place, folder = Path(os.path.realpath(key)), Path(os.path.realpath(export))
    if place == folder or folder in place.parents:
        raise ExportError("The key file {key} would reveal the replaced names. Save it outside the export.", key=key)
    if not key.parent.is_dir() or key.is_dir():
        raise ExportError("Cannot write the key file {key}. Choose a file in an existing folder.", key=key)
