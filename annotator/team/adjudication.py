"""Whose labels of a document count, where several annotators worked on it: pure rules, without a project.

*Voters* are the annotators who called a document done. Where nobody did, all who worked on it vote (they gave a label,
or decided on a suggestion): else a project in which nobody uses "done" would have no majority at all. A voter who gave
no label votes against every span.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.edit import VerdictValue
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.visibility import conflict, is_rejection, reading_order

MAJORITY = "majority"
"""Stands for the annotator of what a majority gave."""


def voters(done: Collection[str], worked: Collection[str]) -> frozenset[str]:
    """Return who votes on a document, given who called it done and who worked on it at all."""
    return frozenset(done) or frozenset(worked)


def majority(annotations: Iterable[Annotation], voting: Collection[str]) -> list[Annotation]:
    """Return what more than half of the voters gave: each span with its label once, by start, longest first, label.

    Its annotator is MAJORITY, its origin says how many of how many voters gave it ("agreed:2/3"), and its id is made
    of place and label. Only equal spans with equal labels are one vote; an annotator's doubles are one too. Two spans
    that a majority gave were both given by at least one voter, so they are compatible if each annotator's own are.
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
    """In how many places a label that stands was rejected there as a suggestion: by others, and by who gave it too."""

    by_others: int = 0
    by_oneself: int = 0

    def __add__(self, other: Rejections) -> Rejections:
        """Return the refusals in the documents of both."""
        return Rejections(self.by_others + other.by_others, self.by_oneself + other.by_oneself)


def count_rejections(
    annotations: Iterable[Annotation], decisions: Iterable[tuple[str, str, VerdictValue]]
) -> Rejections:
    """Return the refusals in one document; decisions are everybody's: (annotator, Suggestion.key, verdict).

    Nobody's label goes because of one: a label that stands leaves, and a rejected place is not asked about again. Of
    oneself it is where one confirmed a suggestion on one copy of a project and rejected it on another. Who rejected
    what others gave, and gave it too, is counted as oneself alone.
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
    """Return the groups of an annotator's annotations in one document of which only one can be, each by reading order.

    nested says whether spans may lie within one another.
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


def adjudicator(done: Collection[str], adjudicators: Collection[str], last_edits: Mapping[str, str]) -> str | None:
    """Return the adjudicator whose labels of a document count: who called it done, and of several edited it last.

    last_edits holds the id of each one's last edit in the document, which sorts by time. None where no adjudicator
    has called it done.
    """
    entitled = set(done) & set(adjudicators)
    return max(entitled, key=lambda who: (last_edits.get(who, ""), who), default=None)
