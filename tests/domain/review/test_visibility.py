"""Which suggestions are shown: the pending rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.edit import VerdictValue
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion, Verdict
from annotator.domain.review.visibility import (
    combined_verdicts,
    conflict,
    overlapping_groups,
    rank,
    visible_suggestions,
)

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(1, 6))
suggestions = st.builds(
    Suggestion,
    spans,
    st.sampled_from(["PERS", "LOC"]),
    st.sampled_from([0.2, 0.5, 0.9]),
    st.sampled_from(["a", "b"]),
    st.just("1"),
    st.none(),
)


def suggest(start: int, end: int, score: float = 0.5, suggester: str = "a", label: str = "LOC") -> Suggestion:
    return Suggestion(Span(start, end), label, score, suggester)


def verdict(kind: Verdict) -> VerdictValue:
    return {"verdict": kind.value}


@pytest.mark.parametrize(
    ("kind", "shown"),
    [(Verdict.ACCEPTED, 0), (Verdict.CORRECTED, 0), (Verdict.REJECTED, 0), (Verdict.SKIPPED, 1)],
)
def test_a_verdict_hides_a_suggestion_unless_it_was_only_skipped(kind: Verdict, shown: int) -> None:
    assert len(visible_suggestions([suggest(0, 3)], [], {"0:3:LOC": verdict(kind)}, 0.0, nested=False)) == shown


def test_a_verdict_holds_for_every_suggester_of_the_place_and_label() -> None:
    both = [suggest(0, 3, suggester="a"), suggest(0, 3, suggester="b"), suggest(0, 3, label="PERS", score=0.1)]
    assert visible_suggestions(both, [], {"0:3:LOC": verdict(Verdict.CORRECTED)}, 0.0, nested=False) == [both[2]]


def test_a_rejection_shuts_its_place_to_every_suggester_version_and_label_but_no_other_place() -> None:
    again = [
        Suggestion(Span(0, 3), "LOC", 0.9, "a", "2"),
        Suggestion(Span(0, 3), "LOC", 0.9, "b", "1"),
        Suggestion(Span(0, 3), "ORG", 0.9, "a", "2"),
    ]
    rejected = {"0:3:LOC": verdict(Verdict.REJECTED)}
    assert visible_suggestions(again, [], rejected, 0.0, nested=False) == []
    beside = suggest(0, 5)
    assert visible_suggestions([*again, beside], [], rejected, 0.0, nested=False) == [beside]
    assert visible_suggestions(again[:1], [], {"0:3:LOC": verdict(Verdict.SKIPPED)}, 0.0, nested=False) == again[:1]


def test_of_several_annotators_a_rejection_counts_and_a_skip_decides_nothing() -> None:
    rejected, accepted, skipped = map(verdict, (Verdict.REJECTED, Verdict.ACCEPTED, Verdict.SKIPPED))
    for said, stands in (
        ([rejected, accepted], {"0:3:LOC": rejected}),
        ([accepted, rejected], {"0:3:LOC": rejected}),
        ([accepted, skipped], {"0:3:LOC": accepted}),
        ([skipped], {}),
    ):
        assert combined_verdicts([("0:3:LOC", each) for each in said]) == stands


def test_spans_that_only_touch_do_not_compete() -> None:
    one, beside, over = suggest(0, 3), suggest(3, 6), suggest(5, 8)
    assert list(overlapping_groups([over, beside, one])) == [[one], [beside, over]]


def test_a_higher_threshold_shows_part_of_what_a_lower_one_shows() -> None:
    offered = [suggest(0, 9, 0.4), suggest(0, 3, 0.9), suggest(5, 8, 0.3)]
    low, high = (visible_suggestions(offered, [], {}, threshold, nested=False) for threshold in (0.0, 0.5))
    assert low == offered[1:]
    assert high == [s for s in low if s.score >= 0.5]


def test_a_score_at_the_threshold_is_shown_and_one_below_is_not() -> None:
    assert visible_suggestions([suggest(0, 3, 0.5), suggest(4, 6, 0.49)], [], {}, 0.5, nested=False) == [
        suggest(0, 3, 0.5)
    ]


def test_an_annotation_hides_what_overlaps_it_and_not_what_is_adjacent() -> None:
    offered = [suggest(0, 3), suggest(3, 5), suggest(6, 9)]
    assert visible_suggestions(offered, [Span(2, 3), Span(8, 20)], {}, 0.0, nested=False) == [offered[1]]


def test_where_spans_may_be_nested_an_annotation_hides_only_what_equals_or_crosses_it() -> None:
    offered = [suggest(0, 9), suggest(2, 5), suggest(3, 4), suggest(4, 8)]
    assert visible_suggestions(offered, [Span(2, 5)], {}, 0.0, nested=True) == [offered[0], offered[2]]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (suggest(0, 2, 0.9), suggest(1, 9, 0.8)),
        (suggest(1, 9), suggest(0, 2)),
        (suggest(0, 4), suggest(2, 6)),
        (suggest(0, 4, suggester="a"), suggest(0, 4, suggester="b", label="AAA")),
    ],
    ids=["score", "length", "earlier", "suggester"],
)
def test_of_competing_suggestions_the_better_is_shown(better: Suggestion, worse: Suggestion) -> None:
    assert visible_suggestions([worse, better], [], {}, 0.0, nested=False) == [better]


@given(st.lists(suggestions, max_size=12), st.lists(spans, max_size=4), st.booleans())
def test_what_is_shown_never_competes_and_what_is_hidden_has_a_better_rival(
    offered: list[Suggestion], annotated: list[Span], nested: bool
) -> None:
    shown = visible_suggestions(offered, annotated, {}, 0.0, nested)
    assert shown == sorted(shown, key=lambda s: (s.span.start, -s.span.end))
    for s in offered:
        rivals = [o for o in shown if conflict(o.span, s.span, nested)]
        taken = any(conflict(span, s.span, nested) for span in annotated)
        if s in shown:
            assert not taken
            assert rivals == [s]
        else:
            assert taken or min(map(rank, rivals)) < rank(s)
