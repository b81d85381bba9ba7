"""The draft of a tagset while somebody edits it: every step can be taken back until all are applied as one edit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from annotator.domain.tagset import Label, Tagset
from annotator.domain.tagset_changes import TagsetChange
from annotator.domain.tagset_draft import Draft
from annotator.domain.tagset_net import net_changes
from annotator.errors import UserError


class TagsetSteps(QObject):
    """The drafts from the first to the one shown; changed follows every step, refused carries the UserError of one."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, begun: Draft, parent: QObject | None = None) -> None:
        """Begin with the tagset as it stands."""
        super().__init__(parent)
        self.begun = begun
        self._drafts = [begun]
        self._at = 0

    @property
    def draft(self) -> Draft:
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
        return net_changes(self.begun, self.draft)

    def before(self, label: Label) -> Label | None:
        """Return a label as it was at the beginning, or None for a new one."""
        return next((each for each in self.begun.tagset.labels if each.first_id == label.first_id), None)

    def _go(self, at: int) -> None:
        """Show another of the drafts, if there is one."""
        if 0 <= at < len(self._drafts):
            self._at = at
            self.changed.emit()
