"""How far the work on a document is, and which documents an export takes because of it."""

from __future__ import annotations

from enum import StrEnum


class DocumentState(StrEnum):
    """How far some annotators are with a document.

    finished: at least one of them called it done. begun: none of them did, but at least one gave a label or decided on
    a suggestion; a skipped suggestion is no decision. untouched: none of them did either. removed: somebody removed it
    from the project, however far the work on it was.
    """

    FINISHED = "finished"
    BEGUN = "begun"
    UNTOUCHED = "untouched"
    REMOVED = "removed"


class Documents(StrEnum):
    """Which documents an export takes, by their state.

    finished: of each, only the labels of those who called it done. labelled: finished and begun ones; a document that
    was finished without any label is among them. all: untouched ones too, which look like text without any name. What
    was removed from the project is in none of them.
    """

    FINISHED = "finished"
    LABELLED = "labelled"
    ALL = "all"

    def takes(self, state: DocumentState) -> bool:
        """Return whether documents of this state are among them."""
        if self is Documents.FINISHED:
            return state is DocumentState.FINISHED
        if self is Documents.ALL:
            return state is not DocumentState.REMOVED
        return state in (DocumentState.FINISHED, DocumentState.BEGUN)
