"""Stand-ins for the names of persons in an export."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Which names an export replaces, and where the key to them is kept.

    labels: the labels whose spans are names of persons. key_file: where the list of names and their stand-ins goes,
    None for nowhere; a list that is there already is kept to and added to. It must not lie in a folder that is
    exported. key: another text gives other stand-ins; the same project, key file and key always give the same.
    """

    labels: tuple[str, ...]
    key_file: Path | None = None
    key: str = ""
