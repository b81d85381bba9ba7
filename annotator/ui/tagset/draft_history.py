"""The draft of a tagset while somebody edits it: every step can be taken back until all are applied as one edit."""

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
    """The drafts from the first to the one shown; changed follows every step, refused carries the UserError of one."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, begun: TagsetDraft, parent: QObject | None = None) -> None:
        """Begin with the tagset as it stands."""
        super().__init__(parent)
        self.begun = begun
        self._drafts = [begun]
        self._at = 0

    @property
    def draft(self) -> TagsetDraft:
        """Return the draft that is shown."""
        return self._drafts[self._at]

    @property
    def tagset(self) -> Tagset:
        """Return the tagset that is shown."""
        return self.draft.tagset

    def do(self, *changes: TagsetChange) -> bool:
        """Make changes as one step; tell of the first that cannot be made, and then make none."""
        draft = self.draft
        try:
            for change in changes:
                draft = change.apply(draft)
        except UserError as fault:
            self.refused.emit(fault)
            return False
        if draft.cells != self.draft.cells:
            self._drafts = [*self._drafts[: self._at + 1], draft]
            self._at += 1
            self.changed.emit()
        return True

    def undo(self) -> None:
        """Take the last step back."""
        self._go(self._at - 1)

    def redo(self) -> None:
        """Make the step again that was taken back."""
        self._go(self._at + 1)

    def changes(self) -> Sequence[TagsetChange]:
        """Return what all steps come to."""
        return changes_between(self.begun, self.draft)

    def begin_anew(self, begun: TagsetDraft) -> Sequence[UserError]:
        """Make every step again on the tagset as others left it meanwhile; return what cannot be made any more."""
        faults: list[UserError] = []
        steps = [changes_between(before, after) for before, after in pairwise(self._drafts)]
        self.begun, self._drafts = begun, [begun]
        for step in steps:
            draft = self._drafts[-1]
            for change in step:
                try:
                    draft = change.apply(draft)
                except UserError as fault:
                    faults.append(fault)
            self._drafts.append(draft)
        self.changed.emit()
        return faults

    def contested(self, now: TagsetDraft) -> list[str]:
        """Return the ids of labels of which somebody else changed otherwise what the steps change."""
        return [label.id for label in now.tagset.labels if self._is_contested(label.first_id, now)]

    def _is_contested(self, root: str, now: TagsetDraft) -> bool:
        """Tell whether a field of a label is one thing in the steps and another in what it is now, and was a third."""
        was, mine, theirs = (draft.known.get(root, {}) for draft in (self.begun, self.draft, now))
        fields = was.keys() | mine.keys() | theirs.keys()
        return any(len({repr(each.get(name)) for each in (was, mine, theirs)}) == 3 for name in fields)

    def before(self, label: Label) -> Label | None:
        """Return a label as it was at the beginning, or None for a new one."""
        return next((each for each in self.begun.tagset.labels if each.first_id == label.first_id), None)

    def _go(self, at: int) -> None:
        """Show another of the drafts, if there is one."""
        if 0 <= at < len(self._drafts):
            self._at = at
            self.changed.emit()
