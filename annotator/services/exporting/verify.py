"""Write a file and prove it: what must be in it is kept while it is written, and held against what is read back."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import IO, Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.formats.base.deviation import Deviation, DeviationKind
from annotator.formats.base.record import Entity, FileNote
from annotator.formats.base.writer import ReadBack, WriteOptions, Writer
from annotator.services.exporting.lost_notes import expected_notes, lost_note_to_json, lost_notes, noted_entities
from annotator.services.exporting.report import ExportReport, deviation_to_json, widened_to_json
from annotator.services.exporting.selection import reading_order
from annotator.services.gc_tuning import infrequent_gc

OnWritten = Callable[[Document, Sequence[Entity]], None]
_PLEASE = "this is a fault of the program, please report it"


class ExportVerifier:
    """What must be in one file, kept in a spool: a binary file on the disk that only this process sees.

    The spool holds for each document its id (or the document itself, where it is not the project's), what must be in
    the file, and the remarks. It is what lets the comparison be made, and the report be written, without holding the
    corpus.
    """

    def __init__(self, writer: Writer, options: WriteOptions, spool: IO[bytes], report: ExportReport) -> None:
        """Prove what a writer writes with options; the report is told the counts."""
        self._writer = writer
        self._options = options
        self._spool = spool
        self._report = report
        self._altered = False

    @infrequent_gc()
    def write(
        self,
        documents: Iterable[AnnotatedDocument],
        part: Path,
        *,
        altered: bool,
        written: OnWritten | None = None,
    ) -> None:
        """Write the file; altered says that the documents are not the project's own, written is told of each."""
        self._altered = altered
        waiting: deque[AnnotatedDocument] = deque()
        coming = iter(documents)

        def watched() -> Iterator[AnnotatedDocument]:
            """Yield the documents, keeping each until its remarks come."""
            for annotated in coming:
                waiting.append(annotated)
                yield replace(annotated, notes=()) if altered else annotated

        for found in self._writer.write(watched(), part, self._options):
            annotated = waiting.popleft()
            deviations = sorted(found, key=lambda deviation: reading_order(deviation.annotation))
            self._report.count(annotated.annotations, deviations)
            widened = self._report.count_widened(annotated, deviations)
            lost = lost_notes(annotated, deviations, self._writer, altered=altered)
            self._report.count_unsaid(annotated, [why for _, why in lost], named=self._writer.holds_annotators)
            given = replace(annotated, notes=()) if altered else annotated
            expected = expected_entities(given, deviations, self._writer, self._options)
            if written:
                written(annotated.document, expected)
            kept = (
                annotated.document if altered else annotated.document.id,
                [_plain(entity) for entity in expected],
                [_note(note) for note in expected_notes(given, self._writer, self._options)],
                [deviation_to_json(deviation, annotated.document, self._options) for deviation in deviations]
                + [widened_to_json(each, annotated.document, self._options) for each in widened]
                + [lost_note_to_json(note, why, annotated, self._options) for note, why in lost],
            )
            pickle.dump(kept, self._spool, pickle.HIGHEST_PROTOCOL)
        for annotated in chain(waiting, coming):
            raise ExportError("The file ends before the document {document}.", document=annotated.document.id)

    def compare(self, part: Path, documents_of: Callable[[Iterable[str]], Iterable[Document]]) -> Iterator[int]:
        """Read the file back and compare it, yielding how many documents were found equal.

        documents_of returns the project's documents of some ids. Raises ExportError at the first document that differs,
        and if the reader finds other documents than were written, or not as many.
        """
        waiting: deque[tuple[str, list[Any], list[Any]]] = deque()
        number, written = 0, self._report.documents

        def given() -> Iterator[Any]:
            """Yield the documents that were written, or their ids, keeping what must be in each."""
            for document, expected, notes, _ in self._kept():
                waiting.append((document.id if self._altered else document, expected, notes))
                yield document

        documents = given() if self._altered else documents_of(given())
        with infrequent_gc():
            for number, found in enumerate(self._writer.read_back(part, documents, self._options), 1):
                if not waiting:
                    raise ExportError(
                        "The file reads back with more than its {written} documents; {please}.",
                        written=written,
                        please=_PLEASE,
                    )
                self._compare_one(found, *waiting.popleft())
                yield number
        if number != written:
            raise ExportError(
                "The file reads back with {number} of its {written} documents; {please}.",
                number=number,
                written=written,
                please=_PLEASE,
            )

    def _compare_one(self, found: ReadBack, document: str, expected: list[Any], notes: list[Any]) -> None:
        """Count the entities of one document; raises ExportError if it, they or the notes are not what must be there.

        What was kept are plain tuples, which are equal to the entities that hold the same.
        """
        if found.document != document:
            raise ExportError(
                "The file reads back with the document {found} where {document} was written; {please}.",
                found=found.document,
                document=document,
                please=_PLEASE,
            )
        if [_note(note) for note in sorted(found.notes)] != notes:
            raise ExportError(
                "The document {document} reads back with other notes than were made; {please}.",
                document=found.document,
                please=_PLEASE,
            )
        entities = sorted(found.entities)
        if entities != expected:
            raise ExportError(
                "The document {document} reads back with {missing} missing and {excess} in excess; {please}.",
                document=found.document,
                missing=[_shown(entity) for entity in expected if entity not in entities] or "nothing",
                excess=[_shown(entity) for entity in entities if entity not in expected] or "nothing",
                please=_PLEASE,
            )
        self._report.entities += len(entities)

    def _kept(self) -> Iterator[Any]:
        """Yield what the spool holds of each document: of itself or its id, its entities, its notes, the remarks."""
        self._spool.seek(0)
        for _ in range(self._report.documents):
            yield pickle.load(self._spool)  # noqa: S301 - this process wrote it, and nobody else can

    def deviations(self) -> Iterator[dict[str, Any]]:
        """Yield the remarks on all documents, in order."""
        for *_, deviations in self._kept():
            yield from deviations


def expected_entities(
    annotated: AnnotatedDocument, deviations: Sequence[Deviation], writer: Writer, options: WriteOptions
) -> list[Entity]:
    """Return what must be in the file: all that was confirmed, but for what the remarks say is altered or left out.

    Each comes with what is noted on it, where the format has a place for that.

    Raises ExportError where a remark is not about one of the annotations, or moves one to another place.
    """
    stands = _stands(annotated, deviations)
    names, named = options.names, writer.holds_annotators
    entities: list[tuple[str, Entity]] = []
    for key, span, label, annotator, origin in annotated.annotations:
        written = stands.get(key, span)
        if written is not None:
            who, how = (names.get(annotator, annotator), str(origin)) if named else ("", "")
            entities.append((key, Entity(written, label, who, how, "", False, origin.score)))
    noted = noted_entities(entities, annotated, deviations, writer)
    return sorted(noted if named else set(noted))


def _stands(annotated: AnnotatedDocument, deviations: Sequence[Deviation]) -> dict[str, Span | None]:
    """Return where those annotations stand, by their ids, that do not stand as they were confirmed; None is nowhere.

    Raises ExportError where a remark is not about one of the annotations, or moves one to another place.
    """
    found: dict[str, Span | None] = {}
    confirmed = {annotation.id: annotation for annotation in annotated.annotations} if deviations else {}
    for deviation in deviations:
        own = confirmed.get(deviation.annotation.id) == deviation.annotation
        if not own or (deviation.written and not deviation.written.overlaps(deviation.annotation.span)):
            raise ExportError(
                "The writer reports a span that was not confirmed: {span}; {please}.",
                span=deviation.annotation,
                please=_PLEASE,
            )
        if deviation.kind is not DeviationKind.ADAPTED:
            found[deviation.annotation.id] = deviation.written
    return found


def _plain(entity: Entity) -> tuple[Any, ...]:
    """Return the entity as the spool holds it: without its class, which would be named in the spool each time."""
    (start, end), *rest = entity
    return (start, end), *rest


def _shown(entity: Sequence[Any]) -> list[Any]:
    """Return an entity as a message names it: its place and label, who made it and how, and what else is said of it."""
    (start, end), label, annotator, origin, *rest = entity
    return [start, end, label, annotator, origin, *(rest if any(rest) else ())]


def _note(note: FileNote) -> tuple[str, bool, str]:
    """Return a note on a document as the spool holds it."""
    return note.text, note.doubtful, note.annotator
