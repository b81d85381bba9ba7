"""Which annotations of a document count if several annotators worked on it.

These are rules without access to a project. annotator.domain.team.adjudication_state says who votes on a document. A
voter without an annotation votes against every span.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.edit import VerdictValue
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.visibility import conflict, is_rejection, reading_order

MAJORITY = "majority"
"""The annotator of annotations that a majority gave."""


def majority(annotations: Iterable[Annotation], voting: Collection[str]) -> list[Annotation]:
    """Return the annotations that more than half of the voters gave, by start, longest first, then label.

    Example: two of three voters label 4-10 as LOC. The result has this span once, with the annotator MAJORITY and the
    origin "agreed:2/3". Only equal spans with equal labels count as the same. Two spans of the result were both given
    by at least one voter, so they do not conflict if no annotator's own spans do.
    """
    votes: dict[tuple[Span, str], set[str]] = defaultdict(set)
    for annotation in annotations:
        if annotation.annotator in voting:
            votes[annotation.span, annotation.label].add(annotation.annotator)
    settled = [
        Annotation(
            f"{span.start}:{span.end}:{label}",
            span,
            label,
            MAJORITY,
            Origin(OriginKind.AGREED, f"{len(givers)}/{len(voting)}"),
        )
        for (span, label), givers in votes.items()
        if 2 * len(givers) > len(voting)
    ]
    return sorted(settled, key=lambda a: (a.span.start, -a.span.end, a.label))


@dataclass(frozen=True, slots=True)
class Rejections:
    """How many places have an annotation and a rejected suggestion: rejected by somebody else, and by oneself."""

    by_others: int = 0
    by_oneself: int = 0


@dataclass(frozen=True, slots=True)
class RejectedPlace:
    """An annotation whose suggestion was rejected: who gave it, and who rejected it, by id."""

    span: Span
    label: str
    givers: frozenset[str]
    refusers: frozenset[str]

    @property
    def by_others(self) -> bool:
        """Return True if somebody rejected it who did not give it."""
        return bool(self.refusers - self.givers)

    @property
    def by_oneself(self) -> bool:
        """Return True if somebody both gave and rejected it."""
        return bool(self.refusers & self.givers)


def rejected_places(
    annotations: Iterable[Annotation], decisions: Iterable[tuple[str, str, VerdictValue]]
) -> list[RejectedPlace]:
    """Return the annotations in a document whose suggestion somebody rejected, equal ones of several people once.

    decisions are (annotator, Suggestion.key, verdict) of all annotators. An annotation stays, and is exported, although
    somebody rejected its suggestion. The same annotator can have done both in two copies of a project.
    """
    refused: dict[str, set[str]] = defaultdict(set)
    for who, key, verdict in decisions:
        if is_rejection(verdict):
            refused[key].add(who)
    given: dict[tuple[Span, str], set[str]] = defaultdict(set)
    for annotation in annotations if refused else ():
        if Suggestion(annotation.span, annotation.label, 0.0, "").key in refused:
            given[annotation.span, annotation.label].add(annotation.annotator)
    return [
        RejectedPlace(span, label, frozenset(givers), frozenset(refused[Suggestion(span, label, 0.0, "").key]))
        for (span, label), givers in given.items()
    ]


def conflicting_groups(annotations: Iterable[Annotation], nested: bool) -> list[list[Annotation]]:
    """Return the groups of one annotator's annotations in a document that conflict, each in reading order.

    nested allows spans within each other.
    """
    by_person: dict[str, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        by_person[annotation.annotator].append(annotation)
    groups: list[list[Annotation]] = []
    for theirs in by_person.values():
        group: list[Annotation] = []
        for annotation in sorted(theirs, key=lambda each: reading_order(each.span)):
            if not any(conflict(annotation.span, other.span, nested) for other in group):
                groups.append(group)
                group = []
            group.append(annotation)
        groups.append(group)
    return [group for group in groups if len(group) > 1]
