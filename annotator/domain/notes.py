"""Notes and doubts: what an annotator remarks on a document, an annotation or a suggestion, as the value of one cell.

The cell's key is "" for the document, else the key of the item: an annotation's id or Suggestion.key.
"""

from __future__ import annotations

from annotator.domain.edit import Value


def note_value(text: str, doubtful: bool) -> Value | None:
    """Return the value of a note's cell, or None, an empty cell, where nothing is noted."""
    return {"text": text, "doubtful": doubtful} if text or doubtful else None


def note_text(value: Value | None) -> str:
    """Return the words of a note, or ""."""
    return str((value or {}).get("text") or "")


def is_doubtful(value: Value | None) -> bool:
    """Tell whether a note says that its subject is doubtful."""
    return bool((value or {}).get("doubtful"))
