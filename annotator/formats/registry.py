"""The file formats that can be read and written, by name and by file.

Readers are entry points of the group "annotator.readers", writers of "annotator.writers". Each
names a class (or function) that makes one without arguments. The built-in ones are declared the
same way in pyproject.toml. A format is imported when it is asked for: writing CoNLL needs no XML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from annotator.errors import ExportError, InputError, Message
from annotator.formats.base.reader import Configurable, Reader, ReadOptions
from annotator.formats.base.writer import Writer
from annotator.formats.suffixes import SUFFIXES
from annotator.plugins import PluginError, Plugins, find_plugins, is_own, load_plugin

READERS = "annotator.readers"
WRITERS = "annotator.writers"
_ZIP = ".zip"
_OF_A_FILE = Message("{path}: {problem}")


@cache
def _plugins(group: str) -> Plugins:
    return find_plugins(group)


@cache
def _make(group: str, name: str) -> Any:
    return load_plugin(_plugins(group).entries[name])


def _make_all(group: str) -> tuple[dict[str, Any], tuple[Message, ...]]:
    """Return all readers or writers that can be made, and one sentence for each that cannot."""
    made: dict[str, Any] = {}
    broken = [*_plugins(group).rejected]
    for name in _plugins(group).entries:
        try:
            made[name] = _make(group, name)
        except PluginError as error:
            broken.append(error.message)
    return made, tuple(broken)


def reader_names() -> tuple[str, ...]:
    """Return the names of the installed readers, sorted, without importing them."""
    return tuple(_plugins(READERS).entries)


def writer_names() -> tuple[str, ...]:
    """Return the names of the installed writers, sorted, without importing them."""
    return tuple(_plugins(WRITERS).entries)


def writers() -> dict[str, Writer]:
    """Return the writers by name; this imports all of them."""
    return _make_all(WRITERS)[0]


def readers() -> dict[str, Reader]:
    """Return the readers by name; this imports all of them."""
    return _make_all(READERS)[0]


def broken_formats() -> tuple[Message, ...]:
    """Import all readers and writers, and return one sentence for each that cannot be used."""
    return _make_all(READERS)[1] + _make_all(WRITERS)[1]


def find_reader(name: str) -> Reader:
    """Return the reader with this name. Raises InputError that lists what exists, or says what is wrong with it."""
    if name not in reader_names():
        known = ", ".join(reader_names())
        raise InputError("Unknown format: {name}. Choose one of: {known}.", name=name, known=known)
    try:
        reader: Reader = _make(READERS, name)
    except PluginError as error:
        raise InputError(error.message) from error
    return reader


def find_writer(name: str) -> Writer:
    """Return the writer with this name. Raises ExportError that lists what exists, or says what is wrong with it."""
    if name not in writer_names():
        known = ", ".join(writer_names())
        raise ExportError("Unknown export format: {name}. Choose one of: {known}.", name=name, known=known)
    try:
        writer: Writer = _make(WRITERS, name)
    except PluginError as error:
        raise ExportError(error.message) from error
    return writer


def readers_by_suffix() -> Mapping[str, str]:
    """Return the name of the reader of each file name extension, sorted (".json": "json").

    Built-in readers are looked up in a table. Plug-ins have to be imported to be asked, and a broken one has none.
    """
    found: dict[str, str] = {}
    for name, entry in _plugins(READERS).entries.items():
        if is_own(entry) and name in SUFFIXES:
            found |= dict.fromkeys(SUFFIXES[name], name)
            continue
        try:
            found |= dict.fromkeys(_make(READERS, name).suffixes, name)
        except PluginError:
            continue
    return dict(sorted(found.items()))


def reader_for(path: Path, name: str | None = None, options: ReadOptions | None = None) -> Reader:
    """Return the reader for a file: the named one, or the one that its content or its extension asks for.

    Content that is unmistakable wins over the extension (formats/detect.py), except over that of a plug-in. A reader
    that is named for a zip reads the files in it. Raises InputError that lists what can be read.
    """
    from annotator.formats.detect import detect_formats  # which an export has no use for

    chosen = name or _reader_name(path, detect_formats(path))
    reader = find_reader(chosen)
    if name and _ZIP not in reader.suffixes and detect_formats(path) == ("zip",):
        reader, options = find_reader(readers_by_suffix()[_ZIP]), replace(options or ReadOptions(), inside=name)
    return reader.with_options(options) if options and isinstance(reader, Configurable) else reader


def _reader_name(path: Path, detected: Iterable[str]) -> str:
    by_suffix = readers_by_suffix()
    name = by_suffix.get(path.suffix.lower())
    if name is None or is_own(_plugins(READERS).entries[name]):
        likely = [each for each in detected if each in reader_names()]
        name = name if name in likely or not likely else likely[0]
    if name is None:
        suffix, known = path.suffix or Message("nothing"), ", ".join(by_suffix)
        said = Message("unsupported file type {suffix}. Supported: {known}.", suffix=suffix, known=known)
        raise InputError(_OF_A_FILE, path=path, problem=said)
    return name


def problem_of(error: InputError) -> str:
    """Return the message of an error of reader_for() without the path before it, any other message as it is."""
    problem = error.message.fields.get("problem")
    return problem if isinstance(problem, Message) else error.message
