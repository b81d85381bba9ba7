"""The line at the bottom of the window: the last change, and a row for each running job."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from annotator.domain.model.edit import CellKind, Change, Edit, EditKind
from annotator.domain.model.notes import is_doubtful, note_text
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Tagset
from annotator.ui.base.i18n import current_language, digits, isolate, with_direction_mark
from annotator.ui.base.item_text import label_name
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.widgets.elided_label import ElidedLabel
from annotator.ui.widgets.progress_bar import ProgressBar

_MIN_WIDTH = 160
"""Minimum width of the message, in device-independent pixels."""
_WIDE, _NARROW = 160, 64
"""Width of the only progress bar, and of one of several, in device-independent pixels."""


class JobRow(Retranslated, QWidget):
    """Shows one job; stopRequested is emitted when its Stop button is pressed."""

    stopRequested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._running_text: Callable[[], str] = lambda: ""
        self.label, self.bar, self.stop = PlainLabel(self), ProgressBar(self), QPushButton(self)
        self.stop.setObjectName("link")
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.clicked.connect(self.stopRequested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.label, self.bar, self.stop):
            row.addWidget(widget)
        self.retranslate()

    def show_job(self, text: Callable[[], str], done: int, total: int) -> None:
        """Show the progress of the job, without a bar if the total is 0.

        text returns what the job does, in the current language.
        """
        self._running_text = text
        self.retranslate()
        self.bar.show_progress(done, total)
        self.bar.setVisible(total > 0)

    def show_stopping(self) -> None:
        """Show that the job has been asked to stop."""
        self._running_text = lambda: self.tr("Stopping…")
        self.retranslate()
        self.bar.hide()
        self.stop.hide()

    def stand_alone(self, alone: bool) -> None:
        """Use a wider bar if no other job is shown."""
        self.bar.setFixedWidth(_WIDE if alone else _NARROW)

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.stop.setText(self.tr("Stop"))
        self.label.setText(self._running_text())
        self.stop.setAccessibleName(f"{self.stop.text()}: {self.label.text()}")


class StatusLine(Retranslated, QWidget):
    """Shows the last change and that it is saved, and the running jobs, each with a Stop button.

    stopRequested carries the name of a job. focusReleased is emitted when the part that had the focus goes away.
    """

    stopRequested = Signal(str)
    focusReleased = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = ElidedLabel(self)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text.setMinimumWidth(_MIN_WIDTH)
        self._learning = ElidedLabel(self)
        self._sync = ElidedLabel(self)
        self._again: Callable[[], str] | None = None
        self._language = current_language()
        self._rows: dict[str, JobRow] = {}
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(16)
        row.addWidget(self._text, 1)
        row.addWidget(self._learning)
        row.addWidget(self._sync)

    def show_message(self, text: str, again: Callable[[], str] | None = None) -> None:
        """Show a message until the next one; again returns it in another language.

        Without again, the message disappears when the language changes.
        """
        self._again, self._language = again, current_language()
        self._text.setText(with_direction_mark(text))

    def text(self) -> str:
        """Return the message."""
        return self._text.text()

    def show_learning(self, text: str) -> None:
        """Show the result of the last training, or nothing for an empty text."""
        self._learning.setText(text)

    def learning_text(self) -> str:
        """Return what is shown of the training."""
        return self._learning.text()

    def show_sync(self, text: str) -> None:
        """Show whether the project is in step with the team's, or nothing for an empty text."""
        self._sync.setText(text)
        self._sync.setVisible(bool(text))

    def sync_text(self) -> str:
        """Return what is shown of the exchange with the team."""
        return self._sync.text()

    def show_job(self, name: str, text: Callable[[], str], done: int, total: int) -> None:
        """Show the progress of a job in its row, without a bar if the total is 0.

        text returns what the job does, in the current language.
        """
        if name not in self._rows:
            row = self._rows[name] = JobRow(self)
            row.stopRequested.connect(lambda: self.stopRequested.emit(name))
            self._row.addWidget(row)
            row.show()
            self._share()
        self._rows[name].show_job(text, done, total)

    def show_stopping(self, name: str) -> None:
        """Show that a job has been asked to stop."""
        if name in self._rows:
            had_focus = self._rows[name].stop.hasFocus()
            self._rows[name].show_stopping()
            if had_focus:
                self.focusReleased.emit()

    def hide_job(self, name: str) -> None:
        """Remove the row of a job."""
        row = self._rows.pop(name, None)
        if row is not None:
            had_focus = row.stop.hasFocus()
            self._row.removeWidget(row)
            row.hide()
            row.deleteLater()
            self._share()
            if had_focus:
                self.focusReleased.emit()

    def job(self, name: str) -> JobRow | None:
        """Return the row of a job, or None."""
        return self._rows.get(name)

    def show_change(self, change: Change, text: str, tagset: Tagset) -> None:
        """Show what an edit did to a document with this text, and that it is saved."""

        def said() -> str:
            done = self._said(change)
            what = self.tr("project labels") if _is_back(change) else self._what(change, text, tagset)
            saved = self.tr("saved")
            return f"{done}: {what} · {saved}" if what else f"{done} · {saved}"

        self.show_message(said(), said)

    def retranslate(self) -> None:
        """Show the last change again in the current language; the rows translate themselves."""
        if self._again is not None:
            self.show_message(self._again(), self._again)
        elif self._language != current_language():
            self._text.setText("")

    def _share(self) -> None:
        for row in self._rows.values():
            row.stand_alone(len(self._rows) == 1)

    def _said(self, change: Change) -> str:
        edit = change.edit
        if edit.kind is EditKind.NOTE:
            return self._said_of_note(edit)
        is_done = any(write.after for write in change.writes(CellKind.STATUS))
        is_skip = any(write.after for write in change.writes(CellKind.VERDICT))
        return {
            EditKind.CONFIRM: self.tr("Confirmed"),
            EditKind.CONFIRM_ALL: self.tr("Confirmed"),
            EditKind.REJECT: self.tr("Rejected"),
            EditKind.SKIP: self.tr("Skipped") if is_skip else self.tr("Rejection taken back"),
            EditKind.ADD: self.tr("Added"),
            EditKind.RELABEL: self.tr("Label changed"),
            EditKind.RESIZE: self.tr("Boundary moved"),
            EditKind.REMOVE: self.tr("Removed"),
            EditKind.PROPAGATE: self.tr("Labelled all occurrences"),
            EditKind.STATUS: self.tr("Article marked as done") if is_done else self.tr("Article marked as not done"),
            EditKind.IMPORT: self.tr("Imported"),
            EditKind.REMOVE_ARTICLE: self.tr("Removed from the project"),
            EditKind.RESTORE_ARTICLE: self.tr("Restored"),
            EditKind.RENAME_ARTICLE: self.tr("Article renamed"),
            EditKind.TAGSET: self.tr("Project labels changed"),
            EditKind.ASSIGN: self.tr("Articles handed out"),
            EditKind.FIX: self.tr("Labels corrected"),
            EditKind.CHECK: self.tr("Found right"),
            EditKind.RULE: self.tr("Rules of the label check changed"),
            EditKind.UNDO: self.tr("Undone"),
            EditKind.REDO: self.tr("Redone"),
        }[edit.kind]

    def _said_of_note(self, edit: Edit) -> str:
        before, after = edit.writes[-1].notes
        if is_doubtful(before) != is_doubtful(after):
            return self.tr("Flagged") if is_doubtful(after) else self.tr("Flag removed")
        return self.tr("Note saved") if note_text(after) else self.tr("Note removed")

    def _what(self, change: Change, text: str, tagset: Tagset) -> str:
        if removals := change.writes(CellKind.REMOVED):
            return digits(self.tr("%n article(s)", "", len(removals)))
        named = next((write.titles[1] for write in change.writes(CellKind.TITLE)), None)
        if named:
            return isolate(_shortened(named["title"]))
        writes = change.writes(CellKind.ANNOTATION) or change.writes(CellKind.VERDICT)
        if len(writes) != 1 or not text:
            return digits(self.tr("%n span(s)", "", len(writes))) if writes else ""
        write = writes[0]
        if write.cell is CellKind.VERDICT:
            start, end, label = write.key.split(":", 2)
            return _named(Span(int(start), int(end)), label, text, tagset)
        before, after = write.annotations
        value = after or before
        if value is None:
            return ""
        return _named(Span(value["start"], value["end"]), value["label"], text, tagset)


def _is_back(change: Change) -> bool:
    """Return True if a change of the tagset was undone or redone."""
    return change.edit.reverts is not None and change.alters_tagset


def _named(span: Span, label_id: str, text: str, tagset: Tagset) -> str:
    """Return the words of a span with their label: "كركوك — Place"."""
    return f"{isolate(_shortened(span.of(text)))} — {label_name(label_id, tagset)}"


def _shortened(text: str) -> str:
    """Return a text on one line, cut to 60 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
