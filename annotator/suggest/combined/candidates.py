"""Candidates: what several suggesters propose for a document, by span and label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.visibility import reading_order

SURE = 0.8
"""The least score of a name that the lexicon calls sure."""

Proposals = Mapping[str, Iterable[Suggestion]]
"""The suggestions of each suggester for one document, by the suggester's name; empty for one that found nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span with a label, and the score of each suggester that proposes exactly this."""

    span: Span
    label: str
    scores: Mapping[str, float]


def candidates(proposals: Proposals) -> list[Candidate]:
    """Return the candidates by start, longest first."""
    scores: dict[tuple[Span, str], dict[str, float]] = {}
    for name, suggestions in proposals.items():
        for suggestion in suggestions:
            own = scores.setdefault((suggestion.span, suggestion.label), {})
            own[name] = max(own.get(name, 0.0), suggestion.given)
    ordered = sorted(scores, key=lambda place: (reading_order(place[0]), place[1]))
    return [Candidate(span, label, scores[span, label]) for span, label in ordered]


def is_listed(candidate: Candidate) -> bool:
    """Return True for a name of which the lexicon is sure."""
    return candidate.scores.get("lexicon", 0.0) >= SURE


def is_by_rule(candidate: Candidate) -> bool:
    """Return True for what a rule of the grammar finds."""
    return "grammar" in candidate.scores


def overlapping(found: Sequence[Candidate]) -> list[list[int]]:
    """Return, for each candidate, the numbers of the others that share a code point with it."""
    others: list[list[int]] = [[] for _ in found]
    open_ones: list[int] = []
    for number, candidate in enumerate(found):
        open_ones = [other for other in open_ones if found[other].span.end > candidate.span.start]
        for other in open_ones:
            others[other].append(number)
            others[number].append(other)
        open_ones.append(number)
    return others
