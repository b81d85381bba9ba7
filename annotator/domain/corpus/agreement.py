"""Agreement of two annotators: F1 over their spans, and Cohen's kappa over the tags of their tokens.

Both are computed for two annotators at a time, over documents that both have finished. Over several documents, add the
SpanAgreement of each, and give kappa() the pairs of tags of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.model.span import Span

LabelledSpan = tuple[Span, str]
"""A span and its label, from any annotator."""

_OUTSIDE = "O"


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """How many spans both annotators gave with equal ends and label, and how many each gave in all."""

    both: int = 0
    first: int = 0
    second: int = 0

    @property
    def f1(self) -> float | None:
        """Return micro-F1, 0 to 1, or None if there are no spans; it is symmetric in the two annotators."""
        given = self.first + self.second
        return 2 * self.both / given if given else None

    def __add__(self, other: SpanAgreement) -> SpanAgreement:
        """Return the agreement over both sets of documents."""
        return SpanAgreement(self.both + other.both, self.first + other.first, self.second + other.second)


def span_agreement(first: Iterable[LabelledSpan], second: Iterable[LabelledSpan]) -> SpanAgreement:
    """Return the agreement on the spans of one document; equal spans with equal labels count once."""
    a, b = set(first), set(second)
    return SpanAgreement(len(a & b), len(a), len(b))


def token_tags(tokens: Sequence[Span], spans: Iterable[LabelledSpan]) -> list[str]:
    """Return one tag for each token: "O", or the IOB2 tags of all spans that share a code point with it.

    Several tags are joined by a bar, outer spans first: "B-ORG|B-LOC". So nested and crossing spans count too.
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
    """Return Cohen's kappa of two annotators' tags, at most 1, from one pair of tags for each token.

    zip(token_tags(...), token_tags(...), strict=True) gives the pairs of a document; chain those of several. Return
    None if kappa is undefined: without tokens, or if both gave the same single tag throughout. The pairs are counted
    and not kept. (Cohen, "A coefficient of agreement for nominal scales", 1960.)
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
