"""A text with some spans replaced, and the mapping of offsets from the original."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotator.domain.model.span import Span
from annotator.text.characters import JOINERS

_LAM = re.compile(rf"ل[{''.join(JOINERS)}\u064b-\u0652]*$")


@dataclass(frozen=True, slots=True)
class Replacement:
    """A replaced span of the original, the new word, and how much longer the text up to its end has become."""

    span: Span
    word: str
    shift: int


@dataclass(frozen=True, slots=True)
class ReplacedText:
    """A text with its replacements, in order.

    unreplaced counts, by key, the single words of names that were not replaced because they may be something else.
    """

    text: str
    replacements: tuple[Replacement, ...] = ()
    unreplaced: Counter[str] = field(default_factory=Counter)

    def map_span(self, span: Span) -> tuple[Span, bool]:
        """Return the new span of a span of the original, and whether its edges are between the same characters.

        An edge within a replaced word moves to the edge of the new word, so that the span covers all of it.
        """
        start, kept_start = self._moved(span.start, to_end=False)
        end, kept_end = self._moved(span.end, to_end=True)
        return Span(start, end), kept_start and kept_end

    def _moved(self, at: int, *, to_end: bool) -> tuple[int, bool]:
        """Return the new offset of an offset of the original, and whether it is outside all replaced words."""
        number = bisect_right(self.replacements, at, key=lambda each: each.span.start)
        if not number:
            return at, True
        each = self.replacements[number - 1]
        end = each.span.end + each.shift
        if at >= each.span.end:
            return at + each.shift, True
        begin = end - len(each.word)
        return (begin, True) if at == each.span.start else (end if to_end else begin, False)


def merge_replacements(text: str, words: Mapping[Span, str]) -> tuple[Replacement, ...]:
    """Return replacements in order; overlapping spans become one, with the word of the longest.

    words has the new word of each span.
    """
    united: list[list[Span]] = []
    reach = 0
    for place in sorted(words):
        if place.start >= reach:
            united.append([])
        united[-1].append(place)
        reach = max(reach, place.end)
    replacements: list[Replacement] = []
    shift = 0
    for group in united:
        whole = Span(group[0].start, max(place.end for place in group))
        word = words[max(group, key=len)]
        if word.startswith("ال") and _LAM.search(text, max(0, whole.start - 4), whole.start):
            word = word[1:]
        shift += len(word) - len(whole)
        replacements.append(Replacement(whole, word, shift))
    return tuple(replacements)


def apply_replacements(text: str, replacements: Iterable[Replacement]) -> str:
    """Return the text with the replacements."""
    parts = []
    at = 0
    for each in replacements:
        parts += [text[at : each.span.start], each.word]
        at = each.span.end
    return "".join([*parts, text[at:]])
