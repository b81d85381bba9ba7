"""Select words by arrow keys, ready for a label."""

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
    """Knows the last place that was selected or focused, and selects the next word, letter or line from there."""

    def __init__(self, article: ArticleView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._article = article
        self._session: Session | None = None
        self._last_place: Span | None = None
        article.selectionChanged.connect(self._keep)

    def set_session(self, session: Session | None) -> None:
        """Set the session, or None."""
        self._session = session

    def begin(self) -> None:
        """Start at the top of an opened document, or at its focused item."""
        self._last_place = None
        self.follow()

    def follow(self) -> None:
        """Move to the item in focus, or stay if there is none."""
        if self._session and self._session.focus:
            self._last_place = self._session.focus.span

    @property
    def place(self) -> Span | None:
        """Return the last place, or None at the top of a document."""
        return self._last_place

    @property
    def position(self) -> int:
        """Return the last position in code points."""
        return self._last_place.start if self._last_place else 0

    def word_forward(self) -> None:
        """Select the next word."""
        self._step_word(1)

    def word_back(self) -> None:
        """Select the previous word."""
        self._step_word(-1)

    def letter_forward(self) -> None:
        """Select the next letter."""
        self._step_letter(1)

    def letter_back(self) -> None:
        """Select the previous letter."""
        self._step_letter(-1)

    def line_down(self) -> None:
        """Select the word below."""
        self._step_line(1)

    def line_up(self) -> None:
        """Select the word above."""
        self._step_line(-1)

    def line_start(self) -> None:
        """Select the first word of the line."""
        self._select(self._first_word(self._line(at_end=False)))

    def line_end(self) -> None:
        """Select the last word of the line."""
        self._select(self._last_word(self._line(at_end=True)))

    def text_start(self) -> None:
        """Select the first word of the article."""
        self._select(self._first_word(self._text()))

    def text_end(self) -> None:
        """Select the last word of the article."""
        self._select(self._last_word(self._text()))

    def to_line_start(self) -> None:
        """Select up to the first word of the line."""
        self._extend(self._first_word(self._line(at_end=False)))

    def to_line_end(self) -> None:
        """Select up to the last word of the line."""
        self._extend(self._last_word(self._line(at_end=True)))

    def to_text_start(self) -> None:
        """Select up to the first word of the article."""
        self._extend(self._first_word(self._text()))

    def to_text_end(self) -> None:
        """Select up to the last word of the article."""
        self._extend(self._last_word(self._text()))

    def _keep(self, selection: Span | None) -> None:
        if selection is not None:
            self._last_place = selection

    def _step_word(self, step: int) -> None:
        if self._session is None:
            return
        place = self._last_place
        position = 0 if place is None else place.end if step > 0 else place.start
        self._select(next_word(self._session.tokens, position, step))

    def _step_letter(self, step: int) -> None:
        """Select the letter after or before the current place, with its diacritics."""
        session, place = self._session, self._last_place
        if session is None or session.document is None or place is None:
            return
        edge: Edge = "end" if step > 0 else "start"
        wider = move_edge(place, edge, step, "char", session.document.text, session.tokens)
        if wider is not None:
            self._select(Span(place.end, wider.end) if step > 0 else Span(wider.start, place.start))

    def _step_line(self, lines: int) -> None:
        if self._last_place is None:
            self.word_forward()
        else:
            self._select(self._article.word_in_line(self._last_place, lines))

    def _line(self, *, at_end: bool) -> Span | None:
        place = self._last_place or Span(0, 1)
        return self._article.line_of(place.end - 1 if at_end else place.start)

    def _text(self) -> Span | None:
        length = len(self._article.document.text)
        return Span(0, length) if length else None

    def _first_word(self, within: Span | None) -> Span | None:
        word = next_word(self._article.tokens, within.start, 1) if within else None
        return word if word and within and word.start < within.end else None

    def _last_word(self, within: Span | None) -> Span | None:
        word = next_word(self._article.tokens, within.end, -1) if within else None
        return word if word and within and word.end > within.start else None

    def _extend(self, word: Span | None) -> None:
        place = self._last_place
        if word is not None:
            self._select(Span(min(place.start, word.start), max(place.end, word.end)) if place else word)

    def _select(self, span: Span | None) -> None:
        if span is not None:
            self._article.set_selection(span)


def next_word(tokens: Sequence[Token], position: int, step: int) -> Span | None:
    """Return the first word after a position in code points, or for step -1 the last before it.

    Punctuation does not count as a word.
    """
    if step > 0:
        numbers = range(bisect_left(tokens, position, key=lambda t: t.start), len(tokens))
    else:
        numbers = range(bisect_right(tokens, position, key=lambda t: t.end) - 1, -1, -1)
    return next((tokens[n].span for n in numbers if any(map(str.isalnum, tokens[n].text))), None)
