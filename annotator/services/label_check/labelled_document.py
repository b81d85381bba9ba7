"""An article with the labels to check, and the names in it as they are compared."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from annotator.domain.model.document import Document, Token
from annotator.domain.model.span import Span
from annotator.text.characters import BLANK
from annotator.text.clitics.proclitics import hides_article, proclitic_lengths
from annotator.text.clitics.rule import name_start
from annotator.text.normalise import normalise_key
from annotator.text.tokenizer import tokenize

Labelled = tuple[Span, str]
"""A span with its label."""
OPENING, CLOSING = "«“‘\"'([{‹", "»”’\"')]}›"
_KEPT = frozenset("%٪+#@&$°")
_BLANK = frozenset(BLANK)
_INITIAL = re.compile(r"(?<!\w)\w\s?$")
"""A single letter, so that the full stop after it is that of an initial: طارق م."""
_REACH = 4


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """An annotation as it is compared with others.

    inner is its span without spaces and punctuation marks at the edges, and core without clitics, too. clitic is how
    many code points at the start of core's first word are clitics, whether the annotation includes them or not. name is
    the key of core (normalise_key()), with the article that للقوات hides.
    """

    span: Span
    label: str
    inner: Span
    core: Span
    clitic: int
    name: str

    @property
    def includes_clitic(self) -> bool:
        """Return True if the span includes the clitics of its first word."""
        return self.inner.start < self.core.start


@dataclass(frozen=True)
class LabelledDocument:
    """A document and its annotations by start, longest first."""

    document: Document
    annotations: Sequence[Labelled]

    @property
    def text(self) -> str:
        """Return the text of the document."""
        return self.document.text

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """Return the words and punctuation marks of the text."""
        return tokenize(self.text)

    @cached_property
    def starts(self) -> Sequence[int]:
        """Return where each token starts."""
        return [token.start for token in self.tokens]

    @cached_property
    def names(self) -> Sequence[NamedSpan]:
        """Return the annotations as they are compared, in order."""
        return [self._named(span, label) for span, label in self.annotations]

    def words(self, span: Span) -> Sequence[Token]:
        """Return the tokens that overlap a span."""
        first = bisect_left(self.starts, span.start)
        if first and self.tokens[first - 1].end > span.start:
            first -= 1
        return self.tokens[first : bisect_left(self.starts, span.end)]

    def before(self, start: int) -> Token | None:
        """Return the token before the one that starts somewhere, or None."""
        at = bisect_left(self.starts, start)
        return self.tokens[at - 1] if at else None

    def neighbours(self, span: Span) -> tuple[str, str]:
        """Return the words before and after the tokens of a span, "" at the ends of the text."""
        first = bisect_left(self.starts, span.start)
        if first and self.tokens[first - 1].end > span.start:
            first -= 1
        last = bisect_left(self.starts, span.end)
        before = self.tokens[first - 1].text if first else ""
        return before, self.tokens[last].text if last < len(self.tokens) else ""

    def _named(self, span: Span, label: str) -> NamedSpan:
        inner = trimmed(self.text, span)
        words = self.words(inner)
        if not words:
            return NamedSpan(span, label, inner, inner, 0, normalise_key(inner.of(self.text)))
        first = words[0]
        before, _ = self.neighbours(first.span)
        behind = self.tokens[bisect_left(self.starts, first.end) :][:1]
        length = name_start(first.text, "outside", before, behind[0].text if behind else "")
        begins = first.start + length
        if inner.start != first.start:
            # The annotator decided what is a clitic here, unless she cut a word.
            cut = inner.start - first.start
            begins, length = inner.start, cut if cut in proclitic_lengths(first.text) else 0
        if begins >= inner.end:
            begins, length = inner.start, 0
        core = Span(begins, inner.end)
        key = normalise_key(core.of(self.text))
        if length and hides_article(first.text, length):
            key = "ا" + key
        return NamedSpan(span, label, inner, core, length, key)


def trimmed(text: str, span: Span, *, pairs: bool = True) -> Span:
    """Return a span without spaces and punctuation marks at its edges, or the span itself if nothing remains.

    A mark whose other half is within the span remains, as in حركة (فتح). With pairs, both go if both are at the edges.
    """
    start, end = span
    while start < end and _is_edge(text, start, Span(start, end), pairs=pairs):
        start += 1
    while end > start and _is_edge(text, end - 1, Span(start, end), pairs=pairs):
        end -= 1
    return Span(start, end) if start < end else span


def _is_edge(text: str, at: int, span: Span, *, pairs: bool) -> bool:
    """Return True if the character at an edge of a span does not belong there: a space, or a punctuation mark."""
    char = text[at]
    if char in _BLANK:
        return True
    if char.isalnum() or char in _KEPT or not _is_punctuation(char):
        return False
    if char == "." and _INITIAL.search(text, max(span.start, at - _REACH), at):
        return False
    partner = _partner(text, at, span)
    return partner is None or (pairs and {partner, at} == {span.start, span.end - 1})


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] == "P"


def _partner(text: str, at: int, span: Span) -> int | None:
    """Return where the other half of a bracket or quotation mark is within a span, or None."""
    char = text[at]
    if char in OPENING and at == span.start:
        close = text.find(CLOSING[OPENING.index(char)], at + 1, span.end)
        return close if close >= 0 else None
    if char in CLOSING and at == span.end - 1:
        begin = text.rfind(OPENING[CLOSING.index(char)], span.start, at)
        return begin if begin >= 0 else None
    return None
