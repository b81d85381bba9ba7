"""A table of spans: for each document a row with its text and no label, then one row per span.

The file is UTF-8 with a byte order mark; without one Excel misreads Arabic. A cell that a spreadsheet would take for a
formula (it begins with = + - @, a tab or a carriage return) gets an apostrophe before it, and so does one that begins
with an apostrophe. Reading removes one apostrophe.

The columns note and doubtful ("yes") hold the note and flag of a span. A row with the origin "note" is a note on the
document. Files without these two columns, from older versions, are read too. A column score is added if the export
includes undecided suggestions; their origin is "suggestion:" with the suggester.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.document import Document
from annotator.errors import Message
from annotator.formats.base.annotation_filter import exclude_debris
from annotator.formats.base.deviation import Deviation
from annotator.formats.base.note_fields import document_notes
from annotator.formats.base.read_back import read_back
from annotator.formats.base.record import FileNote, Problem, Record
from annotator.formats.base.span_objects import RawSpan
from annotator.formats.base.writer import ReadBack, WriteOptions
from annotator.formats.json.spans import is_suggestion, locate_spans
from annotator.formats.registry import find_reader

OLD_HEADER = ["document", "start", "end", "label", "text", "annotator", "origin"]
HEADER = [*OLD_HEADER, "note", "doubtful"]
SCORED_HEADER = [*HEADER, "score"]
_NOTE, _YES = "note", "yes"
_DIGITS = 12  # a longer number cannot be an offset
_DANGEROUS = tuple("=+-@\t\r'＝＋－＠")


class CsvWriter:
    """Writes the table."""

    name = "csv"
    suffix = ".csv"
    holds_annotators = True
    holds_document_notes = True
    holds_suggestions = True

    def write(
        self, documents: Iterable[AnnotatedDocument], path: Path, options: WriteOptions
    ) -> Iterator[tuple[Deviation, ...]]:
        """Write the file; yield the deviations of each document: spans in debris, if debris is left out."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow(SCORED_HEADER if options.suggestions else HEADER)
            unscored = ("",) if options.suggestions else ()
            for annotated in documents:
                text, name = annotated.document.text, annotated.document.id
                kept, deviations = exclude_debris(annotated, options)
                table.writerow(map(guard_formula, (name, "0", str(len(text)), "", text, "", "", "", "", *unscored)))
                for note in document_notes(annotated, options):
                    row = (name, "", "", "", "", note.annotator, _NOTE, note.text, _YES * note.doubtful, *unscored)
                    table.writerow(map(guard_formula, row))
                for a in kept:
                    who = options.names.get(a.annotator, a.annotator)
                    place = (str(a.span.start), str(a.span.end))
                    note_text, doubtful = annotated.note_on(a.id)
                    score = (str(a.origin.score),) if is_suggestion(str(a.origin)) else unscored
                    said = (who, str(a.origin), note_text, _YES * doubtful, *score)
                    table.writerow(map(guard_formula, (name, *place, a.label, a.span.of(text), *said)))
                yield tuple(deviations)

    def read_back(self, path: Path, documents: Iterable[Document], options: WriteOptions) -> Iterator[ReadBack]:  # noqa: ARG002 - the text is whole whatever was asked
        """Yield what the file holds of each document. Raises ExportError if it does not match."""
        return read_back(find_reader("csv"), path, documents, annotators=True)


def read_rows(rows: Iterable[tuple[str, list[str]]]) -> Iterator[Record | Problem]:
    """Yield the documents of a table of spans from its rows, each with its place, and a Problem for a bad row."""
    name, text, place = "", "", ""
    found: list[RawSpan] = []
    notes: list[FileNote] = []
    for where, cells in rows:
        row = dict(zip(SCORED_HEADER, map(_bare, cells), strict=False))
        if len(row) < len(OLD_HEADER):
            yield Problem(
                where,
                Message(
                    "the row has {cells} of {columns} fields. Correct or remove it.",
                    cells=len(cells),
                    columns=len(HEADER),
                ),
            )
        elif not row["label"] and row["origin"] != _NOTE:
            if place:
                yield _record(name, text, place, found, notes)
            name, text, place, found, notes = row["document"], row["text"], where, [], []
        elif not place or row["document"] != name:
            yield Problem(
                where,
                Message(
                    "the text of the document {document} comes later. Put that row first.", document=row["document"]
                ),
            )
        elif not row["label"]:
            notes.append(FileNote(row.get(_NOTE, ""), row.get("doubtful") == _YES, row["annotator"]))
        elif not all(row[name].isdecimal() and len(row[name]) < _DIGITS for name in ("start", "end")):
            yield Problem(
                where,
                Message(
                    "{start}-{end} are not numbers. Write the offsets of the span.", start=row["start"], end=row["end"]
                ),
            )
        else:
            more = {**row, "doubtful": row.get("doubtful") == _YES}
            found.append((int(row["start"]), int(row["end"]), row["label"], more))
    if place:
        yield _record(name, text, place, found, notes)


def _record(name: str, text: str, place: str, found: list[RawSpan], notes: list[FileNote]) -> Record:
    annotations, problems = locate_spans(found, text)
    return Record(text, {"id": name}, place, 0, annotations, problems, tuple(notes))


def guard_formula(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_DANGEROUS) else cell


def _bare(cell: str) -> str:
    """Undo guard_formula."""
    return cell.removeprefix("'")
