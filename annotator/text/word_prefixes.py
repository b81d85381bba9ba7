"""Find the words of a text by their first letters: "دي" finds وديالى, and "كا" finds الكاظمي.

Harakat, tatweel, the forms of hamza, and clitics before the word do not matter. Several beginnings with spaces between
them find words that follow one another: "مح كا" finds محمد الكاظمي, and "مح " finds محمد with the word after it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from annotator.domain.model.document import Token
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import OUTSIDE
from annotator.text.clitics.rule import clitic_length
from annotator.text.normalise import Normalised, normalise

_FOLD = str.maketrans("ؤئ", "وي")
# No name begins after the future particle س. The reading without clitics comes first: "ود" selects وديالى as a whole.
_CLITICS = r"(?:|(?P<article>ال)|(?P<before>[وف]?[بكل]|[وف])(?:ال|(?<=ل)ل)?)"


class WordPrefixes:
    """The words of one text by their first letters.

    find() returns numbers of candidates in text order, and span() what one of them selects, or None if it is no match:
    whether a letter is a clitic is decided only when somebody asks, as a text of 600,000 characters has thousands.
    """

    def __init__(self, text: str, tokens: Sequence[Token], clitics: str = OUTSIDE) -> None:
        """Prepare a text. clitics is the policy of the tagset: names begin after clitics for "outside"."""
        self._text = text
        self._tokens = tokens
        self._outside = clitics == OUTSIDE
        self._normalised: Normalised | None = None
        self._folded = ""
        self._hits: list[tuple[int, int]] = []
        self._more: tuple[str, ...] = ()
        self._spans: dict[int, Span | None] = {}

    def find(self, typed: str) -> int:
        """Look for the words that begin with some letters, and return the number of candidates."""
        if self._normalised is None:
            self._normalised = normalise(self._text)
            self._folded = self._normalised.text.translate(_FOLD)
        first, *more = _fold(typed).lstrip().split(" ")
        self._more, self._spans, self._hits = tuple(more), {}, []
        if first:
            pattern = re.compile(rf"(?<!\w){_CLITICS}{re.escape(first)}")
            self._hits = [(match.start(), match.end("before")) for match in pattern.finditer(self._folded)]
        return len(self._hits)

    def span(self, number: int) -> Span | None:
        """Return what a candidate selects, in code points; None if it does not match after all."""
        if number not in self._spans:
            self._spans[number] = self._check(*self._hits[number])
        return self._spans[number]

    def step(self, number: int, by: int) -> int | None:
        """Return the next match after a candidate, or the one before it; after the last comes the first."""
        count = len(self._hits)
        turns = ((number + by * turn) % count for turn in range(1, count + 1))
        return next((other for other in turns if self.span(other) is not None), None)

    def nearest(self, position: int, *wanted: Callable[[Span], bool]) -> int | None:
        """Return the match nearest to a position, in words.

        Those that meet the first condition come first, then those that meet the second, then all others.
        """
        starts = self._normalised.offsets if self._normalised else ()
        here = self._word_at(position)
        after = bisect_right(self._hits, position, key=lambda hit: starts[hit[0]])
        for condition in (*wanted, _anything):
            before, behind = (
                self._first(range(after - 1, -1, -1), condition),
                self._first(range(after, len(self._hits)), condition),
            )
            found = [number for number in (behind, before) if number is not None]
            if found:
                return min(found, key=lambda number: abs(self._word_at(starts[self._hits[number][0]]) - here))
        return None

    def _first(self, numbers: range, condition: Callable[[Span], bool]) -> int | None:
        for number in numbers:
            span = self.span(number)
            if span is not None and condition(span):
                return number
        return None

    def _word_at(self, position: int) -> int:
        return bisect_right(self._tokens, position, key=lambda token: token.start) - 1

    def _check(self, start: int, after_clitics: int) -> Span | None:
        """Return the span of the words whose first begins at an offset of the normalised text."""
        assert self._normalised is not None  # noqa: S101 - find() made it
        offsets = self._normalised.offsets
        number = self._word_at(offsets[start])
        if number < 0:
            return None
        word = self._tokens[number]
        if any(map(str.isalnum, self._text[word.start : offsets[start]])) or offsets[start] >= word.end:
            return None
        begin = word.start
        if after_clitics >= 0:
            begin = offsets[after_clitics]
            if begin - word.start not in (0, self._clitics_of(number)):
                return None
        end = self._end_of(number)
        return None if end is None else Span(begin if self._outside else word.start, end)

    def _clitics_of(self, number: int) -> int:
        """Return how many code points at the start of a word are clitics."""
        tokens = self._tokens
        previous = tokens[number - 1].text if number else ""
        following = tokens[number + 1].text if number + 1 < len(tokens) else ""
        return clitic_length(tokens[number].text, previous, following)

    def _end_of(self, number: int) -> int | None:
        """Return where the last of the words ends, or None if the words after the first begin with other letters."""
        end = self._tokens[number].end
        for part in self._more:
            number += 1
            if number >= len(self._tokens):
                return None
            word = self._tokens[number]
            if not self._text[end : word.start].isspace() or not word.text[0].isalnum():
                return None
            if not re.match(_CLITICS + re.escape(part), _fold(word.text)):
                return None
            end = word.end
        return end


def _fold(text: str) -> str:
    return normalise(text).text.translate(_FOLD)


def _anything(_span: Span) -> bool:
    return True
