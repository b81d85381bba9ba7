"""A document together with what was confirmed and noted in it: what writers write."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document
from annotator.domain.model.notes import Note, combine_notes


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """One document and its confirmed annotations, ordered by start, then longest first, then id.

    notes are those on the document and on its annotations, by annotator and key.
    """

    document: Document
    annotations: tuple[Annotation, ...] = ()
    notes: tuple[Note, ...] = ()
    _by_key: dict[str, list[tuple[str, bool]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the notes by what they are on."""
        by_key: dict[str, list[tuple[str, bool]]] = {}
        for note in self.notes:
            by_key.setdefault(note.key, []).append((note.text, note.doubtful))
        object.__setattr__(self, "_by_key", by_key)

    def note_on(self, key: str) -> tuple[str, bool]:
        """Return the words noted on an annotation, by its id, and whether it is called doubtful."""
        found = self._by_key.get(key)
        return combine_notes(found) if found else ("", False)
