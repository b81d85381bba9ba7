"""The text of a TEI document as people read it, and the span of each of its elements in that text.

Paragraphs, headings and verses become lines. Runs of spaces become one space, as they come from indentation, unless
xml:space keeps them. Of two readings (choice, app, subst) the one in the source is read. A note within a paragraph
comes on a line after it. A comment on the recording (desc) is not text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.formats.tei.writer import XML

_HOLDERS = frozenset(("back", "body", "div", "front", "lg", "list", "sp", "table", "text", "u"))
"""Elements that contain lines."""
_LINES = _HOLDERS | {
    *("ab", "argument", "byline", "castItem", "cell", "closer", "dateline", "docAuthor", "docDate", "docTitle"),
    *("epigraph", "figure", "head", "item", "l", "label", "note", "opener", "p", "postscript", "row", "salute"),
    *("signed", "speaker", "stage", "titlePage", "titlePart", "trailer"),
}
"""Elements that begin and end a line."""
_NO_TEXT = frozenset(
    (
        *("certainty", "del", "desc", "figDesc", "fs", "fw", "index", "interp", "interpGrp", "link", "linkGrp"),
        *("span", "spanGrp", "standOff", "teiHeader"),
    )
)
_LESS = {"corr": ("sic",), "reg": ("orig",), "expan": ("abbr",), "rdg": ("lem", "rdg")}
"""Readings that are not used, with the siblings that are used instead."""
_SPACES = re.compile("[ \t\r\n]+")


@dataclass(slots=True, eq=False)
class ElementRange:
    """The span of an element in its document's text; kept means that xml:space preserves its spaces."""

    element: Any
    start: int = -1
    end: int = -1
    kept: bool = False
    _whole: bool | None = None

    def is_whole(self) -> bool:
        """Return True if all text of the element is there, with spaces and notes: only then are offsets in it valid."""
        if self._whole is None:
            length = sum(map(len, self.element.itertext())) if self.kept else -1
            self._whole = length == self.end - self.start
        return self._whole


@dataclass(slots=True)
class TeiText:
    """The text of a document, with the spans of its elements in the order of their beginnings."""

    text: str = ""
    places: list[ElementRange] = field(default_factory=list)


def read_body(text_element: Any) -> TeiText:
    """Return the text of an element <text>."""
    walk = _Walk()
    walk.through(text_element, kept=False)
    walk.end_of_line()
    return TeiText("".join(walk.parts), walk.places)


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; "" for None and for a comment."""
    return element.tag.rpartition("}")[2] if element is not None and isinstance(element.tag, str) else ""


class _Walk:
    """Collects the text of elements and their spans."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.places: list[ElementRange] = []
        self._length = 0
        self._waiting: list[ElementRange] = []  # elements without text so far
        self._later: list[Any] = []  # notes that go after the current line
        self._between = ""  # a space or line end to write before the next text
        self._joined = False  # the next text follows directly
        self._in_line = 0  # open elements that are lines, such as paragraphs

    def through(self, element: Any, *, kept: bool) -> None:
        """Read an element and everything in it."""
        name = local_name(element)
        asked = element.get(f"{XML}space")
        kept = asked == "preserve" or (kept and asked is None)
        is_line = name in _LINES or (name == "seg" and local_name(element.getparent()) == "u")
        if is_line:
            self._break()
            self._in_line += name not in _HOLDERS
        if element.get("join") in ("left", "both"):
            self._join()
        place = ElementRange(element, kept=kept)
        self.places.append(place)
        self._waiting.append(place)
        self._take(element.text, kept)
        first: dict[str, int] = {}  # alternative readings by name: the number of the first
        for number, child in enumerate(element if name in ("choice", "app") else ()):
            first.setdefault(local_name(child), number)
        for number, child in enumerate(element):
            child_name = local_name(child)
            if child_name == "note" and self._in_line:
                self._later.append(child)
            elif child_name == "lb" and child.get("break") == "no":
                self._join()
            elif child_name in ("lb", "pb", "cb") and not kept:
                self._take(" ", kept)
            elif child_name and child_name not in _NO_TEXT and not _gives_way(child_name, number, first):
                self.through(child, kept=kept)
            self._take(child.tail, kept)
        if place.start < 0:
            self._waiting.remove(place)
            place.start = self._length
        place.end = max(self._length, place.start)
        self._joined = self._joined or element.get("join") in ("right", "both")
        if is_line:
            self._in_line -= name not in _HOLDERS
            self.end_of_line()

    def end_of_line(self) -> None:
        """End the line, and put the notes that waited for its end on lines of their own."""
        self._break()
        if not self._in_line:
            waiting, self._later = self._later, []
            for note in waiting:
                self.through(note, kept=False)

    def _break(self) -> None:
        """Start a new line before the next text."""
        if self._length:
            self._between, self._joined = "\n", False

    def _join(self) -> None:
        """Put the next text right here, without a space."""
        self._joined = True
        if self._between == " ":
            self._between = ""

    def _take(self, text: str | None, kept: bool) -> None:
        if not text:
            return
        if kept:
            self._write(text)
            return
        bare = _SPACES.sub(" ", text)
        if bare.startswith(" ") and self._length and not self._between and not self._joined:
            self._between = " "
        if words := bare.strip(" "):
            self._write(words)
            if bare.endswith(" "):
                self._between = " "

    def _write(self, text: str) -> None:
        """Append text after the space or line end that was pending."""
        text = self._between + text
        inside = self._length + len(self._between)
        for place in self._waiting:
            place.start = inside
        self._waiting.clear()
        self._between, self._joined = "", False
        self.parts.append(text)
        self._length += len(text)


def _gives_way(name: str, number: int, first: Mapping[str, int]) -> bool:
    """Return True if another reading is used instead of this one; of several rdg the first is used."""
    return any(other in first and (other != "rdg" or first[other] < number) for other in _LESS.get(name, ()))
