"""The history of a tagset draft: every step can be undone until all are applied as one edit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QObject, Signal

from annotator.domain.tagset.changes import TagsetChange
from annotator.domain.tagset.diff import changes_between
from annotator.domain.tagset.draft import TagsetDraft
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.errors import UserError


class DraftHistory(QObject):
    """The drafts from the first to the current one.

    changed is emitted after every step, refused with the UserError of a step that cannot be made.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, begun: TagsetDraft, parent: QObject | None = None) -> None:
        """Start with the present tagset."""
        super().__init__(parent)
        self.begun = begun
        self._drafts = [begun]
        self._at = 0

    @property
    def draft(self) -> TagsetDraft:
        """Return the current draft."""
        return self._drafts[self._at]

    @property
    def tagset(self) -> Tagset:
        """Return the tagset of the current draft."""
        return self.draft.tagset

    def do(self, *changes: TagsetChange) -> bool:
        """Make changes as one step and return True; if one cannot be made, make none and return False."""
        draft = self.draft
        try:
            for change in changes:
                draft = change.apply(draft)
            changes_between(self.begun, draft)  # All steps together must be possible as one edit, too.
        except UserError as error:
            self.refused.emit(error)
            return False
        if draft.cells != self.draft.cells:
            self._drafts = [*self._drafts[: self._at + 1], draft]
            self._at += 1
            self.changed.emit()
        return True

    def undo(self) -> None:
        """Undo the last step."""
        self._go(self._at - 1)

    def redo(self) -> None:
        """Redo the step that was undone."""
        self._go(self._at + 1)

    def changes(self) -> Sequence[TagsetChange]:
        """Return the changes from the first draft to the current one."""
        return changes_between(self.begun, self.draft)

    def rebase(self, begun: TagsetDraft) -> Sequence[UserError]:
        """Repeat every step on a tagset that others changed; return the errors of those that are no longer possible."""
        errors: list[UserError] = []
        steps = [changes_between(before, after) for before, after in pairwise(self._drafts)]
        self.begun, self._drafts = begun, [begun]
        for step in steps:
            draft = self._drafts[-1]
            for change in step:
                try:
                    draft = change.apply(draft)
                except UserError as error:
                    errors.append(error)
            self._drafts.append(draft)
        self.changed.emit()
        return errors

    def contested(self, now: TagsetDraft) -> list[str]:
        """Return the ids of labels that others changed in a field that the steps change to something else."""
        return [label.id for label in now.tagset.labels if self._is_contested(label.first_id, now)]

    def _is_contested(self, root: str, now: TagsetDraft) -> bool:
        was, mine, theirs = (draft.known.get(root, {}) for draft in (self.begun, self.draft, now))
        fields = was.keys() | mine.keys() | theirs.keys()
        return any(len({repr(each.get(name)) for each in (was, mine, theirs)}) == 3 for name in fields)

    def before(self, label: Label) -> Label | None:
        """Return a label as it was in the first draft, or None for a new one."""
        return next((each for each in self.begun.tagset.labels if each.first_id == label.first_id), None)

    def _go(self, at: int) -> None:
        if 0 <= at < len(self._drafts):
            self._at = at
            self.changed.emit()
