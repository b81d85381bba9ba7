"""Plug-ins: what packages offer under an entry-point group; the program's own parts come through the same door."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from annotator.errors import Message


@dataclass(frozen=True, slots=True)
class Plugins:
    """What a group offers by name, and one sentence for each plug-in that could not be used."""

    found: dict[str, Any]
    broken: tuple[str, ...] = ()


def load_plugins(group: str) -> Plugins:
    """Load every entry point of a group, such as "annotator.readers", by name in alphabetical order.

    A plug-in that fails to load, or bears the name of one already there, becomes a sentence in
    broken and stops nothing. The program's own parts come first, so that none is replaced unawares.
    """
    found: dict[str, Any] = {}
    broken: list[str] = []
    for entry in sorted(entry_points(group=group), key=_own_first):
        if entry.name in found:
            broken.append(
                Message(
                    "{plugin} is left out: the name is already taken; ask its maker to rename it.",
                    plugin=_describe(entry, group),
                )
            )
            continue
        try:
            found[entry.name] = entry.load()
        except Exception as error:  # a plug-in is foreign code: whatever it raises is one message
            broken.append(
                Message(
                    "{plugin} cannot be loaded ({why}); reinstall or remove it.",
                    plugin=_describe(entry, group),
                    why=error,
                )
            )
    return Plugins(dict(sorted(found.items())), tuple(broken))


def _own_first(entry: EntryPoint) -> tuple[bool, str, str]:
    """Order the program's own entry points before all others, then by name and maker."""
    maker = entry.dist.name if entry.dist else ""
    return maker != "annotator", entry.name, maker


def _describe(entry: EntryPoint, group: str) -> Message:
    """Name a plug-in and the package that brings it."""
    package = entry.dist.name if entry.dist else "unknown"
    return Message(
        "The plug-in {name} ({group}) of the package {package}", name=entry.name, group=group, package=package
    )
