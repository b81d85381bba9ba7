"""A document with its confirmed annotations and notes, as exporters write it."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document
from annotator.domain.model.notes import Note, combine_notes


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document and its annotations, sorted by start, then longest first, then id.

    notes are on the document and its annotations, sorted by annotator and key.
    """

    document: Document
    annotations: tuple[Annotation, ...] = ()
    notes: tuple[Note, ...] = ()
    _by_key: dict[str, list[tuple[str, bool]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key: dict[str, list[tuple[str, bool]]] = {}
        for note in self.notes:
            by_key.setdefault(note.key, []).append((note.text, note.doubtful))
        object.__setattr__(self, "_by_key", by_key)

    def note_on(self, key: str) -> tuple[str, bool]:
        """Return the text of the notes on an annotation, by its id, and whether it is flagged."""
        found = self._by_key.get(key)
        return combine_notes(found) if found else ("", False)
