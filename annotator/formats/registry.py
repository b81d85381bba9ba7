"""The file formats that can be read and written, by name and by file.

Readers are entry points of the group "annotator.readers", writers of "annotator.writers"; each
names a class (or function) that makes one without arguments. The built-in ones are declared the
same way in pyproject.toml.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from annotator.errors import ExportError, InputError, Message
from annotator.formats.base.reader import Configurable, Reader, ReadOptions
from annotator.formats.base.writer import Writer
from annotator.formats.detect import detect_formats
from annotator.formats.plugins import Plugins, load_plugins

READERS = "annotator.readers"
WRITERS = "annotator.writers"
_ZIP = ".zip"


@cache
def _made(group: str) -> Plugins:
    """Make each reader or writer once; one that cannot be made joins the broken ones."""
    loaded = load_plugins(group)
    found: dict[str, Any] = {}
    broken = list(loaded.broken)
    for name, make in loaded.found.items():
        try:
            found[name] = make()
        except Exception as error:  # foreign code: whatever it raises is one message
            broken.append(
                Message(
                    "The plug-in {name} ({group}) cannot be started ({why}); reinstall or remove it.",
                    name=name,
                    group=group,
                    why=error,
                )
            )
    return Plugins(found, tuple(broken))


def readers() -> dict[str, Reader]:
    """Return the readers by name."""
    return dict(_made(READERS).found)


def writers() -> dict[str, Writer]:
    """Return the writers by name."""
    return dict(_made(WRITERS).found)


def broken_plugins() -> tuple[str, ...]:
    """Return one sentence for each plug-in that cannot be used."""
    return _made(READERS).broken + _made(WRITERS).broken


def find_reader(name: str) -> Reader:
    """Return the reader with this name; raises InputError that lists what exists."""
    found = readers()
    if name not in found:
        raise InputError("There is no reader called {name}; choose one of: {known}.", name=name, known=", ".join(found))
    return found[name]


def find_writer(name: str) -> Writer:
    """Return the writer with this name; raises ExportError that lists what exists."""
    found = writers()
    if name not in found:
        raise ExportError(
            "There is no export format called {name}; choose one of: {known}.", name=name, known=", ".join(found)
        )
    return found[name]


def reader_for(path: Path, name: str | None = None, options: ReadOptions | None = None) -> Reader:
    """Return the reader for a file, adjusted to the options: by its name, or else as the file is recognised.

    A file is what its content is beyond doubt (formats/recognise.py), or else what the end of its name says; a plug-in
    is asked for all files whose names end as it says. A reader that is named for a zip reads the files in it. Raises
    InputError that lists what can be read.
    """
    by_suffix = {suffix: reader for reader in readers().values() for suffix in reader.suffixes}
    reader = find_reader(name) if name else by_suffix.get(path.suffix.lower())
    if name and reader and _ZIP not in reader.suffixes and detect_formats(path) == ("zip",):
        reader, options = by_suffix[_ZIP], replace(options or ReadOptions(), inside=name)
    if not name and (reader is None or _is_own(reader)):
        likely = [readers()[each] for each in detect_formats(path) if each in readers()]
        reader = reader if reader in likely or not likely else likely[0]
    if reader is None:
        suffix, known = path.suffix or Message("nothing"), ", ".join(sorted(by_suffix))
        said = Message(
            "files that end in {suffix} cannot be read; give one that ends in {known}.", suffix=suffix, known=known
        )
        raise InputError(_OF_A_FILE, path=path, problem=said)
    return reader.with_options(options) if options and isinstance(reader, Configurable) else reader


def _is_own(reader: Reader) -> bool:
    """Tell whether a reader is the program's own, and none of a plug-in."""
    return type(reader).__module__.partition(".")[0] == "annotator"


_OF_A_FILE = Message("{path}: {problem}")


def problem_of(error: InputError) -> str:
    """Return what reader_for() said of a file without the path before it, or any other message as it is."""
    said = error.message
    problem = said.fields.get("problem")
    return problem if isinstance(problem, Message) else said
