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
    """How many annotations have a rejected suggestion: rejected by another annotator, and by the same one."""

    by_others: int = 0
    by_oneself: int = 0

    def __add__(self, other: Rejections) -> Rejections:
        """Return the sums."""
        return Rejections(self.by_others + other.by_others, self.by_oneself + other.by_oneself)


def count_rejections(
    annotations: Iterable[Annotation], decisions: Iterable[tuple[str, str, VerdictValue]]
) -> Rejections:
    """Return the rejections in one document. decisions are (annotator, Suggestion.key, verdict) of all annotators.

    An annotation stays, and is exported, although somebody rejected its suggestion. The same annotator can have done
    both in two copies of a project. If so, the place counts as by_oneself and not as by_others.
    """
    refused: dict[str, set[str]] = defaultdict(set)
    for who, key, verdict in decisions:
        if is_rejection(verdict):
            refused[key].add(who)
    given: dict[str, set[str]] = defaultdict(set)
    for annotation in annotations if refused else ():
        key = Suggestion(annotation.span, annotation.label, 0.0, "").key
        if key in refused:
            given[key].add(annotation.annotator)
    return Rejections(
        by_others=sum(bool(refused[key] - who) for key, who in given.items()),
        by_oneself=sum(bool(refused[key] & who) for key, who in given.items()),
    )


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
