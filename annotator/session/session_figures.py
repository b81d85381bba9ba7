"""What one annotator did since a project was opened: decisions and articles."""

from __future__ import annotations

from annotator.domain.model.edit import CellKind, EditKind
from annotator.session.open_document import Outcome
from annotator.storage.queries.team_work import DECISION_KINDS


class SessionFigures:
    """Counts the outcomes of a session. What was undone does not count."""

    def __init__(self) -> None:
        self._decisions: set[str] = set()
        self._undone: set[str] = set()
        self._done: set[str] = set()

    @property
    def decisions(self) -> int:
        """Return the number of decisions that are in force."""
        return len(self._decisions)

    @property
    def done(self) -> int:
        """Return the number of articles that were marked as done."""
        return len(self._done)

    def clear(self) -> None:
        """Count from 0 again."""
        self._decisions.clear()
        self._undone.clear()
        self._done.clear()

    def count(self, outcome: Outcome) -> None:
        """Count what one call on the session did."""
        if outcome.change is None:
            return
        edit = outcome.change.edit
        if edit.kind in DECISION_KINDS:
            self._decisions.add(edit.id)
        elif edit.kind is EditKind.UNDO and edit.reverts in self._decisions:
            self._decisions.remove(edit.reverts)
            self._undone.add(edit.reverts)
        elif edit.kind is EditKind.REDO and edit.reverts in self._undone:
            self._undone.remove(edit.reverts)
            self._decisions.add(edit.reverts)
        for write in outcome.change.writes(CellKind.STATUS):
            (self._done.add if write.after else self._done.discard)(write.document)
