"""Which suggestions are chosen together."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.visibility import conflict
from annotator.suggest.combined.choice import choose


def suggested(start: int, end: int, score: float, label: str = "LOC") -> Suggestion:
    return Suggestion(Span(start, end), label, score, "combined", "1")


def test_two_good_ones_are_worth_more_than_one_better_one_across_them() -> None:
    parts = [suggested(0, 4, 0.9), suggested(5, 9, 0.9)]
    assert choose([suggested(3, 6, 0.95), *parts], nested=False) == parts


def test_two_hidden_ones_never_replace_one_that_is_shown() -> None:
    shown = suggested(3, 6, 0.55)
    assert choose([suggested(0, 4, 0.49), shown, suggested(5, 9, 0.49)], nested=False) == [shown]


def test_what_competes_with_nothing_is_kept_however_unlikely() -> None:
    assert choose([suggested(0, 4, 0.1)], nested=False) == [suggested(0, 4, 0.1)]


def test_of_two_labels_at_one_place_the_likelier_is_chosen() -> None:
    both = [suggested(0, 4, 0.6, "LOC"), suggested(0, 4, 0.7, "ORG")]
    for nested in (False, True):
        assert choose(both, nested=nested) == both[1:]


def test_nested_spans_stay_if_the_tagset_allows_them_and_crossing_ones_do_not() -> None:
    outer, inner, crossing = suggested(0, 9, 0.9), suggested(0, 4, 0.7), suggested(6, 12, 0.6)
    assert choose([inner, outer, crossing], nested=True) == [outer, inner]
    assert choose([inner, outer, crossing], nested=False) == [outer]


_SOME = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 5), st.integers(0, 20)).map(
        lambda t: suggested(t[0], t[0] + t[1], t[2] / 20)
    ),
    max_size=7,
    unique_by=lambda s: s.span,
)


@given(_SOME, st.booleans())
def test_the_chosen_ones_can_be_labelled_together_and_leave_no_room_for_another(
    some: list[Suggestion], nested: bool
) -> None:
    chosen = choose(some, nested=nested)
    assert not any(conflict(one.span, other.span, nested) for one, other in combinations(chosen, 2))
    for left in set(some) - set(chosen):
        assert left.score == 0 or any(conflict(left.span, other.span, nested) for other in chosen)


@given(_SOME)
def test_no_other_choice_shows_more_confidence_above_the_threshold(some: list[Suggestion]) -> None:
    def worth(chosen: tuple[Suggestion, ...]) -> float:
        return sum(max(s.score - 0.5, 0) for s in chosen)

    best = max(
        worth(subset)
        for size in range(len(some) + 1)
        for subset in combinations(some, size)
        if not any(one.span.overlaps(other.span) for one, other in combinations(subset, 2))
    )
    assert worth(tuple(choose(some, nested=False))) >= best - 0.01
