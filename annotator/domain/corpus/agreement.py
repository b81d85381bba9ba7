"""How far two annotators agree: F1 over their spans, and Cohen's kappa over the tags of their tokens.

Both are counted for two annotators at a time, over documents that both have finished, and add up over documents: sums
of SpanAgreement, and one stream of pairs of tags for kappa.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.model.span import Span

LabelledSpan = tuple[Span, str]
"""A span and its label, whoever gave it."""

_OUTSIDE = "O"


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """How many spans with their labels both gave, to the character, and how many each gave in all; counts add up."""

    both: int = 0
    first: int = 0
    second: int = 0

    @property
    def f1(self) -> float | None:
        """Return micro-F1, 0 to 1, the same whichever of the two is taken for the truth; None where nobody gave any."""
        given = self.first + self.second
        return 2 * self.both / given if given else None

    def __add__(self, other: SpanAgreement) -> SpanAgreement:
        """Return the agreement over both sets of documents."""
        return SpanAgreement(self.both + other.both, self.first + other.first, self.second + other.second)


def span_agreement(first: Iterable[LabelledSpan], second: Iterable[LabelledSpan]) -> SpanAgreement:
    """Return the agreement on the spans of one document; a span given twice with one label counts once."""
    a, b = set(first), set(second)
    return SpanAgreement(len(a & b), len(a), len(b))


def token_tags(tokens: Sequence[Span], spans: Iterable[LabelledSpan]) -> list[str]:
    """Return one tag for each token, in text order: "O", or the IOB2 tags of all spans that it shares a letter with.

    Outer spans come first, and a bar stands between: "B-ORG|B-LOC". So nested and crossing spans count too.
    """
    tags: list[list[str]] = [[] for _ in tokens]
    at = 0
    for span, label in sorted(set(spans), key=lambda s: (s[0].start, -s[0].end, s[1])):
        while at < len(tokens) and tokens[at].end <= span.start:
            at += 1
        letter = "B"
        for number in range(at, len(tokens)):
            if tokens[number].start >= span.end:
                break
            tags[number].append(f"{letter}-{label}")
            letter = "I"
    return ["|".join(own) or _OUTSIDE for own in tags]


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of two annotators' tags, at most 1, from one pair for each token they both saw.

    zip(token_tags(...), token_tags(...), strict=True) gives the pairs of a document; chain those of several. None where
    it is not defined: without a token, or where both gave one and the same tag throughout. (Cohen 1960, "A coefficient
    of agreement for nominal scales".) Only the numbers of tags are held, never the pairs.
    """
    seen = Counter(pairs)
    total = seen.total()
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (a, b), count in seen.items():
        first[a] += count
        second[b] += count
    by_chance = sum(first[tag] * second[tag] for tag in first)
    if by_chance == total * total:
        return None
    observed = sum(count for (a, b), count in seen.items() if a == b)
    return (observed * total - by_chance) / (total * total - by_chance)
