"""Find the notes that an export cannot write, and say what must be in the file of the others."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.notes import Note
from annotator.formats.base.deviation import Deviation, DeviationKind
from annotator.formats.base.note_fields import document_notes, entity_notes
from annotator.formats.base.record import Entity, FileNote
from annotator.formats.base.writer import NoteWriter, WriteOptions, Writer


class NoteLoss(StrEnum):
    """Why a note is not in the file."""

    FORMAT = "format"  # the format has no place for it
    SPAN_LEFT_OUT = "span-left-out"  # the span that it is on is not in the file
    PSEUDONYMS = "stand-ins"  # names are replaced, and a note may contain one


def lost_notes(
    annotated: AnnotatedDocument, deviations: Iterable[Deviation], writer: Writer, *, pseudonymised: bool
) -> list[tuple[Note, NoteLoss]]:
    """Return the notes that will not be in the file, and why. None is written if names are pseudonymised."""
    if not annotated.notes:
        return []
    gone = {deviation.annotation.id for deviation in deviations if deviation.kind is DeviationKind.LEFT_OUT}
    found = []
    for note in annotated.notes:
        if pseudonymised:
            found.append((note, NoteLoss.PSEUDONYMS))
        elif not isinstance(writer, NoteWriter) or not (note.key or writer.holds_document_notes):
            found.append((note, NoteLoss.FORMAT))
        elif note.key in gone:
            found.append((note, NoteLoss.SPAN_LEFT_OUT))
    return found


def noted_entities(
    entities: Iterable[tuple[str, Entity]],
    annotated: AnnotatedDocument,
    deviations: Iterable[Deviation],
    writer: Writer,
) -> list[Entity]:
    """Return entities with their notes, given as pairs of annotation id and entity.

    If the format does not hold annotators, equal entities are one, with everybody's notes.
    """
    pairs = list(entities)
    if not annotated.notes or not isinstance(writer, NoteWriter):
        return [entity for _, entity in pairs]
    united = {} if writer.holds_annotators else entity_notes(annotated, deviations)
    found = []
    for key, e in pairs:
        note, doubtful = annotated.note_on(key) if writer.holds_annotators else united[e.span, e.label]
        found.append(e._replace(note=note, doubtful=doubtful))
    return found


def expected_notes(annotated: AnnotatedDocument, writer: Writer, options: WriteOptions) -> list[FileNote]:
    """Return the notes on the document itself that must be in the file, sorted."""
    if not annotated.notes or not isinstance(writer, NoteWriter) or not writer.holds_document_notes:
        return []
    return document_notes(annotated, options, named=writer.holds_annotators)
