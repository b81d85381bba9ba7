"""The list of what was rejected in the open article, to take back."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.model.place import GivenLabel, Place
from annotator.session import Session
from annotator.ui.article.kwic_list import KwicList
from annotator.ui.base.i18n import number_text, with_direction_mark
from annotator.ui.base.key_map import with_key
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import Theme
from annotator.ui.search.place_model import PlaceModel
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import push_button, resize_to_screen


class RejectedDialog(Retranslated, Dialog):
    """Lists the rejected suggestions. Taking one back makes it undecided again, which one undo reverts."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        """List what the annotator of a session rejected in its open document."""
        super().__init__(parent)
        self._session = session
        self._keys: list[str] = []
        self.model = PlaceModel(session.project, self)
        self.list = KwicList(session.tagset, theme, self)
        self.list.setModel(self.model)
        self._count = PlainLabel(self)
        self._count.setObjectName("quiet")
        self.take = push_button(self, act=self._take_back)
        self.shut = push_button(self, act=self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._count, 1)
        foot.addWidget(self.take)
        foot.addWidget(self.shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        resize_to_screen(self, 760, 480)
        self.list.entered.connect(self._take_back)
        self.list.deleted.connect(self._take_back)
        self.list.doubleClicked.connect(self._take_back)
        self._show(0)
        self.retranslate()
        self.list.setFocus()

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        self.setWindowTitle(self.tr("Rejected in this article"))
        count = len(self._keys)
        said = self.tr("%n rejected suggestion(s)", "", count).replace(str(count), number_text(count))
        self._count.setText(with_direction_mark(said))
        self.take.setText(with_key(self.tr("Take back"), "Enter"))
        self.take.setEnabled(count > 0)
        self.shut.setText(self.tr("Close"))
        self.list.setAccessibleName(self.tr("Rejected suggestions"))
        self.model.refresh()

    def _show(self, row: int) -> None:
        document, rejected = self._session.document, self._session.rejected
        self._keys = [key for key, _, _ in rejected]
        places = [Place(document.id, span, (GivenLabel("", label),)) for _, span, label in rejected] if document else []
        self.model.set_places(places)
        self.list.mark(min(row, len(places) - 1))

    def _take_back(self) -> None:
        """Take back the selected suggestions, and close if none is left."""
        rows = self.list.chosen_rows()
        if not rows:
            return
        self._session.take_back([self._keys[row] for row in rows])
        self._show(rows[0])
        self.retranslate()
        if not self._keys:
            self.accept()
