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
from annotator.text.normalise import normalise

_CHUNK = 40_000
"""Code points that are prepared at a time, in a few milliseconds."""
_HAMZA = str.maketrans("ؤئ", "وي")


class _Table(dict[int, str]):
    """The normal form of each code point without hamza, computed on first access."""

    def __missing__(self, code_point: int) -> str:
        self[code_point] = folded = normalise(chr(code_point)).text.translate(_HAMZA)
        return folded


_FOLDED = _Table()
# No name begins after the future particle س. The reading without clitics comes first: "ود" selects وديالى as a whole.
_CLITICS = r"(?:|(?P<article>ال)|(?P<before>[وف]?[بكل]|[وف])(?:ال|(?<=ل)ل)?)"


def _anything(_span: Span) -> bool:
    return True


class WordPrefixes:
    """The words of one text by their first letters.

    find() returns numbers of candidates in text order, and span() what one of them selects, or None if it is no match:
    whether a letter is a clitic is decided only when somebody asks, as a text of 600,000 characters has thousands.
    """

    def __init__(self, text: str, tokens: Sequence[Token], clitics: str = OUTSIDE) -> None:
        """Take a text. clitics is the policy of the tagset: names begin after clitics for "outside"."""
        self.text = text
        self.clitics = clitics
        self._tokens = tokens
        self._end = 0
        self._parts: list[str] = []
        self._folded = ""
        # From which offset of the folded text on the original is how much further.
        self._places: list[int] = [0]
        self._shifts: list[int] = [0]
        self._hits: list[tuple[int, int]] = []
        self._more: tuple[str, ...] = ()
        self._spans: dict[int, Span | None] = {}

    def advance(self) -> bool:
        """Prepare the next part of the text, and return True if there is more. find() prepares what is left."""
        part = self.text[self._end : self._end + _CHUNK]
        uneven = "".join(letter for letter in set(part) if len(_FOLDED[ord(letter)]) != 1)
        for found in re.finditer(f"[{re.escape(uneven)}]", part) if uneven else ():
            place, length = self._end + found.start(), len(_FOLDED[ord(found.group())])
            folded = place - self._shifts[-1]
            for step in range(1, max(length, 2)):
                self._places.append(folded + step if length else folded)
                self._shifts.append(self._shifts[-1] + (-1 if length else 1))
        self._parts.append(part.translate(_FOLDED))
        self._end += len(part)
        return self._end < len(self.text)

    def find(self, typed: str) -> int:
        """Look for the words that begin with some letters, and return the number of candidates."""
        while self._end < len(self.text):
            self.advance()
        if self._parts:
            self._folded, self._parts = "".join(self._parts), []
        first, *more = _fold(typed).lstrip().split(" ")
        self._more, self._spans, self._hits = tuple(more), {}, []
        if first:
            pattern = re.compile(rf"(?<!\w){_CLITICS}{re.escape(first)}")
            self._hits = [(match.start(), match.end("before")) for match in pattern.finditer(self._folded)]
        return len(self._hits)

    def _place(self, folded: int) -> int:
        """Return the offset in the text of an offset in the folded text."""
        return folded + self._shifts[bisect_right(self._places, folded) - 1]

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

    def nearest(
        self, position: int, wanted: Callable[[Span], bool] = _anything, visible: Span | None = None
    ) -> int | None:
        """Return the match nearest to a position, in words.

        Those in the visible part that meet a condition come first, then those elsewhere that meet it, then all others.
        """
        after, count = self._first_from(position), len(self._hits)
        steps = [(0, count, wanted), (0, count, _anything)]
        if visible is not None:
            first, last = self._first_from(visible.start - 1), self._first_from(visible.end)
            steps.insert(0, (first, last, lambda span: visible.covers(span) and wanted(span)))
        here = self._word_at(position)
        for first, last, condition in steps:
            before = self._first(range(min(after, last) - 1, first - 1, -1), condition)
            behind = self._first(range(max(after, first), last), condition)
            found = [number for number in (behind, before) if number is not None]
            if found:
                return min(found, key=lambda number: abs(self._word_at(self._place(self._hits[number][0])) - here))
        return None

    def _first_from(self, position: int) -> int:
        """Return the number of the first candidate after a position."""
        return bisect_right(self._hits, position, key=lambda hit: self._place(hit[0]))

    def _first(self, numbers: range, condition: Callable[[Span], bool]) -> int | None:
        for number in numbers:
            span = self.span(number)
            if span is not None and condition(span):
                return number
        return None

    def _word_at(self, position: int) -> int:
        return bisect_right(self._tokens, position, key=lambda token: token.start) - 1

    def _check(self, start: int, after_clitics: int) -> Span | None:
        """Return the span of the words whose first begins at an offset of the folded text."""
        place = self._place(start)
        number = self._word_at(place)
        if number < 0:
            return None
        word = self._tokens[number]
        if any(map(str.isalnum, self.text[word.start : place])) or place >= word.end:
            return None
        begin = word.start
        if after_clitics >= 0:
            begin = self._place(after_clitics)
            if begin - word.start not in (0, self._clitics_of(number)):
                return None
        end = self._end_of(number)
        return None if end is None else Span(begin if self.clitics == OUTSIDE else word.start, end)

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
            if not self.text[end : word.start].isspace() or not word.text[0].isalnum():
                return None
            if not re.match(_CLITICS + re.escape(part), _fold(word.text)):
                return None
            end = word.end
        return end


def _fold(text: str) -> str:
    return text.translate(_FOLDED)
