"""A table of spans: for each document a row with its whole text and no label, then a row for each of its spans.

The file is UTF-8 with a byte order mark, without which Excel misreads Arabic. A cell that a spreadsheet would take for
a formula (it begins with = + - @, a tab or a carriage return) gets an apostrophe before it, and so does one
that begins with an apostrophe; reading takes one away again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.corpus import AnnotatedDocument
from annotator.domain.document import Document
from annotator.formats.debris import annotations_outside_debris
from annotator.formats.json_spans import Parts, fit
from annotator.formats.registry import Problem, ReadBack, Record, Remark, WriteOptions, find_reader
from annotator.formats.reread import read_back

HEADER = ["document", "start", "end", "label", "text", "annotator", "origin"]
_DANGEROUS = tuple("=+-@\t\r'＝＋－＠")


class CsvWriter:
    """Writes the table."""

    name = "csv"
    suffix = ".csv"
    holds_annotators = True

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Remark, ...]]:
        """Write the file, yielding the remarks on each document: spans in debris, where it is left out."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow(HEADER)
            for annotated in documents:
                text, name = annotated.document.text, annotated.document.id
                kept, remarks = annotations_outside_debris(annotated, options)
                table.writerow(map(_guarded, (name, "0", str(len(text)), "", text, "", "")))
                for a in kept:
                    who = options.names.get(a.annotator, a.annotator)
                    place = (str(a.span.start), str(a.span.end))
                    row = (name, *place, a.label, a.span.of(text), who, str(a.origin))
                    table.writerow(map(_guarded, row))
                yield tuple(remarks)

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the file holds of each document; raises ExportError where it does not fit."""
        return read_back(find_reader("csv"), path, documents, annotators=True)


def read_rows(rows: Iterable[tuple[str, list[str]]]) -> Iterator[Record | Problem]:
    """Yield the documents of a table of spans from its rows, each with its place, and a Problem for a bad row."""
    name, text, place = "", "", ""
    found: list[Parts] = []
    for where, cells in rows:
        row = dict(zip(HEADER, map(_bare, cells), strict=False))
        if len(row) < len(HEADER):
            yield Problem(where, f"the row has {len(cells)} of {len(HEADER)} fields; mend or remove it.")
        elif not row["label"]:
            if place:
                yield _record(name, text, place, found)
            name, text, place, found = row["document"], row["text"], where, []
        elif not place or row["document"] != name:
            yield Problem(where, f"no text of the document {row['document']} stands before it; put that row first.")
        elif not (row["start"].isdecimal() and row["end"].isdecimal()):
            yield Problem(where, f"{row['start']}-{row['end']} are no numbers; give the places of the span.")
        else:
            found.append((int(row["start"]), int(row["end"]), row["label"], row))
    if place:
        yield _record(name, text, place, found)


def _record(name: str, text: str, place: str, found: list[Parts]) -> Record:
    """Return a document with its spans."""
    annotations, misfits = fit(found, text)
    return Record(text, {"id": name}, place, 0, annotations, misfits)


def _guarded(cell: str) -> str:
    """Return a cell as no spreadsheet takes it for a formula."""
    return "'" + cell if cell.startswith(_DANGEROUS) else cell


def _bare(cell: str) -> str:
    """Return what _guarded was given."""
    return cell.removeprefix("'")
