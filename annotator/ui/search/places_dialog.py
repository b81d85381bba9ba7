"""The window that lists places, such as those where two annotators differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.model.place import Place
from annotator.storage.project import Project
from annotator.ui.article.kwic_list import KwicList
from annotator.ui.base.i18n import number_text, with_direction_mark
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import Theme
from annotator.ui.search.place_model import PlaceModel
from annotator.ui.widgets.base_dialog import Dialog
from annotator.ui.widgets.form import push_button, resize_to_screen


class PlacesDialog(Retranslated, Dialog):
    """A window that stays open during work; openRequested carries the Place to show in the editor."""

    openRequested = Signal(object)

    def __init__(self, project: Project, theme: Theme, parent: QWidget | None = None) -> None:
        """Make the window for a project; show_places() fills it."""
        super().__init__(parent, Qt.WindowType.Window)
        self._project = project
        self._title: Callable[[], str] = str
        self.model = PlaceModel(project, self)
        self.list = KwicList(project.tagset, theme, self)
        self.list.setModel(self.model)
        self._head, self._count = PlainLabel(self), PlainLabel(self)
        self._head.setObjectName("section")
        self._head.setWordWrap(True)
        self._count.setObjectName("quiet")
        self.show_place = push_button(self, act=self._ask_open)
        self.shut = push_button(self, act=self.close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._count, 1)
        foot.addWidget(self.show_place)
        foot.addWidget(self.shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        resize_to_screen(self, 1040, 680)
        self.list.entered.connect(self._ask_open)
        self.list.doubleClicked.connect(self._ask_open)
        self.retranslate()

    def show_places(self, title: Callable[[], str], places: Sequence[Place]) -> None:
        """List places under a title, which is called again when the language changes, and show the window."""
        self._title = title
        self.model.set_places(places)
        self.retranslate()
        self.list.mark(0 if places else -1)
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def read_tagset(self) -> None:
        """Show the labels by their names again after the tagset has changed."""
        self.list.set_tagset(self._project.tagset)
        self.model.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Set the colours of a theme."""
        self.list.set_theme(theme)

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.setWindowTitle(self.tr("Places"))
        self._head.setText(with_direction_mark(self._title()) if self._title() else "")
        count = self.model.rowCount()
        said = self.tr("%n place(s)", "", count).replace(str(count), number_text(count))
        self._count.setText(with_direction_mark(said))
        self.show_place.setText(self.tr("Show in the article"))
        self.show_place.setEnabled(count > 0)
        self.shut.setText(self.tr("Close"))
        self.list.setAccessibleName(self.tr("Places"))
        self.model.refresh()

    def _ask_open(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < self.model.rowCount():
            self.openRequested.emit(self.model.place(row))
