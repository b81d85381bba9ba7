"""Measures of agreement between annotators, from counts that add up over documents.

F1 over the spans of two annotators: with equal ends and labels, with equal ends, or with an overlap. Over the tags of
tokens: Cohen's kappa of two annotators, Fleiss' kappa and Krippendorff's alpha of several. Only documents that the
annotators have finished should count.

Every measure is a function of sums over documents. So a bootstrap over documents adds the counts of the drawn ones.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from annotator.domain.model.document import Token
from annotator.domain.model.span import Span

LabelledSpan = tuple[Span, str]
"""A span and its label, from any annotator."""

OUTSIDE = "O"
"""The tag of a token that no span touches."""
_END = itemgetter(1)
"""The end of a Span or Token, both of which are tuples. Faster than a lambda, for millions of tokens."""


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """How many spans both annotators gave with equal ends and label, and how many each gave in all."""

    both: int = 0
    first: int = 0
    second: int = 0

    @property
    def f1(self) -> float | None:
        """Return micro-F1, 0 to 1, or None if there are no spans; it is symmetric in the two annotators.

        (Hripcsak and Rothschild, "Agreement, the F-measure, and reliability in information retrieval", 2005.)
        """
        given = self.first + self.second
        return 2 * self.both / given if given else None

    def __add__(self, other: SpanAgreement) -> SpanAgreement:
        """Return the agreement over both sets of documents."""
        return SpanAgreement(self.both + other.both, self.first + other.first, self.second + other.second)


@dataclass(frozen=True, slots=True)
class OverlapAgreement:
    """How many spans of each annotator overlap one of the other with its label, and how many each gave in all."""

    first_found: int = 0
    first: int = 0
    second_found: int = 0
    second: int = 0

    @property
    def f1(self) -> float | None:
        """Return F1, 0 to 1, or None if there are no spans; it is symmetric in the two annotators.

        It is the harmonic mean of the two shares of spans, as the overlap F1 of "annotator evaluate".
        """
        if not self.first or not self.second:
            return None if self.first == self.second else 0.0
        one, other = self.first_found / self.first, self.second_found / self.second
        return 2 * one * other / (one + other) if one + other else 0.0

    def __add__(self, other: OverlapAgreement) -> OverlapAgreement:
        """Return the agreement over both sets of documents."""
        return OverlapAgreement(
            self.first_found + other.first_found,
            self.first + other.first,
            self.second_found + other.second_found,
            self.second + other.second,
        )


def span_agreement(first: Iterable[LabelledSpan], second: Iterable[LabelledSpan]) -> SpanAgreement:
    """Return the agreement on the spans of one document; equal spans with equal labels count once."""
    a, b = set(first), set(second)
    return SpanAgreement(len(a & b), len(a), len(b))


def token_tags(tokens: Sequence[Span], spans: Iterable[LabelledSpan]) -> list[str]:
    """Return one tag for each token: OUTSIDE, or that of span_tags()."""
    tags = span_tags(tokens, spans)
    return [tags.get(number, OUTSIDE) for number in range(len(tokens))]


def span_tags(tokens: Sequence[Span] | Sequence[Token], spans: Iterable[LabelledSpan]) -> dict[int, str]:
    """Return the tags of the tokens that share a code point with a span, by the number of the token.

    A tag is the IOB2 tags of all these spans joined by a bar, outer spans first: "B-ORG|B-LOC". So nested and crossing
    spans count too.
    """
    tags: dict[int, str] = {}
    at = 0
    for span, label in sorted(set(spans), key=lambda s: (s[0].start, -s[0].end, s[1])):
        at = bisect_right(tokens, span.start, at, key=_END)
        letter = "B"
        for number in range(at, len(tokens)):
            if tokens[number].start >= span.end:
                break
            tag = f"{letter}-{label}"
            tags[number] = f"{tags[number]}|{tag}" if number in tags else tag
            letter = "I"
    return tags


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of two annotators' tags, at most 1, from one pair of tags for each token.

    zip(token_tags(...), token_tags(...), strict=True) gives the pairs of a document; chain those of several. The pairs
    are counted and not kept. Return None as cohen_kappa() does.
    """
    seen = Counter(pairs)
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (a, b), count in seen.items():
        first[a] += count
        second[b] += count
    tags = list(first | second)
    agreed = sum(count for (a, b), count in seen.items() if a == b)
    return cohen_kappa(agreed, [first[tag] for tag in tags], [second[tag] for tag in tags])


def cohen_kappa(agreed: float, first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Cohen's kappa of two annotators, at most 1.

    agreed: how many units both gave the same category. first, second: how many units each gave each category, in the
    same order of categories. Return None if kappa is undefined: without units, or if both gave the same single category
    throughout. (Cohen, "A coefficient of agreement for nominal scales", 1960.)
    """
    total = sum(first)
    by_chance = sum(a * b for a, b in zip(first, second, strict=True))
    if by_chance == total * total:
        return None
    return (agreed * total - by_chance) / (total * total - by_chance)


@dataclass(frozen=True, slots=True)
class Ratings:
    """Units that the same number of annotators gave categories: the sums that Fleiss' kappa and alpha need.

    raters: how many values each unit has. agreeing: the ordered pairs of equal values of a unit, in all units. totals:
    how many values there are of each category.
    """

    raters: int
    agreeing: int = 0
    totals: Mapping[str, int] = field(default_factory=dict)


def count_ratings(units: Iterable[Iterable[str]]) -> list[Ratings]:
    """Return the sums of units by their number of values, at least two; missing values are left out of a unit.

    Example: the units ["A", "A", "B"] and ["A", "B"] give Ratings(3, 2, {"A": 2, "B": 1}) and Ratings(2, 0, {"A": 1,
    "B": 1}). A unit with one value compares nobody and does not count.
    """
    agreeing: Counter[int] = Counter()
    totals: dict[int, Counter[str]] = {}
    for unit in units:
        counts = Counter(unit)
        raters = counts.total()
        if raters > 1:
            totals.setdefault(raters, Counter()).update(counts)
            agreeing[raters] += agreeing_pairs(counts)
    return [Ratings(raters, agreeing[raters], totals[raters]) for raters in sorted(totals, reverse=True)]


def agreeing_pairs(counts: Mapping[str, int]) -> int:
    """Return how many ordered pairs of equal values a unit has, from the number of its values by category."""
    return sum(count * (count - 1) for count in counts.values())


def fleiss_kappa(raters: int, agreeing: float, totals: Sequence[float]) -> float | None:
    """Return Fleiss' kappa, at most 1, from the sums of one Ratings.

    Each unit has the same number of values, which may come from other annotators in each. Return None if kappa is
    undefined: without units, or if all values are equal. (Fleiss, "Measuring nominal scale agreement among many
    raters", 1971.)
    """
    values = sum(totals)
    by_chance = sum(total * total for total in totals)
    if by_chance == values * values:
        return None
    observed = agreeing / (values * (raters - 1))
    expected = by_chance / (values * values)
    return (observed - expected) / (1 - expected)


def krippendorff_alpha(disagreeing: float, totals: Sequence[float]) -> float | None:
    """Return Krippendorff's alpha for nominal data with missing values, at most 1.

    totals: how many values of each category there are in units of at least two values. disagreeing: the sum of
    disagreement() over the same units. Return None if alpha is undefined: without values, or if all are equal.
    (Krippendorff, "Computing Krippendorff's alpha-reliability", 2011.)
    """
    values = sum(totals)
    by_chance = values * values - sum(total * total for total in totals)
    if not by_chance:
        return None
    return 1 - (values - 1) * disagreeing / by_chance


def disagreement(raters: int, agreeing: float, values: float) -> float:
    """Return the sum of the coincidence matrix off its diagonal, from the sums of one Ratings.

    values is how many values the units have together. A pair of different values of a unit counts as 1 / (raters - 1).
    """
    return values - agreeing / (raters - 1)
