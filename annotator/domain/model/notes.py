"""Notes and doubts: what an annotator remarks on a document, an annotation or a suggestion, as the value of one cell.

The cell's key is "" for the document, else the key of the item: an annotation's id or Suggestion.key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.model.edit import NoteValue


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """What an annotator noted under a key: the words, which may be none, and whether the subject is doubtful."""

    annotator: str
    key: str
    text: str
    doubtful: bool = False


def combine_notes(notes: Iterable[tuple[str, bool]]) -> tuple[str, bool]:
    """Return several notes on one subject as one: each text once, a line for each, and whether any of them doubts."""
    listed = list(notes)
    return "\n".join(dict.fromkeys(text for text, _ in listed if text)), any(doubtful for _, doubtful in listed)


def note_value(text: str, doubtful: bool) -> NoteValue | None:
    """Return the value of a note's cell, or None, an empty cell, where nothing is noted."""
    return {"text": text, "doubtful": doubtful} if text or doubtful else None


def note_text(value: NoteValue | None) -> str:
    """Return the words of a note, or ""."""
    return str((value or {}).get("text") or "")


def is_doubtful(value: NoteValue | None) -> bool:
    """Tell whether a note says that its subject is doubtful."""
    return bool((value or {}).get("doubtful"))
