"""Opens the searches of the corpus, and labels what the user chose in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from annotator.domain.model.edit import Change, EditKind, Write
from annotator.domain.model.place import Place
from annotator.domain.model.span import Span
from annotator.services.search.concordance import Hit
from annotator.services.search.label_all import DocumentSpan, clear_all, label_all
from annotator.services.search.label_examples import Example
from annotator.services.search.occurrences import bare_name
from annotator.session import LARGE, Outcome, Session
from annotator.storage.project import Project
from annotator.text.normalise import normalise_key
from annotator.ui.article.appearance import Appearance
from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.background_edits import BackgroundEdits
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.theme import Theme
from annotator.ui.search.concordance_dialog import ConcordanceDialog
from annotator.ui.search.label_all_dialog import LabelAllDialog, LabelAllQuery
from annotator.ui.search.places_dialog import PlacesDialog


class SearchController(QObject):
    """Handles the actions that search the corpus; statusMessage carries a message."""

    statusMessage = Signal(str)
    undoRequested = Signal()
    redoRequested = Signal()

    def __init__(
        self,
        window: QWidget,
        current: CurrentProject,
        article: ArticleView,
        appearance: Appearance,
        large: BackgroundEdits,
    ) -> None:
        super().__init__(window)
        self._large = large
        self._window = window
        self._current = current
        self._article = article
        self._appearance = appearance
        self._concordance: ConcordanceDialog | None = None
        self._places: PlacesDialog | None = None
        current.sessionChanged.connect(self.stop)
        current.outcome.connect(self._look_again)
        current.tagsetChanged.connect(self._read_tagset)
        appearance.themeChanged.connect(self._show_theme)

    def concordance(self) -> None:
        """Open the concordance, and search for the selected words if there are any."""
        session = self._current.session
        if session is None:
            return
        if self._concordance is None:
            dialog = self._concordance = ConcordanceDialog(session, self._appearance.theme, self._window)
            dialog.openRequested.connect(self._open)
            dialog.labelRequested.connect(self._label)
            dialog.clearRequested.connect(self._clear)
            dialog.undoRequested.connect(self.undoRequested)
            dialog.redoRequested.connect(self.redoRequested)
        selection, document = self._article.selection, session.document
        self._concordance.ask(selection.of(document.text) if selection and document else "")

    def stop(self) -> None:
        """Close the concordance and the list of places with their project."""
        if self._concordance is not None:
            self._concordance.stop()
            self._concordance.close()
            self._concordance.deleteLater()
            self._concordance = None
        if self._places is not None:
            self._places.close()
            self._places.deleteLater()
            self._places = None

    def show_places(self, title: Callable[[], str], places: Sequence[Place]) -> None:
        """List places in a window of their own, under a title in the current language."""
        session = self._current.session
        if session is None:
            return
        if self._places is None:
            self._places = PlacesDialog(session.project, self._appearance.theme, self._window)
            self._places.openRequested.connect(self.show_place)
        self._places.show_places(title, places)

    def show_place(self, place: Place) -> None:
        """Show a place in the editor. Does nothing if its document was removed."""
        session = self._current.session
        if session is None or not session.project.documents.get_many([place.document]):
            self.statusMessage.emit(self.tr("This article was removed."))
        elif place.span is None:
            self._current.open_document(place.document)
            self._raise()
        else:
            self._show(place.document, place.span)

    def label_all(self) -> None:
        """Show all occurrences of the selected words or the focused span, and label the ticked ones."""
        session, project = self._current.session, self._current.project
        query = self._query(session) if session else None
        if project is None or session is None:
            return
        if query is None:
            self.statusMessage.emit(self.tr("Select a span or a name first."))
            return
        dialog = LabelAllDialog(project, session.annotator, query, self._appearance.theme, self._window)
        if dialog.exec():
            places, label = dialog.ticked_places(), dialog.label()
            self._article.set_selection(None)
            self._write(EditKind.PROPAGATE, places, lambda project, me: label_all(project, me, places, label))
        dialog.deleteLater()
        self._article.setFocus()

    def show_example(self, example: Example) -> None:
        """Show a place in the editor."""
        self._show(example.document, example.span)

    def _open(self, hit: Hit) -> None:
        self._show(hit.document, hit.span, hit.held.id if hit.held else None)

    def _show(self, document: str, span: Span, focus: str | None = None) -> None:
        self._current.open_document(document, focus)
        session = self._current.session
        if session is None:
            return
        item = next((i for i in session.items if i.span == span), None)
        if item != session.focus:
            session.set_focus(item)
        self._article.set_selection(None if item else span)
        self._article.bring_into_view(span)
        self._raise()

    def _raise(self) -> None:
        self._window.activateWindow()
        self._window.raise_()
        self._article.setFocus()

    def _label(self, hits: list[Hit], label: str) -> None:
        places = _places(hits)
        self._write(EditKind.PROPAGATE, places, lambda project, me: label_all(project, me, places, label))

    def _clear(self, hits: list[Hit]) -> None:
        places = _places(hits)
        self._write(EditKind.REMOVE, places, lambda project, me: clear_all(project, me, places))

    def _write(
        self, kind: EditKind, places: Sequence[DocumentSpan], make: Callable[[Project, str], list[Write]]
    ) -> None:
        session = self._current.session
        if session is None:
            return
        if len(places) >= LARGE:
            me = session.annotator.id
            self._large.write(session.prepare(kind, lambda project: make(project, me)), self._end)
            return
        with wait_cursor():
            change = session.apply(kind, make(session.project, session.annotator.id))
        self._end(change)
        if change and session.focus is None:
            session.focus_next(pending_only=True)

    def _end(self, change: Change | None) -> None:
        if change is None:
            self.statusMessage.emit(self.tr("Nothing to change."))

    def _look_again(self, outcome: Outcome) -> None:
        if self._concordance is not None and outcome.change is not None:
            self._concordance.refresh(outcome.change)

    def _read_tagset(self) -> None:
        if self._concordance is not None:
            self._concordance.read_tagset()
        if self._places is not None:
            self._places.read_tagset()

    def _show_theme(self, theme: Theme) -> None:
        if self._concordance is not None:
            self._concordance.set_theme(theme)
        if self._places is not None:
            self._places.set_theme(theme)

    def _query(self, session: Session) -> LabelAllQuery | None:
        document, selection, item = session.document, self._article.selection, session.focus
        if document is None or (selection is None and item is None):
            return None
        if selection is not None:
            same = next((i for i in session.items if i.span == selection), None)
            span, label = selection, same.label if same else ""
        elif item is not None:
            span, label = item.span, item.label
        name = " ".join(bare_name(document.text, span).split())
        return LabelAllQuery(name, label, document, span) if normalise_key(name) else None


def _places(hits: list[Hit]) -> list[DocumentSpan]:
    return [(hit.document, hit.span) for hit in hits]


@contextmanager
def wait_cursor() -> Iterator[None]:
    """Show the wait cursor during a write that may be long."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
