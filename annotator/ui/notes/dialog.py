"""The list of all notes and flags in the project, in a separate window."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.domain.tagset.tagset import Tagset
from annotator.session import Session
from annotator.ui.base.i18n import digits
from annotator.ui.base.key_map import isolate_key, key_hint
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import Theme
from annotator.ui.notes.note_list import HEIGHT, NoteDelegate
from annotator.ui.notes.note_model import REMARK_ROLE, NoteModel
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import resize_to_screen
from annotator.ui.widgets.row_list import RowList

_PATIENCE_MS = 250
_FIRST_SIZE = (680, 560)


class NotesDialog(Retranslated, Dialog):
    """A separate window; openRequested carries the NoteEntry whose subject is to be shown."""

    openRequested = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        """Show the annotator's own notes at first."""
        super().__init__(parent, Qt.WindowType.Window)
        resize_to_screen(self, *_FIRST_SIZE)
        self._remarks, self._me = session.project.note_index, session.annotator.id
        self._soon = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._soon.timeout.connect(self.refresh)
        self.words = QLineEdit(self)
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _text: self._soon.start())
        self.whose, self.kind = QComboBox(self), QComboBox(self)
        for box, values in ((self.whose, (self._me, "")), (self.kind, (False, True))):
            for value in values:
                box.addItem("", value)
            box.activated.connect(self.refresh)
        self.model = NoteModel(self._remarks.read, session.tagset, self)
        self._delegate = NoteDelegate(self)
        self._delegate.tagset = session.tagset
        self.list = RowList(HEIGHT, self)
        self.list.setObjectName("kwic")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self._said = PlainLabel(self)
        self._said.setObjectName("quiet")
        self._lay_out()
        self.set_theme(theme)
        self.retranslate()

    def ask(self) -> None:
        """Update and show the list, with the focus in it."""
        self.refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def refresh(self) -> None:
        """Update the list; the current row stays current."""
        self._soon.stop()
        row = self.list.currentIndex().row()
        words, doubts = self.words.text(), bool(self.kind.currentData())
        self.model.set_numbers(self._remarks.find(str(self.whose.currentData()), doubtful=doubts, words=words))
        count = self.model.rowCount()
        if count:
            self.list.mark(min(max(row, 0), count - 1))
        self._show_count()

    def said(self) -> str:
        """Return the text below the list."""
        return self._said.text()

    def set_tagset(self, tagset: Tagset) -> None:
        """Use the label names of a tagset."""
        self._delegate.tagset = self.model.tagset = tagset
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        self.setWindowTitle(self.tr("Notes and flags"))
        self.words.setPlaceholderText(self.tr("Search notes"))
        self.words.setAccessibleName(self.tr("Search notes"))
        for box, name, texts in (
            (self.whose, self.tr("Annotator"), (self.tr("Mine"), self.tr("All annotators"))),
            (self.kind, self.tr("Type"), (self.tr("Notes and flags"), self.tr("Flags only"))),
        ):
            box.setAccessibleName(name)
            for row, text in enumerate(texts):
                box.setItemText(row, text)
        self.list.setAccessibleName(self.tr("Notes and flags"))
        self._show_count()

    def _show_count(self) -> None:
        count = self.model.rowCount()
        keys = [isolate_key(key_hint(self, f"notes.{name}")) for name in ("on_article", "on_span", "doubt_span")]
        none = self.tr("No notes yet. {0} adds a note to the article, {1} to a span; {2} flags a span.")
        none = none.format(*keys)
        self._said.setText(digits(self.tr("Notes and flags: {0}").format(count)) if count else none)

    def _choose(self, index: QModelIndex) -> None:
        remark = index.data(REMARK_ROLE)
        if remark is not None:
            self.openRequested.emit(remark)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.words, 1)
        head.addWidget(self.kind)
        head.addWidget(self.whose)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self._said)
