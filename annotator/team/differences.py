"""How the spans of two annotators in one document differ: in the label, the boundary, a clitic, both, or altogether."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from annotator.domain.corpus.agreement import LabelledSpan
from annotator.domain.model.document import Token
from annotator.domain.model.span import Span
from annotator.text.clitics.toggle import differ_by_clitics


class DifferenceKind(StrEnum):
    """How two annotators differ at one place.

    label: equal ends, other labels. boundary: the same label on overlapping spans. clitic: the same, and the ends
    differ only by clitics. both: other labels on overlapping spans. one-side: only one of them labelled something.
    """

    LABEL = "label"
    BOUNDARY = "boundary"
    CLITIC = "clitic"
    BOTH = "both"
    ONE_SIDE = "one-side"


@dataclass(frozen=True, slots=True)
class Difference:
    """What each of two annotators gave at a place where they differ; None for nothing."""

    kind: DifferenceKind
    first: LabelledSpan | None
    second: LabelledSpan | None

    @property
    def span(self) -> Span:
        """Return the span of what both gave there."""
        given = [labelled[0] for labelled in (self.first, self.second) if labelled]
        return Span(min(span.start for span in given), max(span.end for span in given))

    @property
    def labels(self) -> tuple[str, str]:
        """Return the label of each; "" for nothing."""
        return self.first[1] if self.first else "", self.second[1] if self.second else ""


def differences(
    first: Collection[LabelledSpan], second: Collection[LabelledSpan], tokens: Sequence[Token]
) -> list[Difference]:
    """Return the differences of two annotators in one document, in reading order.

    Spans that both gave with the same label are left out. Each other span is paired with at most one span of the other
    annotator: one with equal ends, otherwise the one of the same label with the longest overlap, otherwise the one of
    another label with the longest overlap. So the result with the annotators exchanged has the same pairs. tokens are
    those of the whole text.
    """
    a, b = set(first), set(second)
    alone, others = a - b, b - a
    found: list[Difference] = []
    for one, other in _pairs(alone, others):
        if one in alone and other in others:
            alone.remove(one)
            others.remove(other)
            found.append(Difference(_kind(one, other, tokens), one, other))
    found += [Difference(DifferenceKind.ONE_SIDE, one, None) for one in alone]
    found += [Difference(DifferenceKind.ONE_SIDE, None, other) for other in others]
    return sorted(found, key=_place)


def _place(difference: Difference) -> tuple[int, int, tuple[str, str]]:
    """Return the reading order. It makes no Span, which would take as long as the rest of differences()."""
    spans = [labelled[0] for labelled in (difference.first, difference.second) if labelled]
    return min(span.start for span in spans), -max(span.end for span in spans), difference.labels


def kinds_of(lanes: Iterable[Collection[LabelledSpan]], tokens: Sequence[Token]) -> frozenset[DifferenceKind]:
    """Return how each two of several annotators differ, from what each gave at one place."""
    different = dict.fromkeys(frozenset(lane) for lane in lanes)
    return frozenset(each.kind for pair in combinations(different, 2) for each in differences(*pair, tokens))


def _pairs(first: set[LabelledSpan], second: set[LabelledSpan]) -> list[tuple[LabelledSpan, LabelledSpan]]:
    """Return the spans that overlap, those that belong together first, in an order that exchanging both keeps."""
    pairs = [(one, other) for one in first for other in second if one[0].overlaps(other[0])]
    return sorted(pairs, key=lambda pair: _order(*pair)) if len(pairs) > 1 else pairs


def _order(one: LabelledSpan, other: LabelledSpan) -> tuple[bool, bool, int, LabelledSpan, LabelledSpan]:
    shared = min(one[0].end, other[0].end) - max(one[0].start, other[0].start)
    return one[0] != other[0], one[1] != other[1], -shared, min(one, other), max(one, other)


def _kind(one: LabelledSpan, other: LabelledSpan, tokens: Sequence[Token]) -> DifferenceKind:
    if one[0] == other[0]:
        return DifferenceKind.LABEL
    if one[1] != other[1]:
        return DifferenceKind.BOTH
    return DifferenceKind.CLITIC if differ_by_clitics(one[0], other[0], tokens) else DifferenceKind.BOUNDARY
