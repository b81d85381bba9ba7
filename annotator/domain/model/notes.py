"""Notes and flags of an annotator on a document, an annotation or a suggestion, as the value of one cell.

The cell's key is "" for the document, else the key of the item: an annotation's id or Suggestion.key. The note of an
adjudicator on a difference has a Suggestion.key with an empty label, "4:10:".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.model.edit import NoteValue
from annotator.domain.model.span import Span


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """An annotator's note on the item with a key: the text, which may be empty, and whether the item is flagged."""

    annotator: str
    key: str
    text: str
    doubtful: bool = False


def difference_note_key(span: Span) -> str:
    """Return the key of a note on a difference between annotators."""
    return f"{span.start}:{span.end}:"


def is_note_on_difference(key: str) -> bool:
    """Return True if a key is one that difference_note_key() returned."""
    return key.count(":") == 2 and key.endswith(":")


def combine_notes(notes: Iterable[tuple[str, bool]]) -> tuple[str, bool]:
    """Return several (text, flagged) on one item as one: each text once, in lines, and whether any is flagged."""
    listed = list(notes)
    return "\n".join(dict.fromkeys(text for text, _ in listed if text)), any(doubtful for _, doubtful in listed)


def note_value(text: str, doubtful: bool) -> NoteValue | None:
    """Return the value of a note's cell, or None, an empty cell, if there is neither text nor flag."""
    return {"text": text, "doubtful": doubtful} if text or doubtful else None


def note_text(value: NoteValue | None) -> str:
    """Return the text of a note, or ""."""
    return str((value or {}).get("text") or "")


def is_doubtful(value: NoteValue | None) -> bool:
    """Return True if a note flags its item as doubtful."""
    return bool((value or {}).get("doubtful"))
