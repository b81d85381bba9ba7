"""Which annotations count: the rules by example, and that the annotations of a majority do not conflict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.edit import VerdictValue
from annotator.domain.model.span import Span
from annotator.domain.team.adjudication_state import voters
from annotator.team.adjudication import MAJORITY, Rejections, majority, rejected_places


def by(who: str, start: int, end: int, label: str = "PERS") -> Annotation:
    """Return an annotation of somebody."""
    return Annotation(f"{who}{start}", Span(start, end), label, who)


def test_who_called_it_done_votes_and_else_all_who_worked() -> None:
    assert voters({"a"}, {"a", "b"}) == {"a"}
    assert voters((), {"a", "b"}) == {"a", "b"}
    assert voters((), ()) == frozenset()


@pytest.mark.parametrize(
    ("givers", "voting", "stands"),
    [("ab", "abc", True), ("a", "abc", False), ("a", "ab", False), ("ab", "ab", True), ("a", "a", True)],
)
def test_more_than_half_of_the_voters_must_have_given_it(givers: str, voting: str, stands: bool) -> None:
    found = majority([by(who, 0, 4) for who in givers], voting)
    assert bool(found) == stands
    if stands:
        (one,) = found
        assert (one.annotator, str(one.origin)) == (MAJORITY, f"agreed:{len(givers)}/{len(voting)}")


def test_another_label_another_edge_and_who_has_no_vote_do_not_count() -> None:
    given = [by("a", 0, 4), by("b", 0, 4, "LOC"), by("c", 0, 5), by("d", 0, 4), by("a", 0, 4)]
    assert majority(given, "abc") == []
    assert [a.span for a in majority(given, "ad")] == [Span(0, 4)]


@given(st.lists(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5)), max_size=4), min_size=1, max_size=5))
def test_spans_of_a_majority_never_cross_where_nobodys_own_do(people: list[list[tuple[int, int]]]) -> None:
    annotations = []
    for number, places in enumerate(people):
        own: list[Span] = []
        for start, length in places:
            span = Span(start, start + length)
            if not any(span.overlaps(other) for other in own):
                own.append(span)
                annotations.append(by(str(number), span.start, span.end))
    found = [a.span for a in majority(annotations, [str(n) for n in range(len(people))])]
    assert not any(one.overlaps(other) for i, one in enumerate(found) for other in found[i + 1 :])


@pytest.mark.parametrize(
    ("givers", "refusers", "found"),
    [
        ("a", "b", Rejections(1, 0)),
        ("a", "a", Rejections(0, 1)),
        ("ab", "b", Rejections(0, 1)),
        ("ab", "bc", Rejections(1, 1)),
        ("", "b", Rejections()),
        ("a", "", Rejections()),
    ],
)
def test_a_label_that_stands_and_was_rejected_is_a_refusal_by_others_or_by_oneself(
    givers: str, refusers: str, found: Rejections
) -> None:
    decisions = [(who, "0:4:PERS", VerdictValue(verdict="rejected")) for who in refusers]
    places = rejected_places([by(who, 0, 4) for who in givers], decisions)
    assert Rejections(sum(p.by_others for p in places), sum(p.by_oneself for p in places)) == found
    expected = [(frozenset(givers), frozenset(refusers))] if givers and refusers else []
    assert [(p.givers, p.refusers) for p in places] == expected


def test_another_place_another_label_and_another_verdict_refuse_nothing() -> None:
    rejected = VerdictValue(verdict="rejected")
    decisions = [("b", "0:5:PERS", rejected), ("b", "0:4:LOC", rejected)]
    decisions += [("c", "0:4:PERS", VerdictValue(verdict=verdict)) for verdict in ("accepted", "corrected", "skipped")]
    assert rejected_places([by("a", 0, 4)], decisions) == []
