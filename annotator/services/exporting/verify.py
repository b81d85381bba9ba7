"""Write a file, read it back, and compare the two.

While the file is written, what must be in it is kept on the disk. For each document that is all that was confirmed,
except what the writer reports as altered or left out. Example: an annotator confirmed LOC at 9-14 (ديالى in وديالى);
the writer of CoNLL reports it as altered to 8-14, the whole token. So 8-14 LOC must be read back, and nothing else.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import IO, Any, NamedTuple

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, OriginKind
from annotator.domain.model.document import Document
from annotator.domain.model.notes import Note
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.formats.base.deviation import Deviation, DeviationKind
from annotator.formats.base.record import Entity, FileNote
from annotator.formats.base.writer import ReadBack, WriteOptions, Writer
from annotator.services.exporting.lost_notes import NoteLoss, expected_notes, lost_notes, noted_entities
from annotator.services.exporting.report_lines import deviation_to_json, lost_note_to_json, widened_to_json
from annotator.services.exporting.selection import reading_order
from annotator.services.gc_tuning import infrequent_gc


class SourceDocument(NamedTuple):
    """A document to write. widened are the ids of spans that cover a whole pseudonym, but covered a part of a name."""

    annotated: AnnotatedDocument
    widened: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A document that is in the file, and how the file differs from it.

    entities: what the file must hold. widened: confirmed spans that now cover a whole pseudonym, except those that the
    deviations list already. lost_notes: the notes that are not in the file, and why.
    """

    annotated: AnnotatedDocument
    entities: Sequence[Entity]
    deviations: Sequence[Deviation]
    widened: Sequence[Annotation]
    lost_notes: Sequence[tuple[Note, NoteLoss]]


class _Expected(NamedTuple):
    """What must be read back of one document: plain tuples, which are equal to entities and notes of the same values.

    Plain, because pickle would repeat the name of a class for each entity.
    """

    document: Document | str  # its id if it is a document of the project, which can be read from there again
    entities: list[tuple[Any, ...]]
    notes: list[tuple[str, bool, str]]
    report_lines: list[dict[str, Any]]


class ExportVerifier:
    """Writes one file and verifies it.

    What is expected goes to a spool, a temporary file of this process, so that the corpus is never held in memory.
    """

    def __init__(self, writer: Writer, options: WriteOptions, spool: IO[bytes], *, pseudonymised: bool) -> None:
        """Use a writer and its options; pseudonymised documents are not those of the project, and have no notes."""
        self._writer = writer
        self._options = options
        self._spool = spool
        self._pseudonymised = pseudonymised
        self._count = 0

    def write(self, documents: Iterable[SourceDocument], part: Path) -> Iterator[WrittenDocument]:
        """Write documents to a new file at part, and yield each when it is written.

        Raises ExportError if the writer reports what cannot be, and what the writer raises.
        """
        pending: deque[SourceDocument] = deque()
        coming = iter(documents)

        def given() -> Iterator[AnnotatedDocument]:
            for source in coming:
                pending.append(source)
                yield self._without_notes(source.annotated)

        with infrequent_gc():
            for found in self._writer.write(given(), part, self._options):
                written = self._written(pending.popleft(), found)
                pickle.dump(tuple(self._expected(written)), self._spool, pickle.HIGHEST_PROTOCOL)
                self._count += 1
                yield written
        for source in chain(pending, coming):
            raise ExportError(
                "The writer did not write document {document}. This is a bug in this program. Please report it.",
                document=source.annotated.document.id,
            )

    def compare(self, part: Path, documents_of: Callable[[Iterable[str]], Iterable[Document]]) -> Iterator[int]:
        """Read the file back and compare it, yielding the number of entities of each document.

        documents_of returns the project's documents of some ids. Raises ExportError at the first document that differs,
        and if the reader finds other documents than were written, or not as many.
        """
        pending: deque[_Expected] = deque()
        number = 0

        def given() -> Iterator[Any]:
            for expected in self._kept():
                pending.append(expected)
                yield expected.document

        documents = given() if self._pseudonymised else documents_of(given())
        with infrequent_gc():
            for found in self._writer.read_back(part, documents, self._options):
                number += 1
                if not pending:
                    raise ExportError(
                        "The file reads back with more than its {written} documents. This is a bug in this program. "
                        "Please report it.",
                        written=self._count,
                    )
                _compare_document(found, pending.popleft())
                yield len(found.entities)
        if number != self._count:
            raise ExportError(
                "The file reads back with {number} of its {written} documents. This is a bug in this program. "
                "Please report it.",
                number=number,
                written=self._count,
            )

    def report_lines(self) -> Iterator[dict[str, Any]]:
        """Yield a line for each difference between what was confirmed and what is in the file, in order."""
        for expected in self._kept():
            yield from expected.report_lines

    def _without_notes(self, annotated: AnnotatedDocument) -> AnnotatedDocument:
        """Return what the writer is given. Notes may hold the names that pseudonyms replace, so they are dropped."""
        return replace(annotated, notes=()) if self._pseudonymised else annotated

    def _written(self, source: SourceDocument, found: Sequence[Deviation]) -> WrittenDocument:
        annotated = source.annotated
        deviations = sorted(found, key=lambda deviation: reading_order(deviation.annotation))
        given = self._without_notes(annotated)
        return WrittenDocument(
            annotated,
            expected_entities(given, deviations, self._writer, self._options),
            deviations,
            _widened(source, deviations) if source.widened else (),
            lost_notes(annotated, deviations, self._writer, pseudonymised=self._pseudonymised),
        )

    def _expected(self, written: WrittenDocument) -> _Expected:
        annotated, document, options = written.annotated, written.annotated.document, self._options
        notes = expected_notes(self._without_notes(annotated), self._writer, options)
        return _Expected(
            document if self._pseudonymised else document.id,
            [_plain_entity(entity) for entity in written.entities],
            [_plain_note(note) for note in notes],
            [deviation_to_json(each, document, options) for each in written.deviations]
            + [widened_to_json(each, document, options) for each in written.widened]
            + [lost_note_to_json(note, why, annotated, options) for note, why in written.lost_notes],
        )

    def _kept(self) -> Iterator[_Expected]:
        """Yield what the spool holds of each document, in the order of writing."""
        self._spool.seek(0)
        for _ in range(self._count):
            yield _Expected(*pickle.load(self._spool))  # noqa: S301 - this process wrote it, and nobody else can


def expected_entities(
    annotated: AnnotatedDocument, deviations: Sequence[Deviation], writer: Writer, options: WriteOptions
) -> list[Entity]:
    """Return what must be in the file, sorted: all that was confirmed, as the deviations say.

    If the format does not hold annotators, equal entities of several annotators are one. Each entity has its note, if
    the format holds notes. Raises ExportError if a deviation is not about one of the annotations, or moves one
    elsewhere.
    """
    moved = _moved_spans(annotated, deviations)
    names, named = options.names, writer.holds_annotators
    entities: list[tuple[str, Entity]] = []
    for key, span, label, annotator, origin in annotated.annotations:
        written = moved.get(key, span)
        if written is not None:
            who, how = (names.get(annotator, annotator), str(origin)) if named else ("", "")
            entities.append((key, Entity(written, label, who, how, "", False, origin.score)))
    noted = noted_entities(entities, annotated, deviations, writer)
    return sorted(noted if named else set(noted))


def _moved_spans(annotated: AnnotatedDocument, deviations: Sequence[Deviation]) -> dict[str, Span | None]:
    """Return the spans of altered annotations by id, None for those that are left out.

    Raises ExportError if a deviation is not about one of the annotations, or moves one elsewhere.
    """
    found: dict[str, Span | None] = {}
    confirmed = {annotation.id: annotation for annotation in annotated.annotations} if deviations else {}
    for deviation in deviations:
        known = confirmed.get(deviation.annotation.id) == deviation.annotation
        if not known or (deviation.written and not deviation.written.overlaps(deviation.annotation.span)):
            raise ExportError(
                "The writer reports a span that was not confirmed: {span}. This is a bug in this program. Please "
                "report it.",
                span=deviation.annotation,
            )
        if deviation.kind is not DeviationKind.ADAPTED:
            found[deviation.annotation.id] = deviation.written
    return found


def _widened(source: SourceDocument, deviations: Sequence[Deviation]) -> list[Annotation]:
    """Return the confirmed spans that cover a whole pseudonym, except those that are altered or left out anyway."""
    listed = {each.annotation.id for each in deviations if each.kind is not DeviationKind.ADAPTED}
    confirmed = (a for a in source.annotated.annotations if a.origin.kind is not OriginKind.SUGGESTION)
    return [a for a in confirmed if a.id in source.widened and a.id not in listed]


def _compare_document(found: ReadBack, expected: _Expected) -> None:
    """Raise ExportError if a document, its entities or its notes are not what was written."""
    document = expected.document if isinstance(expected.document, str) else expected.document.id
    if found.document != document:
        raise ExportError(
            "The file reads back with document {found} instead of {document}. This is a bug in this program. Please "
            "report it.",
            found=found.document,
            document=document,
        )
    if [_plain_note(note) for note in sorted(found.notes)] != expected.notes:
        raise ExportError(
            "Document {document} reads back with other notes than were written. This is a bug in this program. "
            "Please report it.",
            document=found.document,
        )
    entities: list[tuple[Any, ...]] = sorted(found.entities)
    if entities != expected.entities:
        raise ExportError(
            "Document {document} reads back with {missing} missing and {excess} added. This is a bug in "
            "this program. Please report it.",
            document=found.document,
            missing=[_shown(entity) for entity in expected.entities if entity not in entities] or "nothing",
            excess=[_shown(entity) for entity in entities if entity not in expected.entities] or "nothing",
        )


def _plain_entity(entity: Entity) -> tuple[Any, ...]:
    (start, end), *rest = entity
    return (start, end), *rest


def _plain_note(note: FileNote) -> tuple[str, bool, str]:
    return note.text, note.doubtful, note.annotator


def _shown(entity: Sequence[Any]) -> list[Any]:
    """Return an entity as an error message shows it: without its note and score if it has none."""
    (start, end), label, annotator, origin, *rest = entity
    return [start, end, label, annotator, origin, *(rest if any(rest) else ())]
