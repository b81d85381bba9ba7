"""Plug-ins: what installed packages offer under an entry-point group. Listing them loads no code of theirs.

The program's own readers, writers and suggesters are entry points too, declared in pyproject.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from annotator.errors import Message, UserError

OWN = "annotator"
"""The package whose plug-ins are the program's own."""


class PluginError(UserError):
    """A plug-in cannot be loaded or started; the message names its package."""


@dataclass(frozen=True, slots=True)
class Plugins:
    """The plug-ins of a group by name, in alphabetical order, and a sentence for each whose name was taken."""

    entries: Mapping[str, EntryPoint]
    rejected: tuple[Message, ...] = ()


def find_plugins(group: str) -> Plugins:
    """Return the plug-ins of a group, such as "annotator.readers", without loading them.

    Of two with one name the program's own wins, so that no package replaces a part of the program unnoticed.
    """
    entries: dict[str, EntryPoint] = {}
    rejected: list[Message] = []
    packages = [(_package(entry), entry) for entry in entry_points(group=group)]
    for _, entry in sorted(packages, key=lambda each: (each[0] != OWN, each[1].name, each[0])):
        if entry.name in entries:
            rejected.append(
                Message(
                    "{plugin} is ignored: its name is already taken. Ask its author to rename it.",
                    plugin=describe(entry),
                )
            )
        else:
            entries[entry.name] = entry
    return Plugins(dict(sorted(entries.items())), tuple(rejected))


def load_plugin(entry: EntryPoint, *arguments: object) -> Any:
    """Import a plug-in and return what its factory makes of the arguments.

    Raises PluginError for whatever the plug-in raises: it is foreign code, and may raise anything.
    """
    try:
        factory = entry.load()
    except Exception as error:
        raise PluginError(
            "{plugin} cannot be loaded ({why}). Reinstall or remove it.", plugin=describe(entry), why=error
        ) from error
    try:
        return factory(*arguments)
    except Exception as error:
        raise PluginError(
            "{plugin} cannot be started ({why}). Reinstall or remove it.", plugin=describe(entry), why=error
        ) from error


def broken_plugins(group: str) -> tuple[Message, ...]:
    """Import all plug-ins of a group, and return one sentence for each that cannot be imported or has a taken name."""
    found = find_plugins(group)
    broken = list(found.rejected)
    for entry in found.entries.values():
        try:
            entry.load()
        except Exception as error:
            broken.append(
                Message("{plugin} cannot be loaded ({why}). Reinstall or remove it.", plugin=describe(entry), why=error)
            )
    return tuple(broken)


def is_own(entry: EntryPoint) -> bool:
    """Return True if the program itself brings this plug-in."""
    return _package(entry) == OWN


def describe(entry: EntryPoint) -> Message:
    """Return the name of a plug-in with its group and package, for a message."""
    return Message(
        "The plug-in {name} ({group}) of the package {package}",
        name=entry.name,
        group=entry.group,
        package=_package(entry) or "unknown",
    )


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else ""
