"""The cases of a check while they are decided: what has become of each place since the labels were checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from annotator.domain.label_check.case import Case, CaseKind, CasePlace, checked_key
from annotator.domain.model.annotation import Annotation
from annotator.domain.review.visibility import conflict
from annotator.services.progress import Progress, no_progress
from annotator.storage.project import Project

_CHUNK = 200
"""Documents read at a time."""


class PlaceState(StrEnum):
    """What has become of a place.

    open: the labels are as they were when they were checked. fixed: they are as the correction proposes. right:
    somebody found them right. outdated: they were changed in another way, or the document was removed.
    """

    OPEN = "open"
    FIXED = "fixed"
    RIGHT = "right"
    OUTDATED = "outdated"


Number = tuple[int, int]
"""The number of a case and that of one of its places, both from 0."""


class CheckedCases:
    """The cases of a check of an annotator's labels, in their order, with the state of each place.

    A case is open while one of its places is.
    """

    def __init__(self, annotator: str, cases: Sequence[Case]) -> None:
        """Take the cases of a check that has just ended; annotator is an id."""
        self.annotator = annotator
        self.cases = cases
        self._states = [[PlaceState.OPEN] * len(case.places) for case in cases]
        self._in: Mapping[str, list[Number]] = defaultdict(list)
        for number, case in enumerate(cases):
            for place, each in enumerate(case.places):
                self._in[each.document].append((number, place))

    @property
    def documents(self) -> Collection[str]:
        """Return the ids of the documents that have a place."""
        return self._in.keys()

    def states(self, case: int) -> Sequence[PlaceState]:
        """Return the states of the places of a case, in their order."""
        return self._states[case]

    def open_places(self, case: int) -> list[CasePlace]:
        """Return the open places of a case."""
        return [
            each
            for each, state in zip(self.cases[case].places, self._states[case], strict=True)
            if state is PlaceState.OPEN
        ]

    def is_open(self, case: int) -> bool:
        """Return True if a place of the case is open."""
        return PlaceState.OPEN in self._states[case]

    def read(
        self, project: Project, documents: Collection[str], progress: Progress = no_progress
    ) -> dict[Number, PlaceState]:
        """Return the present states in some documents, for take(). Nothing here changes, so another thread may read.

        progress is called with the documents done and in all; an exception that it raises stops the reading.
        """
        wanted = [document for document in documents if document in self._in]
        found: dict[Number, PlaceState] = {}
        for start in range(0, len(wanted), _CHUNK):
            progress(start, len(wanted))
            some = wanted[start : start + _CHUNK]
            given = project.log.annotations_of_many(some, self.annotator)
            right = project.label_checks.found_right(some)
            removed = project.documents.removed(some)
            for document in some:
                for case, place in self._in[document]:
                    kind, each = self.cases[case].kind, self.cases[case].places[place]
                    state = _state(each, given[document], nested=project.tagset.nested)
                    if document in removed:
                        state = PlaceState.OUTDATED
                    elif state is PlaceState.OPEN and (document, checked_key(kind, each.span), each.label) in right:
                        state = PlaceState.RIGHT
                    found[case, place] = state
        return found

    def take(self, states: Mapping[Number, PlaceState]) -> list[Number]:
        """Take over what read() returned, and return the places whose state changed, in order."""
        changed = [(case, place) for (case, place), state in states.items() if self._states[case][place] is not state]
        for case, place in changed:
            self._states[case][place] = states[case, place]
        return sorted(changed)

    def kinds(self) -> Mapping[CaseKind, int]:
        """Return how many open cases there are of each kind, in the order of CaseKind."""
        counts = dict.fromkeys(CaseKind, 0)
        for number, case in enumerate(self.cases):
            counts[case.kind] += self.is_open(number)
        return counts


def _state(place: CasePlace, given: Sequence[Annotation], *, nested: bool) -> PlaceState:
    """Return the state of a place from the annotations in its document; open if it may have been found right."""
    held = {(each.span, each.label) for each in given}
    if place.label and (place.span, place.label) in held:
        return PlaceState.OPEN
    fix = place.fix
    if fix is not None and fix.label and (fix.span, fix.label) in held:
        return PlaceState.FIXED
    is_bare = not any(conflict(each.span, place.span, nested) for each in given)
    if not place.label:
        return PlaceState.OPEN if is_bare else PlaceState.OUTDATED
    return PlaceState.FIXED if is_bare and fix is not None and not fix.label else PlaceState.OUTDATED
