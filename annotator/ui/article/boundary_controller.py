"""Move the boundaries of the selection, or else of the span in focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.domain.model.document import Token
from annotator.domain.model.span import Span
from annotator.domain.review.boundaries import Edge, Unit, move_edge
from annotator.session import Session
from annotator.text.clitics.toggle import toggle_proclitic, toggle_pronoun
from annotator.ui.article.article_view import ArticleView


class BoundaryController(QObject):
    """Ten moves by key, and dragging with the mouse. Each change of a span is one edit.

    carry_out is called with what a drag does: it may wait for an edit that is being written.
    """

    statusMessage = Signal(str)

    def __init__(
        self, article: ArticleView, carry_out: Callable[[Callable[[], object]], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._article = article
        self._session: Session | None = None
        article.boundaryDragged.connect(lambda key, span: carry_out(partial(self._dragged, key, span)))

    def set_session(self, session: Session | None) -> None:
        """Set the session, or None."""
        self._session = session

    def end_word_forward(self) -> None:
        """Move the end forward one word."""
        self._move("end", 1, "word")

    def end_word_back(self) -> None:
        """Move the end back one word."""
        self._move("end", -1, "word")

    def start_word_forward(self) -> None:
        """Move the start forward one word."""
        self._move("start", 1, "word")

    def start_word_back(self) -> None:
        """Move the start back one word."""
        self._move("start", -1, "word")

    def end_letter_forward(self) -> None:
        """Move the end forward one letter."""
        self._move("end", 1, "char")

    def end_letter_back(self) -> None:
        """Move the end back one letter."""
        self._move("end", -1, "char")

    def start_letter_forward(self) -> None:
        """Move the start forward one letter."""
        self._move("start", 1, "char")

    def start_letter_back(self) -> None:
        """Move the start back one letter."""
        self._move("start", -1, "char")

    def toggle_clitic(self) -> None:
        """Include or exclude the clitic at the start."""
        self._toggle(toggle_proclitic, self.tr("This word has no prefix clitic."))

    def toggle_pronoun(self) -> None:
        """Include or exclude the pronoun at the end."""
        self._toggle(toggle_pronoun, self.tr("This word has no suffix pronoun."))

    def _toggle(self, turn: Callable[[Span, Sequence[Token]], Span | None], none: str) -> None:
        """Toggle one end of the selection or focused span; show the message none if that is impossible."""
        session, selection = self._session, self._article.selection
        span = selection or (session.focus.span if session and session.focus else None)
        if session is None or span is None:
            return
        turned = turn(span, session.tokens)
        if turned is None:
            self.statusMessage.emit(none)
        elif selection is not None:
            self._article.set_selection(turned)
        elif session.resize(turned) is None:
            self.statusMessage.emit(self.tr("This would overlap another annotation."))

    def _move(self, edge: Edge, step: int, unit: Unit) -> None:
        session, selection = self._session, self._article.selection
        if session is None or session.document is None:
            return
        if selection is not None:
            moved = move_edge(selection, edge, step, unit, session.document.text, session.tokens)
            if moved is not None:
                self._article.set_selection(moved)
        elif edge == "start":
            session.move_start(step, unit)
        else:
            session.move_end(step, unit)

    def _dragged(self, key: str, span: Span) -> None:
        session = self._session
        item = next((item for item in session.marked if item.key == key), None) if session else None
        if session and item:
            if session.focus != item:
                session.set_focus(item)
            session.resize(span)
