r"""Notes in files: on an entity, on the document, and as one line of text.

In JSON a note on a document is {"text", "doubtful", "annotator"} in the list "notes", and one on a span is in the span
as "note" and "doubtful". In one line, a line end is \n, a tab \t, a backslash \\, and others are \uXXXX.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.notes import combine_notes
from annotator.domain.model.span import Span
from annotator.formats.base.deviation import Deviation, DeviationKind
from annotator.formats.base.record import FileNote
from annotator.formats.base.writer import WriteOptions

NOTES = "notes"
"""The field with the notes on a document."""

_SHORT = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LONG = {escape: char for char, escape in _SHORT.items()}
_UNSAFE = re.compile("[\\\\\n\t\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)")


def document_notes(annotated: AnnotatedDocument, options: WriteOptions, *, named: bool = True) -> list[FileNote]:
    """Return the notes on the document, sorted; named is True if the file can say who made them."""
    return sorted(
        FileNote(note.text, note.doubtful, options.names.get(note.annotator, note.annotator) if named else "")
        for note in annotated.notes
        if not note.key
    )


def entity_notes(
    annotated: AnnotatedDocument, deviations: Iterable[Deviation]
) -> dict[tuple[Span, str], tuple[str, bool]]:
    """Return note and flag of each entity in a file that does not name annotators, by its span and label there.

    deviations are the annotations that are elsewhere than they were confirmed, or not in the file.
    """
    places: dict[str, Span | None] = {a.id: a.span for a in annotated.annotations}
    for deviation in deviations:
        span_in_file = deviation.written or deviation.annotation.span
        places[deviation.annotation.id] = None if deviation.kind is DeviationKind.LEFT_OUT else span_in_file
    found: dict[tuple[Span, str], list[tuple[str, bool]]] = {}
    for annotation in annotated.annotations:
        span = places[annotation.id]
        if span is not None:
            found.setdefault((span, annotation.label), []).append(annotated.note_on(annotation.id))
    return {place: combine_notes(notes) for place, notes in found.items()}


def note_to_json(note: tuple[str, bool]) -> dict[str, Any]:
    """Return the fields for a note and flag of a span: none if there is neither."""
    text, doubtful = note
    return ({"note": text} if text else {}) | ({"doubtful": True} if doubtful else {})


def notes_to_json(notes: Iterable[FileNote]) -> dict[str, Any]:
    """Return the field with the notes on a document: none if there are no notes."""
    listed = [
        {"text": n.text, "doubtful": n.doubtful} | ({"annotator": n.annotator} if n.annotator else {}) for n in notes
    ]
    return {NOTES: listed} if listed else {}


def pop_notes(fields: dict[str, Any]) -> tuple[FileNote, ...]:
    """Remove the notes on a document from its fields and return them. A field "notes" with other content stays."""
    listed = fields.get(NOTES)
    if not isinstance(listed, list | None) or not all(map(_is_note, listed or ())):
        return ()
    fields.pop(NOTES, None)
    return tuple(FileNote(n["text"], bool(n.get("doubtful")), n.get("annotator") or "") for n in listed or ())


def _is_note(value: Any) -> bool:
    if not isinstance(value, Mapping) or not isinstance(value.get("text"), str):
        return False
    kinds = {"text": str, "doubtful": bool | None, "annotator": str | None}
    return all(name in kinds and isinstance(each, kinds[name]) for name, each in value.items())


def escape_line_ends(text: str) -> str:
    """Return a text without characters that a program might take for the end of a line or a column."""
    return _UNSAFE.sub(lambda match: _SHORT.get(match[0], f"\\u{ord(match[0]):04x}"), text)


def unescape_line_ends(text: str) -> str:
    """Undo escape_line_ends(); other backslashes stay."""

    def plain(match: re.Match[str]) -> str:
        return chr(int(match[0][2:], 16)) if len(match[0]) > 2 else _LONG.get(match[0], match[0])

    return _ESCAPE.sub(plain, text)
