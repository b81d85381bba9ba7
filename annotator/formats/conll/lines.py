"""The lines of a CoNLL file in any dialect: words with tags, ends of sentences, starts of documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from annotator.domain.corpus.iob import OUTSIDE, Scheme, detect_scheme, is_tag, split_tag
from annotator.errors import InputError, Message

DOCSTART = "-DOCSTART-"
NEW_DOCUMENT = re.compile(
    r"#\s*(?:newdoc(?:\s+id)?|doc(?:ument)?[_ ]?id|begin document)\b\s*[=:]?\s*(.*)", re.IGNORECASE
)
_DOCSTART = re.compile(r"-docstart(?:-.*)?", re.IGNORECASE)
_SPACES = re.compile("[ \t]+")
LONGEST_LINE = 1 << 20  # characters
_MOST_BAD = 10  # one row in 10 may lack a tag; with more the file is not CoNLL


@dataclass(frozen=True, slots=True)
class Row:
    """A line with a word: its number from 1, and its columns."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentStart:
    """A line that begins a document; id is "" if the file gives none."""

    number: int
    id: str


@dataclass(frozen=True, slots=True)
class SentenceEnd:
    """An empty line."""

    number: int


Line = Row | DocumentStart | SentenceEnd


def lines(stream: TextIO) -> Iterator[Line]:
    """Yield the lines of a file except its comments.

    Columns are separated by tabs if a line has one, else by spaces. A line that begins with # is a word only if tags
    follow it, or if nothing else is before the first tab. Raises InputError for a line longer than a million
    characters.
    """
    for number, text in enumerate(iter(lambda: stream.readline(LONGEST_LINE), ""), 1):
        if len(text) == LONGEST_LINE:
            raise InputError(
                "line {number} is longer than a million characters. Write one word on each line.", number=number
            )
        line = text.rstrip("\r\n")
        if not line.strip(" \t"):
            yield SentenceEnd(number)
            continue
        cells = tuple(line.rstrip("\t").split("\t")) if "\t" in line else tuple(_SPACES.split(line.strip(" ")))
        if line.startswith("#") and _is_comment(cells, is_tabbed="\t" in line):
            if match := NEW_DOCUMENT.fullmatch(line):
                yield DocumentStart(number, match[1].strip())
        elif cells[0].startswith("-") and _DOCSTART.fullmatch(cells[0]):
            yield DocumentStart(number, "")
        else:
            yield Row(number, cells)


def _is_comment(cells: Sequence[str], *, is_tabbed: bool) -> bool:
    """Return True if a line that begins with # is a comment, and not a word with tags."""
    if is_tabbed:
        return cells[0].startswith("# ") and not is_tag(cells[-1])
    return not (cells[1:] and all(map(is_tag, cells[1:])))


@dataclass(slots=True)
class Layout:
    """The columns of a file.

    width: the number of columns of most rows. nested: all columns after the word hold tags, one for each entity of the
    token; else only the last one does. prefixed: tags have the letter of a scheme; else they are bare labels. marked:
    the file says where its documents begin.
    """

    width: int
    nested: bool
    prefixed: bool
    marked: bool
    scheme: Scheme

    def word(self, row: Row) -> str:
        """Return the word of a row: in a file of words and tags alone, everything before the tag."""
        cells = row.cells[:-1] if self.width == 2 and not self.nested and len(row.cells) > 2 else row.cells[:1]
        return " ".join(cells)

    def tags(self, row: Row) -> tuple[tuple[str, ...], str]:
        """Return the tags of a row without O, and what is wrong with it: "" or the beginning of a sentence."""
        if len(row.cells) < 2:
            return (), Message("the word has no tag")
        cells = row.cells[1:] if self.nested else row.cells[-1:]
        tags = [tag for cell in cells for tag in cell.split()]
        bad = [tag for tag in tags if self.prefixed and not is_tag(tag)]
        good = tuple(tag for tag in tags if tag != OUTSIDE and tag not in bad)
        if bad:
            return good, Message("{tag!r} is not a tag", tag=bad[0])
        if not self.nested and len(row.cells) != self.width:
            return good, Message(
                "{columns} columns, and the others have {width}", columns=len(row.cells), width=self.width
            )
        return good, ""


@dataclass(slots=True)
class _Survey:
    """Counts over the rows of a file."""

    widths: Counter[int] = field(default_factory=Counter)
    last: Counter[str] = field(default_factory=Counter)
    between: Counter[bool] = field(default_factory=Counter)
    letters: set[str] = field(default_factory=set)
    marked: bool = False
    plain_b: bool = False


def detect_layout(found: Iterable[Line]) -> Layout:
    """Return the layout of a file, from all its lines. Raises InputError if it is not CoNLL."""
    seen = _Survey()
    before = OUTSIDE
    for line in found:
        if isinstance(line, Row):
            before = _look(line, before, seen)
        else:
            before = OUTSIDE
            seen.marked |= isinstance(line, DocumentStart)
    rows = seen.widths.total()
    if not rows:
        raise InputError("no word found. Each line must have a word and its tag.")
    if seen.widths[1] * _MOST_BAD > rows:
        raise InputError(
            "{bare} of {rows} lines have no tag. Write a word and its tag on each line.",
            bare=seen.widths[1],
            rows=rows,
        )
    prefixed = seen.last["tag"] > 0
    if prefixed and seen.last["other"] * _MOST_BAD > rows:
        raise InputError(
            "{other} of {rows} lines do not end in a tag. Make the last column the tags.",
            other=seen.last["other"],
            rows=rows,
        )
    nested = prefixed and seen.between[True] > _MOST_BAD * seen.between[False]
    scheme = detect_scheme(seen.letters, plain_b=nested or seen.plain_b) if prefixed else Scheme.IO
    return Layout(seen.widths.most_common(1)[0][0], nested, prefixed, seen.marked, scheme)


def _look(row: Row, before: str, seen: _Survey) -> str:
    """Count a row; before is the last tag of the previous row. Return the last tag of this one."""
    seen.widths[len(row.cells)] += 1
    *between, last = row.cells[1:] or (OUTSIDE,)
    tags = last.split() or [OUTSIDE]
    for cell in between:
        seen.between[all(map(is_tag, cell.split()))] += cell != OUTSIDE
    for tag in tags:
        if tag != OUTSIDE:
            seen.last["tag" if is_tag(tag) else "other"] += 1
    for tag in (*between, *tags):
        if tag != OUTSIDE and is_tag(tag):
            seen.letters.add(split_tag(tag)[0])
    if tags[0] != OUTSIDE and split_tag(tags[0])[0] == "B":
        seen.plain_b |= before == OUTSIDE or split_tag(before)[1] != split_tag(tags[0])[1]
    return tags[-1]
