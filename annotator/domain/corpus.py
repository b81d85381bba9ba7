"""A document together with what was confirmed and noted in it: what writers write."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.annotation import Annotation
from annotator.domain.document import Document
from annotator.domain.notes import Note, in_one


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """One document and its confirmed annotations, ordered by start, then longest first, then id.

    notes are those on the document and on its annotations, by annotator and key.
    """

    document: Document
    annotations: tuple[Annotation, ...] = ()
    notes: tuple[Note, ...] = ()

    def note_on(self, key: str) -> tuple[str, bool]:
        """Return the words noted on an annotation, by its id, and whether it is called doubtful."""
        return in_one((note.text, note.doubtful) for note in self.notes if note.key == key)
