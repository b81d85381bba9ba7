"""What every page of the main window has: a heading, the way back to the article, and a body."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.session import Session
from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.plain_text import PlainLabel, set_tooltip
from annotator.ui.base.retranslation import Retranslated
from annotator.ui.base.theme import Theme
from annotator.ui.widgets.form import push_button


class Page(Retranslated, QWidget):
    """A page that the main window shows in place of the articles.

    A subclass has title(), fills body, and calls retranslate() at the end of its constructor. It sets a focus proxy if
    another widget than the button Back should get the keyboard. The window creates a page when it is first opened, with
    Pages.open(), and keeps it. What a page shows may be of an earlier project until begin() is called.

    left asks for the article; the window then calls end(). placeRequested carries a Place to show in the article.
    placesRequested carries a function that returns a title, and the Places to list under it. writing is emitted with
    True before a job of the page writes to the project, and with False when it has ended. message carries an error for
    the bar above the page, statusMessage a short message. undoRequested and redoRequested ask for the annotator's last
    edit. editRequested carries a BackgroundEdit to write, and a function that gets its Change or None.
    """

    left = Signal()
    placeRequested = Signal(object)
    placesRequested = Signal(object, object)
    writing = Signal(bool)
    undoRequested = Signal()
    redoRequested = Signal()
    editRequested = Signal(object, object)
    message = Signal(str)
    statusMessage = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Create the heading and an empty body."""
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = push_button(self, act=self.left.emit)
        self.back.setObjectName("back")
        self._title = PlainLabel(self)
        self._title.setObjectName("pageTitle")
        self.controls = QHBoxLayout()
        """At the end of the heading: what belongs to the page as a whole, such as a choice or an export."""
        self.controls.setSpacing(8)
        self.body = QVBoxLayout()
        """Below the heading: the contents of the page."""
        self.body.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addLayout(self.controls)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self.body, 1)

    @abstractmethod
    def title(self) -> str:
        """Return the heading in the current language."""

    @abstractmethod
    def begin(self, session: Session) -> None:
        """Show the project of a session as it is now. Long computations run in a job of the page."""

    def refresh(self) -> None:
        """Show the project again, after a merge or the edits of other windows. By default nothing changes."""

    def end(self) -> None:
        """Stop the jobs of the page, because it is left or the project is about to be closed."""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what actions call while the page is shown, by their ids; their keys are those that the user chose.

        Other actions that need the article are disabled meanwhile, undo and redo included.
        """
        return {}

    def press_or(self, act: Callable[[], object]) -> None:
        """Press the button that has the keyboard or open the list of a choice, or else call act."""
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()
        elif isinstance(focused, QComboBox):
            focused.showPopup()
        else:
            act()

    def label_handler(self) -> Callable[[str], object] | None:
        """Return what the key of a label calls with the label's id while the page is shown. None disables the keys."""
        return None

    def article_views(self) -> Sequence[ArticleView]:
        """Return the views of articles in the page; they follow the font and the text size of the window."""
        return ()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme in what the style sheet does not reach. By default nothing changes."""

    def retranslate(self) -> None:
        """Update the heading; a subclass updates its own texts too."""
        self._title.setText(self.title())
        self.back.setText(self.tr("Back to labelling"))
        set_tooltip(self.back, self.tr("Return to the article (Esc)"))
        self.setAccessibleName(self.title())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return to the article on Esc."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)
