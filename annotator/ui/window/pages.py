"""The pages of the main window: the articles to label, or one of the pages of the team in their place."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from annotator.session import Session
from annotator.ui.article.appearance import Appearance
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.theme import Theme
from annotator.ui.shortcuts.menus import Menus
from annotator.ui.team.page import Page


class Pages(QObject):
    """Opens and closes the pages in a stack. opened and closed are emitted after the page was changed.

    A page is closed by Esc, by its button, and whenever a document is opened or the session changes.
    """

    opened = Signal(Page)
    closed = Signal()
    placeRequested = Signal(object)
    placesRequested = Signal(object, object)
    writing = Signal(bool)
    undoRequested = Signal()
    redoRequested = Signal()
    editRequested = Signal(object, object)
    message = Signal(str)
    statusMessage = Signal(str)

    def __init__(self, stack: QStackedWidget, current: CurrentProject, appearance: Appearance, menus: Menus) -> None:
        """Add pages to a stack that has the articles already."""
        super().__init__(stack)
        self._stack = stack
        self._current = current
        self._appearance = appearance
        self._menus = menus
        self._made: dict[type[Page], Page] = {}
        self.shown: Page | None = None
        """The page in place of the articles, or None."""
        current.documentOpened.connect(self.close)
        current.sessionChanged.connect(self.close)
        current.closing.connect(self._end)
        appearance.themeChanged.connect(self._set_theme)

    def open(self, kind: type[Page]) -> None:
        """Show the page of a kind, and create it if needed. Does nothing without a project."""
        session = self._current.session
        if session is None:
            return
        page = self._made.get(kind) or self._make(kind)
        if self.shown is not None and self.shown is not page:
            self.shown.end()
        self.shown = page
        page.begin(session)
        self._stack.setCurrentWidget(page)
        self._menus.set_page(page, page.handlers(), page.label_handler())
        page.setFocus()
        self.opened.emit(page)

    def close(self, _session: Session | None = None) -> None:
        """Return to the articles."""
        page, self.shown = self.shown, None
        if page is not None:
            page.end()
            self._menus.set_page(None)
            self.closed.emit()

    def _end(self) -> None:
        """Stop the jobs of the page before the project closes. The change of session then closes the page."""
        if self.shown is not None:
            self.shown.end()

    def refresh(self) -> None:
        """Let the page that is shown read the project again."""
        if self.shown is not None:
            self.shown.refresh()

    def _make(self, kind: type[Page]) -> Page:
        page = self._made[kind] = kind(self._stack)
        page.set_theme(self._appearance.theme)
        for article in page.article_views():
            self._appearance.follow(article)
        page.left.connect(self.close)
        page.placeRequested.connect(self.placeRequested)
        page.placesRequested.connect(self.placesRequested)
        page.writing.connect(self.writing)
        page.undoRequested.connect(self.undoRequested)
        page.redoRequested.connect(self.redoRequested)
        page.editRequested.connect(self.editRequested)
        page.message.connect(self.message)
        page.statusMessage.connect(self.statusMessage)
        self._stack.addWidget(page)
        return page

    def _set_theme(self, theme: Theme) -> None:
        for page in self._made.values():
            page.set_theme(theme)
