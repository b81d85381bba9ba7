"""Detect unusual forms of CoNLL from the beginning of a file, and convert its rows to the usual form.

The usual form has a word first and a tag last. Others have the number of the word in its sentence before it, constant
columns after the tags, as in Universal NER, or B_PER, PER-B or b-per for B-PER.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from annotator.domain.corpus.iob import OUTSIDE, is_tag
from annotator.errors import InputError
from annotator.formats.conll.lines import Line, Row

_SAMPLE = 5_000  # lines
_MOST = 1 << 20  # characters
_LEFT = re.compile(r"(?P<letter>[BIMELSUbimelsu])[-_:/](?P<label>[^\s_:/|-]\S*)")
_RIGHT = re.compile(r"(?P<label>\S*[^\s_:/|-])[-_:/](?P<letter>[BIMELSUbimelsu])")
_COLUMNS_OF_2012 = 11
_BEGINNINGS = {"B", "S", "U"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the rows of a file differ from the usual form: columns before and after, and how tags are spelled."""

    before: int = 0
    behind: int = 0
    spelling: re.Pattern[str] | None = None

    def usual(self, cells: Sequence[str]) -> tuple[str, ...]:
        """Return the columns of a row in the usual form; a row that is too short stays as it is."""
        if len(cells) < self.before + self.behind + 2 or not all(map(str.isdecimal, cells[: self.before])):
            return tuple(cells)
        kept = cells[self.before : len(cells) - self.behind]
        return (kept[0], *map(self._tag, kept[1:])) if self.spelling else tuple(kept)

    def _tag(self, cell: str) -> str:
        """Return a tag in the usual spelling; anything else stays as it is."""
        match = self.spelling.fullmatch(cell) if self.spelling else None
        if match:
            return f"{match['letter'].upper()}-{match['label']}"
        return OUTSIDE if cell == OUTSIDE.lower() else cell


def usual_lines(found: Iterable[Line], dialect: Dialect) -> Iterator[Line]:
    """Yield the lines with their columns in the usual form."""
    if dialect == Dialect():
        yield from found
        return
    for line in found:
        yield replace(line, cells=dialect.usual(line.cells)) if isinstance(line, Row) else line


def find_dialect(found: Iterable[Line]) -> Dialect:
    """Return the dialect of a file, from its first lines.

    Raises InputError if its entities are in brackets, or its tags come before the words.
    """
    sentences: list[list[tuple[str, ...]]] = [[]]
    length = 0
    for line in islice(found, _SAMPLE):
        if isinstance(line, Row):
            sentences[-1].append(line.cells)
            length += sum(map(len, line.cells))
            if length > _MOST:
                break
        elif sentences[-1]:
            sentences.append([])
    rows = [cells for sentence in sentences for cells in sentence]
    if not rows:
        return Dialect()
    if all(len(cells) >= _COLUMNS_OF_2012 and cells[2].isdecimal() for cells in rows) and _has_brackets(rows):
        raise InputError("entities are in brackets, as in CoNLL-2012. Each line must have a word and its tag.")
    first = {cells[0] for cells in rows}
    if first > {OUTSIDE} and all(map(is_tag, first)) and not all(is_tag(cells[-1]) for cells in rows):
        raise InputError("tags in the first column. Write the word first and its tag last on each line.")
    before = int(_is_numbered(sentences) and not all(is_tag(cells[1]) for cells in rows))
    behind = _columns_behind([cells[before:] for cells in rows])
    return Dialect(
        before, behind, find_spelling([cells[len(cells) - 1 - behind] for cells in rows if len(cells) > behind])
    )


def _has_brackets(rows: Iterable[Sequence[str]]) -> bool:
    """Return True if CoNLL-2012's columns for parses, entities or mentions have brackets."""
    return any("(" in cell or ")" in cell for cells in rows for cell in (cells[5], cells[10], cells[-1]))


def _is_numbered(sentences: Iterable[Sequence[Sequence[str]]]) -> bool:
    """Return True if a first column numbers the words of each sentence, from 0 or 1."""
    longest = 0
    for sentence in sentences:
        if sentence and sentence[0][0] not in ("0", "1"):
            return False
        for number, cells in enumerate(sentence, int(sentence[0][0]) if sentence else 0):
            if len(cells) < 3 or cells[0] != str(number):
                return False
        longest = max(longest, len(sentence))
    return longest > 1


def _columns_behind(rows: Sequence[Sequence[str]]) -> int:
    """Return how many columns after the tags are constant."""
    width = Counter(map(len, rows)).most_common(1)[0][0]
    columns = list(zip(*(cells for cells in rows if len(cells) == width), strict=True))
    behind = 0
    while (
        behind + 2 < width
        and len(rows) > 1
        and len({*columns[-1 - behind]}) == 1
        and not _are_tags(columns[-1 - behind])
    ):
        behind += 1
    return behind if behind and _are_tags(columns[-1 - behind]) else 0


def _are_tags(cells: Iterable[str]) -> bool:
    """Return True if a column has only tags, in any spelling."""
    cells = set(cells)
    return all(map(is_tag, cells)) or find_spelling(cells) is not None


def find_spelling(cells: Iterable[str]) -> re.Pattern[str] | None:
    """Return the pattern of the tags, if all have the same unusual spelling and one of them begins an entity."""
    tags = {cell for cell in cells if cell.upper() != OUTSIDE}
    if any(map(is_tag, tags)):
        return None
    for pattern in (_LEFT, _RIGHT):
        matches = [pattern.fullmatch(tag) for tag in tags]
        if all(matches) and not _BEGINNINGS.isdisjoint(match["letter"].upper() for match in matches if match):
            return pattern
    return None
