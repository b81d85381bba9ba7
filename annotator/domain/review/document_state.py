"""How far the work on a document is, and which documents an export includes because of it."""

from __future__ import annotations

from enum import StrEnum


class DocumentState(StrEnum):
    """How far some annotators are with a document.

    - finished: at least one of them marked it as done.
    - begun: none did, but at least one labelled a span or decided on a suggestion; skipping is no decision.
    - untouched: neither.
    - removed: somebody removed it from the project, however far the work was.
    """

    FINISHED = "finished"
    BEGUN = "begun"
    UNTOUCHED = "untouched"
    REMOVED = "removed"


class Documents(StrEnum):
    """Which documents an export includes, by their state.

    - finished: with the annotations of those who marked it as done, only.
    - labelled: finished and begun, also a document that was finished without any annotation.
    - all: untouched too. In an export, they look like texts without any name.

    Removed documents are never included.
    """

    FINISHED = "finished"
    LABELLED = "labelled"
    ALL = "all"

    def takes(self, state: DocumentState) -> bool:
        """Return True if documents in this state are included."""
        if self is Documents.FINISHED:
            return state is DocumentState.FINISHED
        if self is Documents.ALL:
            return state is not DocumentState.REMOVED
        return state in (DocumentState.FINISHED, DocumentState.BEGUN)
