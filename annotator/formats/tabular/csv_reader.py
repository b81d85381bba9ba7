"""Read tables: a header that names the columns, then one article per row. A table of spans is read too."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Protocol, TextIO

from annotator.errors import InputError, Message
from annotator.formats.base.encoding import open_text, position
from annotator.formats.base.record import MAX_TEXT, Problem, Record
from annotator.formats.detect import SAYS_DELIMITER
from annotator.formats.json.article_fields import TEXT, find_field, to_record
from annotator.formats.suffixes import SUFFIXES
from annotator.formats.tabular.csv_writer import HEADER, OLD_HEADER, SCORED_HEADER, read_rows
from annotator.formats.webanno.reader import OLD_OPENINGS, OPENING, read_webanno

_WORDS, _TAGS = ("word", "words", "token", "tokens"), ("tag", "tags", "ner", "ner_tag", "label", "labels", "entity")
_DELIMITERS = ",;\t|"


class _Rows(Protocol):
    """The type of csv.reader(), which has no public name."""

    @property
    def line_num(self) -> int:
        """Return how many lines were read."""

    def __next__(self) -> list[str]:
        """Return the next row."""


class CsvReader:
    """Columns are separated by Excel's sep=, else by the comma, semicolon, tab or bar that the header has most of."""

    name = "csv"
    suffixes = SUFFIXES[name]

    def read(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the article of each row, or a Problem for the row."""
        try:
            with path.open("rb") as file:
                is_webanno = file.read(len(OPENING) + 3).removeprefix(b"\xef\xbb\xbf").startswith(OPENING.encode())
            yield from read_webanno(path) if is_webanno else self._rows(path)
        except (InputError, OSError, UnicodeDecodeError) as error:
            yield Problem.from_error(path, error)

    def _rows(self, path: Path) -> Iterator[Record | Problem]:
        """Yield the articles of the rows. Raises InputError for a header that cannot be used."""
        # The limit is global to the csv module. It stops an unclosed quotation mark from swallowing the file.
        csv.field_size_limit(MAX_TEXT)
        with open_text(path) as stream:
            lines = _lines(stream)
            first = next(lines, "")
            if first.startswith(OLD_OPENINGS):
                raise InputError("an older version of WebAnno TSV. Export it as WebAnno TSV 3.")
            said = SAYS_DELIMITER.fullmatch(first.rstrip("\r\n"))
            first = next(lines, "") if said else first
            delimiter = max(_DELIMITERS, key=first.count) if said is None else said[1] if len(said[1]) == 1 else "\t"
            rows = csv.reader(chain((first,), lines), delimiter=delimiter, strict=True)
            header = _header(rows)
            problems: list[Problem] = []
            numbered = _numbered(rows, path, problems, 2 if said else 1)
            if "\t".join(header).rstrip("\t").split("\t") in (HEADER, OLD_HEADER, SCORED_HEADER):
                yield from read_rows(numbered)
                yield from problems
                return
            header = [name or f"column {at}" for at, name in enumerate(header, 1)]
            for place, row in numbered:
                yield from problems
                problems.clear()
                if any(row[len(header) :]):
                    yield Problem(
                        place,
                        Message(
                            "the row has {cells} fields, and the header {columns}. Put fields with "
                            "the separator in quotation marks.",
                            cells=len(row),
                            columns=len(header),
                        ),
                    )
                else:
                    yield to_record(dict(zip(header, row, strict=False)), place, position(stream))
            yield from problems


def _lines(stream: TextIO) -> Iterator[str]:
    """Yield the lines of a file with their ends. Raises InputError for one that is longer than a text may be."""
    for number, line in enumerate(iter(lambda: stream.readline(MAX_TEXT), ""), 1):
        if len(line) == MAX_TEXT:
            raise InputError("line {line} is longer than 50 MB. Split it into its articles.", line=number)
        yield line


def _numbered(rows: _Rows, path: Path, problems: list[Problem], first: int) -> Iterator[tuple[str, list[str]]]:
    """Yield each row that is not empty with its place; add a Problem to problems for each that cannot be read.

    first is the line number of the first row.
    """
    while True:
        place = f"{path}, line {rows.line_num + first}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(
                Problem(place, Message("cannot read the row ({why}). Check its quotation marks.", why=error))
            )
            continue
        if any(row):
            yield place, row


def _header(rows: Iterator[list[str]]) -> list[str]:
    """Return the names of the columns, none if the file is empty.

    Raises InputError if no column is a text, or if two have the same name: one of them would be lost.
    """
    try:
        header = [name.strip() for name in next(rows, [])]
    except csv.Error as error:
        raise InputError("cannot read the header ({why}). Check its quotation marks.", why=error) from error
    if not any(header):
        raise InputError("empty file. Write a header with a text column, and one article on each row.")
    name, number = Counter(filter(None, header)).most_common(1)[0]
    if number > 1:
        raise InputError("the header has {number} columns named {name}. Rename all but one.", number=number, name=name)
    if find_field(header, TEXT) is None and find_field(header, _WORDS) and find_field(header, _TAGS):
        raise InputError(
            "a table of words and tags. Save it as .conll: a word, a tab and its tag on each line, and an "
            "empty line after each sentence."
        )
    if find_field(header, TEXT) is None:
        raise InputError(
            "no text column in the header (found: {has}). Rename one to text, content or body.",
            has=", ".join(header[:8]),
        )
    return header
