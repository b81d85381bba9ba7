"""Read JSON and JSON Lines one article at a time, however large the file is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from annotator.errors import InputError, Message
from annotator.formats.base.encoding import open_text, position
from annotator.formats.base.record import MAX_TEXT, Problem, Record
from annotator.formats.json.article_fields import TEXT, find_field, to_record
from annotator.formats.json.other_programs import is_spacy_example, split_paragraphs
from annotator.formats.suffixes import SUFFIXES

_CHUNK = 1 << 20  # characters
_LONGEST_VALUE = 3 * MAX_TEXT  # characters; an escaped text (\u0627) is three times as long as its UTF-8
_LISTS = ("articles", "documents", "records", "items", "data")
# For a text that is cut off, the decoder reports an error at most this far before its end.
_CUT_OFF = 16


class _BrokenJsonError(ValueError):
    """The text is not JSON: the line, and what is wrong."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"broken JSON in line {line} ({reason})")


def _no_number(name: str) -> None:
    """Read NaN and Infinity, which are not JSON but are written for "nothing", as null."""


_DECODER = json.JSONDecoder(parse_constant=_no_number)


class JsonReader:
    """An array of articles, one article, an object with a list of them, or several objects one after another."""

    name = "json"
    suffixes = SUFFIXES[name]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the articles as they are read. Nothing can be read after broken JSON."""
        number = 0
        try:
            with open_text(path) as stream:
                for line, value in _values(stream):
                    for fields in _articles(value):
                        number += 1
                        place = f"{path}, record {number} (line {line})"
                        yield _from_value(fields, place, position(stream))
        except _BrokenJsonError as error:
            yield Problem(
                str(path),
                Message(
                    "{why}. {number} records before it were read. Correct the line and import again.",
                    why=error,
                    number=number,
                ),
            )
        except (InputError, OSError, UnicodeDecodeError) as error:
            yield Problem.from_error(path, error)
        else:
            if not number:
                yield Problem(str(path), "no article found. The file must be an array of objects with a text field.")


class JsonLinesReader:
    """One article per line, as a JSON object."""

    name = "jsonl"
    suffixes = SUFFIXES[name]
    taken_for_granted: Mapping[str, Any] = {}

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the article of each line, or its Problem; empty lines are ignored."""
        found = False
        try:
            with open_text(path) as stream:
                for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_VALUE), ""), start=1):
                    place = f"{path}, line {number}"
                    if len(line) == _LONGEST_VALUE:
                        yield Problem(place, "longer than 50 MB. Split it into its articles.")
                        return
                    if line.strip():
                        found = True
                        yield _from_line(line, place, position(stream), self.taken_for_granted)
        except (InputError, OSError, UnicodeDecodeError) as error:
            yield Problem.from_error(path, error)
            return
        if not found:
            yield Problem(str(path), "empty file. Write a JSON object with a text field on each line.")


def _from_line(line: str, place: str, offset: int, more: Mapping[str, Any]) -> Record | Problem:
    """Return the article on a line; more are default fields."""
    try:
        value = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        return Problem(
            place,
            Message(
                "not valid JSON ({why} at character {character}). Correct or remove the line.",
                why=error.msg,
                character=error.pos + 1,
            ),
        )
    except (ValueError, RecursionError) as error:
        return Problem(place, Message("cannot read this JSON ({why}). Correct or remove the line.", why=error))
    return _from_value({**more, **value} if isinstance(value, dict) else value, place, offset)


def _from_value(value: Any, place: str, offset: int) -> Record | Problem:
    if is_spacy_example(value):
        value = {TEXT[0]: value[0], **value[1]}
    if not isinstance(value, dict):
        return Problem(place, "not an object with a text field. Write it as {“text”: …}.")
    return to_record(value, place, offset)


def _articles(value: Any) -> list[Any]:
    """Return the articles of a top-level value: its list of articles if it has one, else itself."""
    if isinstance(value, dict) and find_field(value, TEXT) is None:
        if paragraphs := split_paragraphs(value):
            return paragraphs
        name = find_field(value, _LISTS)
        name = "annotations" if name is None and any(map(is_spacy_example, _list(value.get("annotations")))) else name
        if name is not None and isinstance(value[name], list):
            return list(value[name])
    return [value]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _values(stream: TextIO) -> Iterator[tuple[int, Any]]:
    """Yield each element of a top-level array, or each top-level value, with its line."""
    scanner = _Scanner(stream)
    if scanner.peek() != "[":
        while scanner.peek():
            yield scanner.value()
        return
    scanner.skip()
    while scanner.peek() != "]":
        yield scanner.value()
        if scanner.peek() == ",":
            scanner.skip()
        elif scanner.peek() != "]":
            raise scanner.broken("a comma or ] is missing")
    scanner.skip()
    if scanner.peek():
        raise scanner.broken("there is more behind the closing ]")


class _Scanner:
    """A stream of JSON that holds no more than the current value."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False

    def peek(self) -> str:
        """Return the next character that is not a space, or "" at the end."""
        while True:
            while self._at < len(self._text):
                char = self._text[self._at]
                if char not in " \t\r\n":
                    return char
                self._advance(self._at + 1)
            if self._ended:
                return ""
            self._more()

    def skip(self) -> None:
        """Skip the character that peek() returned."""
        self._advance(self._at + 1)

    def value(self) -> tuple[int, Any]:
        """Return the line and the value that begins here. Raises _BrokenJsonError."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                cut_off = error.msg.startswith("Unterminated string") or error.pos > len(self._text) - _CUT_OFF
                if self._ended or not cut_off:
                    self._advance(error.pos)
                    raise self.broken(error.msg) from error
            except (ValueError, RecursionError) as error:
                raise self.broken(str(error)) from error
            else:
                if self._ended or end < len(self._text):  # a number may continue in the next chunk
                    line = self._line
                    self._advance(end)
                    return line, value
            if len(self._text) - self._at > _LONGEST_VALUE:
                raise self.broken("one value is longer than 50 MB")
            self._more()

    def broken(self, reason: str) -> _BrokenJsonError:
        return _BrokenJsonError(self._line, reason)

    def _advance(self, to: int) -> None:
        """Move to an offset in the text, counting lines."""
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _more(self) -> None:
        """Read more of the stream: at least as much as is held, so a long value is parsed again only a few times."""
        left = self._text[self._at :]
        new = self._stream.read(max(_CHUNK, len(left)))
        self._ended = not new
        self._text, self._at = left + new, 0
