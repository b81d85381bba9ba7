"""One quiet line at the foot of the window: what was just done, and how far background work has come."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from annotator.domain.edit import CellKind, Change, Edit, EditKind, Value
from annotator.domain.notes import is_doubtful, note_text
from annotator.domain.span import Span
from annotator.domain.tagset import Tagset
from annotator.ui.i18n import digits, isolate, led
from annotator.ui.item_words import label_name
from annotator.ui.thin_bar import ThinBar


class StatusLine(QWidget):
    """Says what was done and that it is saved; at the other side the progress of a job, which can be stopped."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty line."""
        super().__init__(parent)
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._learning = QLabel(self)
        self._job = QLabel(self)
        self._bar = ThinBar(self)
        self._bar.setFixedWidth(160)
        self._stop = QPushButton(self)
        self._stop.setObjectName("link")
        self._stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stop.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(self._learning)
        row.addWidget(self._job)
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        self.hide_job()
        self.retranslate()

    def say(self, text: str) -> None:
        """Show a sentence until the next one."""
        self._text.setText(led(text))

    def text(self) -> str:
        """Return the sentence that stands there."""
        return self._text.text()

    def show_learning(self, text: str) -> None:
        """Show what the project's model is learning, or learnt last; nothing for an empty text."""
        self._learning.setText(text)

    def learning_text(self) -> str:
        """Return what is shown of learning."""
        return self._learning.text()

    def show_job(self, text: str, done: int, total: int) -> None:
        """Show how far a job has come; a total of 0 means that nobody knows."""
        self._job.setText(text)
        self._bar.show_progress(done, total)
        for widget in (self._job, self._bar, self._stop):
            widget.show()

    def hide_job(self) -> None:
        """Show no job."""
        for widget in (self._job, self._bar, self._stop):
            widget.hide()

    def tell_change(self, change: Change, text: str, tagset: Tagset) -> None:
        """Say what an edit did to the document whose text this is, and that it is saved."""
        said = self._said(change.edit)
        what = self.tr("the labels of the project") if _is_back(change) else _what(change.edit, text, tagset)
        saved = self.tr("saved")
        self.say(f"{said}: {what} · {saved}" if what else f"{said} · {saved}")

    def retranslate(self) -> None:
        """Write the button in the language in use."""
        self._stop.setText(self.tr("Stop"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Retranslate when the language changes."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _said(self, edit: Edit) -> str:
        """Return the word for an edit."""
        is_done = any(write.cell is CellKind.STATUS and write.after for write in edit.writes)
        return {
            EditKind.CONFIRM: self.tr("Confirmed"),
            EditKind.CONFIRM_ALL: self.tr("Confirmed"),
            EditKind.REJECT: self.tr("Rejected"),
            EditKind.SKIP: self.tr("Skipped"),
            EditKind.ADD: self.tr("Added"),
            EditKind.RELABEL: self.tr("Label changed"),
            EditKind.RESIZE: self.tr("Boundary moved"),
            EditKind.REMOVE: self.tr("Removed"),
            EditKind.PROPAGATE: self.tr("Labelled everywhere"),
            EditKind.STATUS: self.tr("Article done") if is_done else self.tr("Article not done"),
            EditKind.NOTE: self._said_of_note(edit),
            EditKind.IMPORT: self.tr("Imported"),
            EditKind.TAGSET: self.tr("Labels of the project changed"),
            EditKind.UNDO: self.tr("Undone"),
            EditKind.REDO: self.tr("Done again"),
        }[edit.kind]

    def _said_of_note(self, edit: Edit) -> str:
        """Return what was done to a note: its words or its doubt changed, or it went."""
        write = edit.writes[-1]
        if is_doubtful(write.before) != is_doubtful(write.after):
            return self.tr("Marked as doubtful") if is_doubtful(write.after) else self.tr("Not doubtful any more")
        return self.tr("Noted") if note_text(write.after) else self.tr("Note removed")


def _is_back(change: Change) -> bool:
    """Tell whether a change of the tagset was taken back or made again."""
    return change.alters_tagset and change.edit.reverts is not None


def _what(edit: Edit, text: str, tagset: Tagset) -> str:
    """Name the span and label that an edit is about, or how many there are."""
    annotations = [w for w in edit.writes if w.cell is CellKind.ANNOTATION]
    verdicts = [w for w in edit.writes if w.cell is CellKind.VERDICT]
    writes = annotations or verdicts
    if len(writes) != 1:
        return digits(len(writes)) if writes else ""
    write = writes[0]
    if write.cell is CellKind.VERDICT:
        start, end, label = write.key.split(":", 2)
        return _named(Span(int(start), int(end)), label, text, tagset)
    value: Value = write.after or write.before or {}
    return _named(Span(value["start"], value["end"]), value["label"], text, tagset)


def _named(span: Span, label_id: str, text: str, tagset: Tagset) -> str:
    """Write a span with its label: "كركوك — place"."""
    surface = " ".join(span.of(text).split())
    shown = surface if len(surface) <= 60 else surface[:59] + "…"
    return f"{isolate(shown)} — {label_name(label_id, tagset)}"
