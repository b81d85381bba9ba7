"""What four times as many places cost is counted in calls, not timed: about four times as much, not sixteen times."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.decisions import EditBuilder, confirm, label_spans, remove_labels
from annotator.domain.review.review_state import ReviewState
from annotator.domain.review.visibility import visible_suggestions

FEW, MANY = 1_000, 4_000
MOST = 5.5
"""Four times as many places, each with a search whose cost is a logarithm."""


def calls_of(act: Callable[[], object]) -> int:
    """Count the calls of functions, those written in C among them."""
    count = 0

    def note(_: FrameType, event: str, __: object) -> None:
        """Count one call."""
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def places(count: int) -> list[Span]:
    return [Span(10 * number, 10 * number + 5) for number in range(count)]


def annotated(count: int) -> list[Annotation]:
    """Annotate each place, and the whole text: that one overlaps all others."""
    whole = Annotation("whole", Span(0, 10 * count), "ORG", "me")
    return [whole, *(Annotation(str(n), span, "LOC", "me") for n, span in enumerate(places(count)))]


def suggestions(count: int, *, whole: bool) -> list[Suggestion]:
    """Suggest each place and, if asked for, the whole text, which makes all of them one group."""
    found = [Suggestion(span, "LOC", 0.5, "a") for span in places(count)]
    return [*found, Suggestion(Span(0, 10 * count), "ORG", 0.9, "a")] if whole else found


def spread_over(count: int, *, nested: bool, has_annotations: bool) -> Callable[[], object]:
    state = ReviewState((), annotated(count)[nested:] if has_annotations else (), {}, 0.0, nested)
    return lambda: label_spans(EditBuilder(state, "d", "me"), places(count), "PERS")


def clear_all(count: int) -> Callable[[], object]:
    state = ReviewState((), annotated(count)[1:], {}, 0.0, False)
    return lambda: remove_labels(EditBuilder(state, "d", "me"), places(count))


def confirm_all(count: int, *, nested: bool) -> Callable[[], object]:
    state = ReviewState(suggestions(count, whole=nested), (), {}, 0.0, nested)

    def act() -> None:
        """Confirm all that is shown, take it in, find it again, and take it back."""
        builder = EditBuilder(state, "d", "me")
        unsaved = confirm(builder, state.items)
        assert unsaved and len(unsaved.writes) == 2 * count + 2 * nested
        state.apply("me", unsaved.writes)
        state.apply("me", [write.inverse() for write in unsaved.writes])
        assert all(state.find(write.key) for write in unsaved.writes if ":" in write.key)

    return act


def look_at_all(count: int, *, has_annotations: bool) -> Callable[[], object]:
    spans = [annotation.span for annotation in annotated(count)] if has_annotations else []
    offered = suggestions(count, whole=not has_annotations)
    return lambda: visible_suggestions(offered, spans, {}, 0.0, True)


WORK: dict[str, Callable[[int], Callable[[], object]]] = {
    "spread over free places": lambda count: spread_over(count, nested=False, has_annotations=False),
    "spread over annotations": lambda count: spread_over(count, nested=False, has_annotations=True),
    "spread over nested annotations": lambda count: spread_over(count, nested=True, has_annotations=True),
    "clear": clear_all,
    "confirm all": lambda count: confirm_all(count, nested=False),
    "confirm all in one group": lambda count: confirm_all(count, nested=True),
    "visible beside nested annotations": lambda count: look_at_all(count, has_annotations=True),
    "visible in one nested group": lambda count: look_at_all(count, has_annotations=False),
}


@pytest.mark.parametrize("work", WORK)
def test_four_times_as_many_places_cost_about_four_times_as_much(work: str) -> None:
    few, many = (calls_of(WORK[work](count)) for count in (FEW, MANY))
    assert few > FEW
    assert many / few < MOST, (few, many)
