"""Going to the ends of the line and of the article, and selecting up to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from annotator.domain.model.document import Token
from annotator.domain.model.span import Span
from annotator.ui.article.article_view import ArticleView
from annotator.ui.article.caret import Caret, next_word


class Jumps(QObject):
    """Selects the first or last word of the line or of the article, or lets the selection reach it."""

    def __init__(self, article: ArticleView, caret: Caret, parent: QObject | None = None) -> None:
        """Serve an article view from where the caret stands."""
        super().__init__(parent)
        self._article = article
        self._caret = caret

    def line_start(self) -> None:
        """Select the first word of the line."""
        self._select(self._first(self._line(at_end=False)))

    def line_end(self) -> None:
        """Select the last word of the line."""
        self._select(self._last(self._line(at_end=True)))

    def text_start(self) -> None:
        """Select the first word of the article."""
        self._select(self._first(self._text()))

    def text_end(self) -> None:
        """Select the last word of the article."""
        self._select(self._last(self._text()))

    def to_line_start(self) -> None:
        """Select up to the first word of the line."""
        self._extend(self._first(self._line(at_end=False)))

    def to_line_end(self) -> None:
        """Select up to the last word of the line."""
        self._extend(self._last(self._line(at_end=True)))

    def to_text_start(self) -> None:
        """Select up to the first word of the article."""
        self._extend(self._first(self._text()))

    def to_text_end(self) -> None:
        """Select up to the last word of the article."""
        self._extend(self._last(self._text()))

    def _line(self, *, at_end: bool) -> Span | None:
        """Return the line on which the current place ends or begins."""
        place = self._caret.place or Span(0, 1)
        return self._article.line_of(place.end - 1 if at_end else place.start)

    def _text(self) -> Span | None:
        """Return the whole text, where there is one."""
        length = len(self._article.document.text)
        return Span(0, length) if length else None

    def _first(self, within: Span | None) -> Span | None:
        """Return the first word that begins in a part of the text."""
        word = next_word(self._tokens, within.start, 1) if within else None
        return word if word and within and word.start < within.end else None

    def _last(self, within: Span | None) -> Span | None:
        """Return the last word that ends in a part of the text."""
        word = next_word(self._tokens, within.end, -1) if within else None
        return word if word and within and word.end > within.start else None

    @property
    def _tokens(self) -> Sequence[Token]:
        """Return the tokens of the article."""
        return self._article.tokens

    def _extend(self, word: Span | None) -> None:
        """Let the selection, or the current place, reach a word."""
        place = self._caret.place
        if word is not None:
            self._select(Span(min(place.start, word.start), max(place.end, word.end)) if place else word)

    def _select(self, span: Span | None) -> None:
        """Select a span, if there is one."""
        if span is not None:
            self._article.set_selection(span)
