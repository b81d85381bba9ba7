"""Find the places that a figure of the agreement counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from annotator.domain.model.annotation import Annotation, OriginKind
from annotator.domain.model.place import GOLD, GivenLabel, Place
from annotator.services.progress import Progress, no_progress
from annotator.services.team.agreement import ComparedDocument, Pair, Rule, compared_documents, finished
from annotator.storage.project import Project
from annotator.team.differences import Difference, DifferenceKind, differences

MOST_PLACES = 20_000
"""The most places that are listed."""


@dataclass(frozen=True, slots=True)
class PlaceFilter:
    """Which places to find; by default all differences of all pairs.

    pair: only those of two annotators, or of one and GOLD. kinds: only differences of these kinds. labels: only places
    that have these two labels ("" for nothing) in the order of pair, in any order without one; if both are equal, this
    includes places where the annotators agree. label: only those where either gave this label. document: only those in
    this document. origins: only those of a span with one of these origins that the other did not give.
    """

    pair: Pair | None = None
    kinds: Collection[DifferenceKind] = ()
    labels: tuple[str, str] | None = None
    label: str = ""
    document: str = ""
    origins: Collection[OriginKind] = ()

    def accepts(self, difference: Difference) -> bool:
        """Return True if a difference has the kind and the labels."""
        one, other = difference.labels
        if self.labels and (one, other) != self.labels and (self.pair or (other, one) != self.labels):
            return False
        return (not self.kinds or difference.kind in self.kinds) and self.label in ("", one, other)


def find_places(
    project: Project,
    wanted: PlaceFilter,
    people: Collection[str] = (),
    rule: Rule = finished,
    progress: Progress = no_progress,
) -> list[Place]:
    """Return the places in the order of import, at most MOST_PLACES. An exception of progress stops the search.

    people and rule are those of the report. Gold is compared only if wanted.pair names it.
    """
    ids = [wanted.document] if wanted.document else list(project.documents.ids())
    chosen = {who for who in wanted.pair if who != GOLD} if wanted.pair else people
    found: list[Place] = []
    for compared in compared_documents(project, ids, chosen, rule, lambda done: progress(done, len(ids))):
        found.extend(_places(compared, wanted))
        if len(found) >= MOST_PLACES:
            break
    return found[:MOST_PLACES]


def _places(compared: ComparedDocument, wanted: PlaceFilter) -> Iterator[Place]:
    for one, other in compared.pairs():
        if (one, other) != wanted.pair if wanted.pair else other == GOLD:
            continue
        sides = compared.given[one], compared.given[other] if other != GOLD else compared.gold or []
        first, second = ({(a.span, a.label) for a in side} for side in sides)
        places = [
            (difference.span, difference.labels)
            for difference in differences(first, second, compared.tokens)
            if wanted.accepts(difference) and (not wanted.origins or _has_origin(difference, sides, wanted.origins))
        ]
        if wanted.labels and wanted.labels[0] == wanted.labels[1]:
            places += [(span, (label, label)) for span, label in first & second if label == wanted.labels[0]]
            places.sort()
        for span, labels in places:
            yield Place(compared.document.id, span, (GivenLabel(one, labels[0]), GivenLabel(other, labels[1])))


def _has_origin(
    difference: Difference, sides: tuple[list[Annotation], list[Annotation]], origins: Collection[OriginKind]
) -> bool:
    """Return True if one of the spans of a difference comes from one of the origins."""
    return any(
        (annotation.span, annotation.label) == given and annotation.origin.kind in origins
        for given, side in zip((difference.first, difference.second), sides, strict=True)
        for annotation in side
    )
