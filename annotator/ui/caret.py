"""Walking through the words by arrow keys: the word that is reached becomes the selection, ready for a label."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QObject

from annotator.domain.boundaries import Edge, move_edge
from annotator.domain.document import Token
from annotator.domain.span import Span
from annotator.session import Session
from annotator.ui.article_view import ArticleView


class Caret(QObject):
    """Selects the next or previous word or letter, or the word above or below."""

    def __init__(self, article: ArticleView, parent: QObject | None = None) -> None:
        """Serve an article view."""
        super().__init__(parent)
        self._article = article
        self._session: Session | None = None

    def set_session(self, session: Session | None) -> None:
        """Walk in the document of a session, or in none."""
        self._session = session

    def word_forward(self) -> None:
        """Select the next word."""
        self._step_word(1)

    def word_back(self) -> None:
        """Select the word before."""
        self._step_word(-1)

    def letter_forward(self) -> None:
        """Select the next letter."""
        self._step_letter(1)

    def letter_back(self) -> None:
        """Select the letter before."""
        self._step_letter(-1)

    def line_down(self) -> None:
        """Select the word below."""
        self._step_line(1)

    def line_up(self) -> None:
        """Select the word above."""
        self._step_line(-1)

    def _place(self) -> Span | None:
        """Return the selection, or the focused span."""
        focus = self._session.focus if self._session else None
        return self._article.selection or (focus.span if focus else None)

    def _step_word(self, step: int) -> None:
        """Select the word on one side of the current place; with no place, begin at the top."""
        if self._session is None:
            return
        place = self._place()
        position = 0 if place is None else place.end if step > 0 else place.start
        self._select(next_word(self._session.tokens, position, step))

    def _step_letter(self, step: int) -> None:
        """Select the letter on one side of the current place, with its marks."""
        session, place = self._session, self._place()
        if session is None or session.document is None or place is None:
            return
        edge: Edge = "end" if step > 0 else "start"
        wider = move_edge(place, edge, step, "char", session.document.text, session.tokens)
        if wider is not None:
            self._select(Span(place.end, wider.end) if step > 0 else Span(wider.start, place.start))

    def _step_line(self, lines: int) -> None:
        """Select the word nearest to the current place some lines further down."""
        place = self._place()
        if place is None:
            self.word_forward()
        else:
            self._select(self._article.word_in_line(place, lines))

    def _select(self, span: Span | None) -> None:
        """Select a span, if there is one."""
        if span is not None:
            self._article.set_selection(span)


def next_word(tokens: Sequence[Token], position: int, step: int) -> Span | None:
    """Return the first word behind a position in code points, or for step -1 the last before it; marks are no words."""
    if step > 0:
        numbers = range(bisect_left(tokens, position, key=lambda t: t.span.start), len(tokens))
    else:
        numbers = range(bisect_right(tokens, position, key=lambda t: t.span.end) - 1, -1, -1)
    return next((tokens[n].span for n in numbers if any(map(str.isalnum, tokens[n].text))), None)
