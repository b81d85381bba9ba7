"""Read a file with the reader that is named or detected, and say so if the guess may have been wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from annotator.errors import Message, join_messages
from annotator.formats.base.reader import Reader, ReadOptions
from annotator.formats.base.record import Problem, Record
from annotator.formats.base.sanitise import sanitise_message, sanitise_record
from annotator.formats.detect import detect_formats
from annotator.formats.registry import reader_for, reader_names


def read_records(path: Path, name: str | None = None, options: ReadOptions | None = None) -> Iterator[Record | Problem]:
    """Yield what the reader of this name, or else the detected one, finds in a file.

    If it finds no article and the content looks like another format, the last Problem says that too. There is always a
    Problem if nothing is found. Raises what reader_for() raises.
    """
    reader = reader_for(path, name, options)
    held: Problem | None = None
    found = False
    for item in reader.read(path):
        if held:
            yield held
        if isinstance(item, Record):
            held, found = None, True
            yield sanitise_record(item)
        else:
            held = replace(item, message=sanitise_message(item.message))
    if not held and not found:
        held = Problem(str(path), "no article found. Choose a file with articles.")
    if held:
        guess = None if found else wrong_format_hint(path, name, reader)
        yield replace(held, message=join_messages([held.message, guess])) if guess else held


def wrong_format_hint(path: Path, name: str | None, reader: Reader) -> Message | None:
    """Return a hint if a reader found nothing in a file that may be of another format, or None.

    name is the reader that the user named, if any.
    """
    likely = [each for each in detect_formats(path) if each in reader_names()]
    if name and likely and not {name, reader.name} & set(likely):
        return Message("Its content looks like {likely}, not {name}.", likely=likely[0], name=name)
    if not name and path.suffix.lower() not in reader.suffixes:
        return Message("Its content looks like {name}. If it is something else, choose its format.", name=reader.name)
    return None
