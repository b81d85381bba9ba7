"""The three panes: documents at the right, the article in the middle, suggestions and labels at the left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.model.document import Document
from annotator.domain.model.edit import CellKind, Change
from annotator.domain.model.span import Span
from annotator.domain.review.document_order import DocumentOrder
from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.domain.tagset.tagset import Tagset
from annotator.session import Outcome, ReviewItem, Session
from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.i18n import current_language
from annotator.ui.base.item_text import accessible_text, position_in, tooltip
from annotator.ui.base.key_map import isolate_key, key_hint
from annotator.ui.base.palette import PagePalette
from annotator.ui.base.theme import LIGHT, Theme, scaled_fonts
from annotator.ui.documents.controller import DocumentListController
from annotator.ui.documents.document_list import DocumentPane
from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.notes.note_bar import NoteBar
from annotator.ui.sidebar.side_panel import SidePanel, SuggestionState
from annotator.ui.widgets.placeholder_label import PlaceholderLabel
from annotator.ui.window.article_header import ArticleHeader
from annotator.ui.window.find_bar import FindBar
from annotator.ui.window.three_way_splitter import ThreeWaySplitter

_PANE_ZOOM = (1.0, 1.5)
"""The smallest and largest text sizes of the list and the side panel; 1 is the default."""
_MANY_ROWS = 20
"""From so many changed documents on, all rows are read again when shown, instead of these one by one."""


class Workspace(QWidget):
    """The panes. Shows in each what happens in the current project; importRequested comes from the empty page."""

    importRequested = Signal()

    def __init__(self, current: CurrentProject, status: StatusLine, parent: QWidget | None = None) -> None:
        """Create the panes and connect them to the current project."""
        super().__init__(parent)
        self._current = current
        self._status = status
        self._hinted = ""
        self.theme: Theme = LIGHT
        self.documents = DocumentPane(self)
        self.document_list = DocumentListController(current, self.documents, self)
        self.header = ArticleHeader(self)
        self.find_bar = FindBar(self)
        self.note_bar = NoteBar(self)
        self.article = ArticleView(self)
        self.article.setObjectName("article")
        self.empty = PlaceholderLabel(self.article)
        self.empty.button.clicked.connect(self.importRequested)
        self.side = SidePanel(self)
        self.splitter = ThreeWaySplitter(self)
        self._lay_out()
        self.article.set_tooltip_formatter(self.describe)
        self.find_bar.matched.connect(self._show_matches)
        self.find_bar.closed.connect(self.article.setFocus)
        current.sessionChanged.connect(self._show_session)
        current.documentOpened.connect(self._show_document)
        current.tagsetChanged.connect(self._show_tagset)
        current.outcome.connect(self._show_outcome)
        current.annotatorChanged.connect(self.side.set_annotator)
        self.side.thresholdChanged.connect(self._set_threshold)
        self.document_list.placed.connect(self._show_place)
        self.documents.filter.left.connect(self.article.setFocus)
        self.side.set_annotator(current.annotator)

    @property
    def place(self) -> int:
        """Return the number of the open document in the list from 0, or -1 if none is open or it is not listed."""
        return self.document_list.place

    def add_bar(self, bar: QWidget) -> None:
        """Add a bar directly below the article, so that the text above it does not move when the bar is shown."""
        self._column.insertWidget(self._column.indexOf(self.article) + 1, bar)

    def set_theme(self, theme: Theme) -> None:
        """Paint everything in the colours of a theme."""
        self.theme = theme
        self.documents.set_theme(theme)
        self.side.set_theme(theme)
        self.article.set_palette(PagePalette.of(theme))

    def set_zoom(self, zoom: float) -> None:
        """Set the text size of the list, the header and the side panel, within what their widths allow."""
        size = min(max(zoom, _PANE_ZOOM[0]), _PANE_ZOOM[1])
        self.documents.set_zoom(size)
        self.side.set_zoom(size)
        for widget in (self.header, self.header.title):
            widget.setStyleSheet(scaled_fonts(size))

    def show_language(self) -> None:
        """Show the labels in the current language, and keep the order of the panes."""
        direction = Qt.LayoutDirection.RightToLeft if current_language() == "ar" else Qt.LayoutDirection.LeftToRight
        for pane in (self.documents, self._middle, self.side):
            pane.setLayoutDirection(direction)
        if self._current.session:
            self.article.set_tagset(self._current.session.tagset, current_language())
            self.show_hint()
            self._announce(self._current.session)
        self._show_emptiness()

    def show_items(self, *, calmly: bool = False) -> None:
        """Show all items of the open document; calmly as in show_focus()."""
        session = self._current.session
        if session:
            self.article.set_items(session.marked)
            self._show_side(session)
            self._place_focus(session, calmly=calmly)

    def _announce(self, session: Session) -> None:
        """Announce to screen readers what is in focus, and how much is left to decide."""
        if session.focus and session.document:
            place = position_in(session.focus, session.marked)
            name = accessible_text(session.focus, session.document.text, session.tagset, place)
            self.article.announce(name, self.side.counter_text())

    def describe(self, item: ReviewItem) -> str:
        """Return the tooltip of an item."""
        session = self._current.session
        if session is None or session.document is None:
            return ""
        return tooltip(item, session.document.text, session.tagset)

    def _update_items(self, session: Session, *, calmly: bool = False) -> None:
        self.article.update_items(session.marked)
        self._show_side(session)
        self._place_focus(session, calmly=calmly)

    def _show_side(self, session: Session) -> None:
        self.side.show_items(session.items, session.progress)
        self.header.show_left(session.progress[0])
        known = session.confidence
        self.side.show_confidence(
            known.measured(session.threshold), known.expected(session.threshold), session.hidden, known.agreement()
        )
        self.side.show_left_out(session.left_out())

    def show_suggestion_state(self, state: SuggestionState) -> None:
        """Show whether suggestions for the open document were generated, and which names are left out."""
        self.side.show_state(state)
        if self._current.session:
            self.side.show_left_out(self._current.session.left_out())

    def show_suggestions(self, document_id: str) -> None:
        """Show new suggestions for a document."""
        session = self._current.session
        if session and session.document and session.document.id == document_id and session.refresh():
            self._update_items(session, calmly=True)
            self._announce(session)
        self.show_row(document_id)

    def show_focus(self, *, calmly: bool = False) -> None:
        """Show the item in focus and announce it. With calmly, the article scrolls only if it is another item."""
        session = self._current.session
        if session:
            self._place_focus(session, calmly=calmly)
            self._announce(session)

    def _place_focus(self, session: Session, *, calmly: bool = False) -> None:
        item, before = session.focus, self.article.focus_item
        same = item is not None and before is not None and item.key == before.key
        self.article.set_focus_item(item, scroll=not (calmly and same))
        self.side.show_focus(item)

    def show_row(self, document_id: str) -> None:
        """Update the counts of a document in the list."""
        self.document_list.show_row(document_id)

    def _show_session(self, session: Session | None) -> None:
        self.article.set_document(Document("", ""), ())
        self.article.set_items(())
        self.header.clear()
        self.side.set_document("")
        self.side.show_items((), (0, 0))
        self.side.show_confidence(MeasuredPrecision(), None, 0, (0, 0))
        self.side.show_left_out(())
        self.find_bar.leave()
        self.side.set_tagset(session.tagset if session else None)
        self.document_list.set_session(session)
        self.show_hint()
        self._show_emptiness()
        if session:
            self.article.set_tagset(session.tagset, current_language())
            self.side.set_threshold(session.threshold)

    def _show_document(self) -> None:
        session = self._current.session
        if session is None or session.document is None:
            return
        document = session.document
        self.article.set_document(document, session.tokens)
        self.side.set_document(document.text)
        self.find_bar.set_text(document.text)
        self.header.show_done(session.is_done)
        self.header.note_button.show_note(session.note, session.is_doubtful)
        self.document_list.show_opened(session)
        self.show_items()
        self.show_hint()
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        session = self._current.session
        if session is None or (session.document and session.document.text.strip()):
            self.empty.show_text("")
        elif session.document:
            self.empty.show_text(self.tr("This article has no text."))
        else:
            said = self.tr("No article is open. Import articles ({0}), or drop files here.")
            hint = isolate_key(key_hint(self, "transfers.import_files"))
            self.empty.show_text(said.format(hint), self.tr("Import articles…"))

    def show_hint(self) -> None:
        """Show the keys of labelling, unless the status line has another message."""
        if self._status.text() in ("", self._hinted):
            self._status.show_message(self._hint())
            self._hinted = self._status.text()

    def show_hint_after(self, said: str) -> None:
        """Show the key hints after a sentence, to an annotator who has not decided anything yet."""
        session = self._current.session
        is_new = session is not None and session.project.log.undoable(session.annotator.id) is None
        if is_new and self._hint():
            self._status.show_message(f"{said}   ·   {self._hint()}")
            self._hinted = self._status.text()

    def _hint(self) -> str:
        if self._current.session is None or self._current.session.document is None:
            return ""
        hints = (
            (self.tr("{0} confirms"), "gestures.confirm"),
            (self.tr("{0} rejects"), "gestures.reject"),
            (self.tr("digits apply labels"), ""),
            (self.tr("{0} next span"), "gestures.next_span"),
            (self.tr("{0} all commands"), "helping.commands"),
        )
        keys = [(said, isolate_key(key_hint(self, action)) if action else "") for said, action in hints]
        return "   ·   ".join(said.format(key) for said, key in keys if key or "{0}" not in said)

    def _show_tagset(self, tagset: Tagset) -> None:
        self.side.set_tagset(tagset)
        self.article.set_tagset(tagset, current_language())
        session = self._current.session
        if session and session.document:
            self.side.set_document(session.document.text)
            self.show_items(calmly=True)
        self.documents.model.refresh_all()

    def _show_outcome(self, outcome: Outcome) -> None:
        """Show the result of one call on the session, and announce the focus once."""
        session = self._current.session
        if session is None:
            return
        if outcome.change is not None:
            self._show_change(session, outcome.change)
        elif not (outcome.opened or outcome.tagset_changed):
            self._place_focus(session)
        # The last step: a screen reader hears the focus once, with the count that holds now.
        self._announce(session)

    def _show_change(self, session: Session, change: Change) -> None:
        document = session.document
        if document is not None and document.id not in change.removed:
            self._update_items(session)
            self.header.show_done(session.is_done)
            self.header.note_button.show_note(session.note, session.is_doubtful)
        is_renamed = bool(change.writes(CellKind.TITLE))
        if is_renamed:
            self._show_place()
        if is_renamed or len(change.documents) > _MANY_ROWS:
            self.document_list.refresh_counts()
        else:
            for document_id in change.documents:
                self.show_row(document_id)
        # A span in another article is not named, because its text is not loaded.
        text = document.text if document is not None and document.id in change.documents else ""
        self._status.show_change(change, text, session.tagset)

    def _show_matches(self, spans: list[Span], at: int) -> None:
        self.article.set_matches(spans, spans[at] if at >= 0 else None)

    def _set_threshold(self, threshold: float) -> None:
        if self._current.session:
            self._current.session.threshold = threshold
            self.document_list.refresh_counts()
            self.show_items()
            self._announce(self._current.session)

    def set_order(self, order: DocumentOrder) -> None:
        """Sort the documents; the open one stays open."""
        self.document_list.set_order(order)

    def show_external_changes(self) -> None:
        """Show the decisions of others, in the open document and in the list."""
        session = self._current.session
        if session is None:
            return
        session.refresh()
        self.document_list.refresh_counts()
        if session.document:
            self._update_items(session, calmly=True)
            self._announce(session)
            self.header.show_done(session.is_done)
            self.header.note_button.show_note(session.note, session.is_doubtful)
            self._show_place()

    def show_measurements(self) -> None:
        """Show updated measurements: the order of documents and the confidence of suggestions."""
        session = self._current.session
        if session:
            session.refresh()
            self._update_items(session, calmly=True)
            self._announce(session)
            self.show_places()

    def show_places(self) -> None:
        """Update the list of documents and the place of the open one."""
        self.document_list.apply_order_and_filter()

    def _show_place(self) -> None:
        session = self._current.session
        if session and session.document:
            is_removed = self.document_list.place < 0 and session.document.id not in session.project.documents
            self.header.show_document(
                session.document, self.document_list.place, self.document_list.count(), is_removed=is_removed
            )

    def _lay_out(self) -> None:
        self._middle = middle = QWidget(self)
        self._column = column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.header.title, self.find_bar):
            column.addWidget(widget)
        column.addWidget(self.article, 1)
        column.addWidget(self.note_bar)
        for pane, least, stretch in ((self.documents, 160, 0), (middle, 320, 1), (self.side, 240, 0)):
            pane.setMinimumWidth(least)
            self.splitter.addWidget(pane)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)
        self.show_language()
