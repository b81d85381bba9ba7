"""Write a file and prove it: what must be in it is kept while it is written, and held against what is read back."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from annotator.domain.corpus import AnnotatedDocument
from annotator.domain.document import Document
from annotator.domain.span import Span
from annotator.errors import ExportError
from annotator.formats.registry import Entity, Fate, FileNote, ReadBack, Remark, WriteOptions, Writer
from annotator.storage.rows import Row, document_from_row, document_to_row
from annotator.work.export_report import ExportReport, remark_to_json
from annotator.work.note_loss import expected_notes, loss_to_json, lost_notes, noted_entities
from annotator.work.selecting import reading_order

Written = Callable[[Document, Sequence[Entity]], None]
_PLEASE = "this is a fault of the program, please report it"


class Proof:
    """What must be in one file, kept in a spool: a text file on the disk that only this process sees.

    The spool holds a line for each document: its id (or the document itself, where it is not the project's), what must
    be in the file, and the remarks. It is what lets the comparison be made, and the report be written, without
    holding the corpus.
    """

    def __init__(self, writer: Writer, options: WriteOptions, spool: IO[str], report: ExportReport) -> None:
        """Prove what a writer writes with options; the report is told the counts."""
        self._writer = writer
        self._options = options
        self._spool = spool
        self._report = report

    def write(
        self,
        documents: Iterable[AnnotatedDocument],
        part: Path,
        *,
        altered: bool,
        written: Written | None = None,
    ) -> None:
        """Write the file; altered says that the documents are not the project's own, written is told of each."""
        waiting: deque[AnnotatedDocument] = deque()

        def watched() -> Iterator[AnnotatedDocument]:
            """Yield the documents, keeping each until its remarks come."""
            for annotated in documents:
                waiting.append(annotated)
                yield replace(annotated, notes=()) if altered else annotated

        for found in self._writer.write(watched(), part, self._options):
            annotated = waiting.popleft()
            remarks = sorted(found, key=lambda remark: reading_order(remark.annotation))
            self._report.count(annotated.annotations, remarks)
            lost = lost_notes(annotated, remarks, self._writer, altered=altered)
            self._report.count_unsaid(annotated, [why for _, why in lost], named=self._writer.holds_annotators)
            given = replace(annotated, notes=()) if altered else annotated
            expected = expected_entities(given, remarks, self._writer, self._options)
            if written:
                written(annotated.document, expected)
            line = {
                "document": document_to_row(annotated.document, "") if altered else annotated.document.id,
                "expected": [_entity_to_json(entity) for entity in expected],
                "notes": [_note_to_json(note) for note in expected_notes(given, self._writer, self._options)],
                "remarks": [remark_to_json(remark, annotated.document, self._options) for remark in remarks]
                + [loss_to_json(note, why, annotated, self._options) for note, why in lost],
            }
            self._spool.write(json.dumps(line) + "\n")

    def compare(self, part: Path, get: Callable[[str], Document]) -> Iterator[int]:
        """Read the file back and compare it, yielding how many documents were found equal.

        get returns the project's documents by id. Raises ExportError at the first document that differs.
        """
        self._spool.seek(0)
        waiting: deque[tuple[list[list[Any]], list[list[Any]]]] = deque()

        def documents() -> Iterator[Document]:
            """Yield the documents that were written, keeping what must be in each."""
            for line in self._spool:
                kept = json.loads(line)
                waiting.append((kept["expected"], kept["notes"]))
                named: str | Row = kept["document"]
                yield get(named) if isinstance(named, str) else document_from_row(named)

        for number, found in enumerate(self._writer.read_back(part, documents(), self._options), 1):
            self._compare_one(found, *waiting.popleft())
            yield number

    def _compare_one(self, found: ReadBack, expected: list[list[Any]], notes: list[list[Any]]) -> None:
        """Count the entities of one document; raises ExportError where they or the notes are not what must be there."""
        if [_note_to_json(note) for note in sorted(found.notes)] != notes:
            raise ExportError(
                "The document {document} reads back with other notes than were made; {please}.",
                document=found.document,
                please=_PLEASE,
            )
        entities = [_entity_to_json(entity) for entity in sorted(found.entities)]
        if entities != expected:
            raise ExportError(
                "The document {document} reads back with {missing} missing and {excess} in excess; {please}.",
                document=found.document,
                missing=[entity for entity in expected if entity not in entities] or "nothing",
                excess=[entity for entity in entities if entity not in expected] or "nothing",
                please=_PLEASE,
            )
        self._report.entities += len(entities)

    def remarks(self) -> Iterator[dict[str, Any]]:
        """Yield the remarks on all documents, in order."""
        self._spool.seek(0)
        for line in self._spool:
            yield from json.loads(line)["remarks"]


def expected_entities(
    annotated: AnnotatedDocument, remarks: Sequence[Remark], writer: Writer, options: WriteOptions
) -> list[Entity]:
    """Return what must be in the file: all that was confirmed, but for what the remarks say is altered or left out.

    Each comes with what is noted on it, where the format has a place for that.

    Raises ExportError where a remark is not about one of the annotations, or moves one to another place.
    """
    confirmed = {annotation.id: annotation for annotation in annotated.annotations}
    lost: dict[str, Span | None] = {}
    for remark in remarks:
        own = confirmed.get(remark.annotation.id) == remark.annotation
        if not own or (remark.written and not remark.written.overlaps(remark.annotation.span)):
            raise ExportError(
                "The writer reports a span that was not confirmed: {span}; {please}.",
                span=remark.annotation,
                please=_PLEASE,
            )
        if remark.fate is not Fate.ADAPTED:
            lost[remark.annotation.id] = remark.written
    entities = []
    for annotation in annotated.annotations:
        span = lost.get(annotation.id, annotation.span)
        if span is None:
            continue
        name = options.names.get(annotation.annotator, annotation.annotator)
        who = (name, str(annotation.origin)) if writer.holds_annotators else ("", "")
        entities.append((annotation.id, Entity(span, annotation.label, *who, score=annotation.origin.score)))
    noted = noted_entities(entities, annotated, remarks, writer)
    return sorted(noted if writer.holds_annotators else set(noted))


def _entity_to_json(entity: Entity) -> list[Any]:
    """Return the entity as the spool holds it."""
    place = [entity.span.start, entity.span.end, entity.label, entity.annotator, entity.origin]
    rest = [entity.note, entity.doubtful, entity.score]
    return place + (rest if any(rest) else [])


def _note_to_json(note: FileNote) -> list[Any]:
    """Return a note on a document as the spool holds it."""
    return [note.text, note.doubtful, note.annotator]
