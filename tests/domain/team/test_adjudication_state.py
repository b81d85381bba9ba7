"""The state of adjudication in a document, from annotations and gold alone."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.edit import GoldValue, Write
from annotator.domain.model.span import Span
from annotator.domain.review.visibility import conflict
from annotator.domain.team.adjudication_state import AdjudicationState, DifferenceState, gold_key

Given = dict[str, dict[tuple[int, int], str]]


def state(
    given: Given, gold: dict[str, GoldValue] | None = None, voters: str = "ab", nested: bool = False
) -> AdjudicationState:
    annotations = [
        Annotation(f"{who}{start}-{end}", Span(start, end), label, who)
        for who, spans in given.items()
        for (start, end), label in spans.items()
    ]
    return AdjudicationState("d", tuple(voters), annotations, gold or {}, nested=nested)


def after(gold: dict[str, GoldValue], writes: Iterable[Write]) -> dict[str, GoldValue]:
    """Return the gold layer after some writes."""
    held = dict(gold)
    for write in writes:
        before, value = write.golds
        assert held.get(write.key) == before
        if value is None:
            held.pop(write.key, None)
        else:
            held[write.key] = value
    return held


def test_in_a_nested_tagset_an_agreed_outer_span_is_no_part_of_the_difference_inside_it() -> None:
    found = state({"a": {(0, 10): "ORG", (2, 4): "LOC"}, "b": {(0, 10): "ORG"}}, nested=True)
    assert found.agreed == [(Span(0, 10), "ORG")]
    assert [group.spans for group in found.differences] == [(Span(2, 4),)]


def test_spans_that_overlap_in_a_chain_are_one_difference() -> None:
    found = state({"a": {(0, 4): "LOC", (6, 9): "ORG"}, "b": {(3, 7): "LOC"}})
    (group,) = found.differences
    assert group.lanes == (((Span(0, 4), "LOC"), (Span(6, 9), "ORG")), ((Span(3, 7), "LOC"),))


def test_whoever_finishes_later_and_agrees_changes_nothing() -> None:
    given: Given = {"a": {(0, 4): "LOC"}, "b": {}}
    gold = after({}, state(given).settle(state(given).differences[0], [(Span(0, 4), "LOC")], "x"))
    assert state({**given, "c": {(0, 4): "LOC"}}, gold, "abc").left == 0
    (group,) = state({**given, "c": {(0, 4): "ORG"}}, gold, "abc").differences
    assert group.state is DifferenceState.OUTDATED


def test_gold_that_conflicts_after_a_merge_is_to_be_settled_again() -> None:
    gold: dict[str, GoldValue] = {
        "0:4": {"label": "LOC", "by": "x", "rests": {"a": "LOC", "b": ""}},
        "0:6": {"label": "LOC", "by": "y", "rests": {"a": "", "b": "LOC"}},
    }
    found = state({"a": {(0, 4): "LOC"}, "b": {(0, 6): "LOC"}}, gold)
    assert [group.state for group in found.differences] == [DifferenceState.COMPETING]
    gold = after(gold, found.settle(found.differences[0], found.differences[0].lanes[1], "x"))
    assert state({"a": {(0, 4): "LOC"}, "b": {(0, 6): "LOC"}}, gold).left == 0


def test_what_all_gave_and_an_adjudicator_settled_otherwise_stays_in_view() -> None:
    given: Given = {"a": {(0, 4): "LOC"}, "b": {(0, 4): "LOC"}}
    gold = after({}, state(given).label(Span(0, 6), "ORG", "x"))
    assert {key: value["label"] for key, value in gold.items()} == {"0:4": "", "0:6": "ORG"}
    (group,) = state(given, gold).differences
    assert (group.settled, group.state) == (((Span(0, 6), "ORG"),), DifferenceState.SETTLED)
    assert state(given, gold).settle_agreed("x") == []


spans = st.tuples(st.integers(0, 12), st.integers(1, 5)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@st.composite
def people(draw: st.DrawFn, nested: bool) -> Given:
    """Return what three annotators gave; the spans of each do not conflict."""
    found: Given = {}
    for who in "abc":
        own: dict[tuple[int, int], str] = {}
        for span in draw(st.lists(spans, max_size=5)):
            if not any(conflict(Span(*span), Span(*other), nested) for other in own):
                own[span] = draw(st.sampled_from(("LOC", "ORG")))
        found[who] = own
    return found


@given(st.data(), st.booleans())
def test_taking_a_lane_of_every_difference_settles_the_document(data: st.DataObject, nested: bool) -> None:
    given = data.draw(people(nested))
    gold: dict[str, GoldValue] = {}
    expected: dict[str, str] = {gold_key(span): label for span, label in state(given, None, "abc", nested).agreed}
    for group in state(given, None, "abc", nested).differences:
        lane = data.draw(st.sampled_from(group.lanes))
        gold = after(gold, state(given, gold, "abc", nested).settle(group, lane, "x"))
        expected |= {gold_key(span): label for span, label in lane}
    done = state(given, gold, "abc", nested)
    assert done.left == 0
    gold = after(gold, [*done.settle_agreed("x"), *done.settle_document("x", "abc")])
    assert {key: value["label"] for key, value in gold.items() if value["label"]} == expected
    settled = state(given, gold, "abc", nested)
    assert settled.is_settled and not settled.is_outdated and not settled.competes
