"""Walking through the words by arrow keys: the word that is reached becomes the selection, ready for a label."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QObject

from annotator.domain.model.document import Token
from annotator.domain.model.span import Span
from annotator.domain.review.boundaries import Edge, move_edge
from annotator.session import Session
from annotator.ui.article.article_view import ArticleView


class Caret(QObject):
    """Knows where the hands were last; selects the next or previous word or letter, or the word above or below."""

    def __init__(self, article: ArticleView, parent: QObject | None = None) -> None:
        """Serve an article view."""
        super().__init__(parent)
        self._article = article
        self._session: Session | None = None
        self._last: Span | None = None
        article.selectionChanged.connect(self._keep)

    def set_session(self, session: Session | None) -> None:
        """Walk in the document of a session, or in none."""
        self._session = session

    def begin(self) -> None:
        """Stand at the top of a document that was opened, or at its focused item."""
        self._last = None
        self.follow()

    def follow(self) -> None:
        """Stand where the focus went; with no focus, stay."""
        if self._session and self._session.focus:
            self._last = self._session.focus.span

    @property
    def place(self) -> Span | None:
        """Return the place where the hands were last, or None at the top of a document."""
        return self._last

    @property
    def position(self) -> int:
        """Return where the hands were last, in code points."""
        return self._last.start if self._last else 0

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

    def _keep(self, selection: Span | None) -> None:
        """Stand where words were selected."""
        if selection is not None:
            self._last = selection

    def _step_word(self, step: int) -> None:
        """Select the word on one side of the current place; with no place, begin at the top."""
        if self._session is None:
            return
        place = self._last
        position = 0 if place is None else place.end if step > 0 else place.start
        self._select(next_word(self._session.tokens, position, step))

    def _step_letter(self, step: int) -> None:
        """Select the letter on one side of the current place, with its marks."""
        session, place = self._session, self._last
        if session is None or session.document is None or place is None:
            return
        edge: Edge = "end" if step > 0 else "start"
        wider = move_edge(place, edge, step, "char", session.document.text, session.tokens)
        if wider is not None:
            self._select(Span(place.end, wider.end) if step > 0 else Span(wider.start, place.start))

    def _step_line(self, lines: int) -> None:
        """Select the word nearest to the current place some lines further down."""
        if self._last is None:
            self.word_forward()
        else:
            self._select(self._article.word_in_line(self._last, lines))

    def _select(self, span: Span | None) -> None:
        """Select a span, if there is one."""
        if span is not None:
            self._article.set_selection(span)


def next_word(tokens: Sequence[Token], position: int, step: int) -> Span | None:
    """Return the first word behind a position in code points, or for step -1 the last before it; marks are no words."""
    if step > 0:
        numbers = range(bisect_left(tokens, position, key=lambda t: t.start), len(tokens))
    else:
        numbers = range(bisect_right(tokens, position, key=lambda t: t.end) - 1, -1, -1)
    return next((tokens[n].span for n in numbers if any(map(str.isalnum, tokens[n].text))), None)
