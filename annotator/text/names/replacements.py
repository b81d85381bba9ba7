"""A text in which places were replaced, and where every other place of it has gone."""

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
class Cut:
    """A place of the original, what stands there now, and by how much the text has grown up to its end."""

    span: Span
    word: str
    grown: int


@dataclass(frozen=True, slots=True)
class Renamed:
    """A text with its stand-ins, and the way there.

    cuts are the replaced places in order. left counts, by key, the single words that were not replaced because they may
    be something else.
    """

    text: str
    cuts: tuple[Cut, ...] = ()
    left: Counter[str] = field(default_factory=Counter)

    def place(self, span: Span) -> tuple[Span, bool]:
        """Return where a place of the original is now, and whether its edges are between the same characters.

        An edge within a replaced word goes to that word's edge, so that the place covers all of the stand-in.
        """
        start, kept_start = self._moved(span.start, to_end=False)
        end, kept_end = self._moved(span.end, to_end=True)
        return Span(start, end), kept_start and kept_end

    def _moved(self, at: int, *, to_end: bool) -> tuple[int, bool]:
        """Return where a place between characters is now, and whether it lies outside all replaced words."""
        number = bisect_right(self.cuts, at, key=lambda cut: cut.span.start)
        if not number:
            return at, True
        cut = self.cuts[number - 1]
        end = cut.span.end + cut.grown
        if at >= cut.span.end:
            return at + cut.grown, True
        begin = end - len(cut.word)
        return (begin, True) if at == cut.span.start else (end if to_end else begin, False)


def cut_out(text: str, places: Mapping[Span, str]) -> tuple[Cut, ...]:
    """Return what to replace in order; places that overlap are one, with the stand-in of the longest."""
    united: list[list[Span]] = []
    reach = 0
    for place in sorted(places):
        if place.start >= reach:
            united.append([])
        united[-1].append(place)
        reach = max(reach, place.end)
    cuts: list[Cut] = []
    grown = 0
    for group in united:
        whole = Span(group[0].start, max(place.end for place in group))
        word = places[max(group, key=len)]
        if word.startswith("ال") and _LAM.search(text, max(0, whole.start - 4), whole.start):
            word = word[1:]
        grown += len(word) - len(whole)
        cuts.append(Cut(whole, word, grown))
    return tuple(cuts)


def with_cuts(text: str, cuts: Iterable[Cut]) -> str:
    """Return the text with what stands in the cuts now."""
    parts = []
    at = 0
    for cut in cuts:
        parts += [text[at : cut.span.start], cut.word]
        at = cut.span.end
    return "".join([*parts, text[at:]])
