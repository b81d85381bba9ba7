"""The state of a document: after writes it is equal to a new one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.edit import CellKind, VerdictValue, Write
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion, Verdict
from annotator.domain.review.calibration import DEFAULT_THRESHOLD, WEAK_FROM
from annotator.domain.review.review_state import ReviewItem, ReviewState
from annotator.domain.review.visibility import visible_suggestions

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 20), st.integers(1, 6))
labels = st.sampled_from(["PERS", "LOC"])
suggestions = st.builds(
    Suggestion, spans, labels, st.sampled_from([0.2, 0.5, 0.9]), st.sampled_from(["a", "b"]), st.just("1"), st.none()
)
annotation_writes = st.builds(
    lambda key, span, label, gone: Write(
        "d",
        CellKind.ANNOTATION,
        key,
        None,
        None if gone else {"start": span.start, "end": span.end, "label": label, "origin": "confirmed:a"},
    ),
    st.sampled_from(["1", "2", "3", "4"]),
    spans,
    labels,
    st.booleans(),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Suggestion], list[Write]]:
    """Draw suggestions, and writes of annotations and of verdicts on these suggestions."""
    offered = draw(st.lists(suggestions, max_size=8))
    keys = st.sampled_from([*(s.key for s in offered), "90:91:LOC"])
    verdicts = st.none() | st.builds(lambda v: {"verdict": v.value}, st.sampled_from(list(Verdict)))
    verdict_writes = st.builds(lambda key, value: Write("d", CellKind.VERDICT, key, None, value), keys, verdicts)
    note = Write("d", CellKind.NOTE, "", None, {"text": "x"})
    return offered, draw(st.lists(annotation_writes | verdict_writes | st.just(note), max_size=10))


@given(cases(), st.booleans(), st.sampled_from([0.0, 0.5, 0.6]), st.integers(1, 3))
def test_a_state_after_writes_is_equal_to_a_new_one(
    case: tuple[list[Suggestion], list[Write]], nested: bool, threshold: float, at_once: int
) -> None:
    offered, writes = case
    state = ReviewState(offered, [], {}, threshold, nested)
    annotations: dict[str, Annotation] = {}
    verdicts: dict[str, VerdictValue] = {}
    for begin in range(0, len(writes), at_once):
        for w in writes[begin : begin + at_once]:
            if w.cell is CellKind.ANNOTATION:
                annotations.pop(w.key, None)
                _, labelled = w.annotations
                if labelled:
                    annotations[w.key] = Annotation.from_value(w.key, "me", labelled)
            elif w.cell is CellKind.VERDICT:
                verdicts.pop(w.key, None)
                _, decided = w.verdicts
                if decided:
                    verdicts[w.key] = decided
        state.apply("me", writes[begin : begin + at_once])
        fresh = ReviewState(offered, annotations.values(), verdicts, threshold, nested)
        assert (state.items, state.marked) == (fresh.items, fresh.marked)
        weak = [item for item in state.marked if item.weak]
        assert all(WEAK_FROM <= item.score < threshold <= DEFAULT_THRESHOLD for item in weak)
        assert [item for item in state.marked if not item.weak] == state.items
        assert (state.pending, state.decided, state.hidden) == (fresh.pending, fresh.decided, fresh.hidden)
        stand = [annotation.span for annotation in annotations.values()]
        offered_now = visible_suggestions(offered, stand, verdicts, threshold, nested)
        assert {item.key for item in fresh.items if item.is_suggestion} == {s.key for s in offered_now}
        everything = ReviewState(offered, annotations.values(), verdicts, 0.0, nested)
        assert state.hidden == everything.pending - state.pending - len(weak)
        for item in fresh.marked:
            assert state.find(item.key) == item
            assert state.marked[state.index(item)] == item
        for item in fresh.items:
            found = state.at(item.span)
            assert found is not None
            assert found.span == item.span
    state.show(0.9)
    fresh = ReviewState(offered, annotations.values(), verdicts, 0.9, nested)
    assert (state.items, state.marked) == (fresh.items, fresh.marked)


def suggest(start: int) -> Suggestion:
    return Suggestion(Span(start, start + 2), "LOC", 0.5, "a")


def skipped(start: int) -> tuple[str, VerdictValue]:
    return suggest(start).key, {"verdict": Verdict.SKIPPED.value}


def test_the_next_to_decide_is_the_next_in_the_text_then_from_the_top_and_skipped_ones_last() -> None:
    state = ReviewState(
        [suggest(0), suggest(5), suggest(10), suggest(15)], [], dict([skipped(5), skipped(15)]), 0.0, False
    )
    starts = []
    item: ReviewItem | None = None
    for _ in range(3):
        item = state.next_pending(item)
        assert item is not None
        starts.append(item.span.start)
    assert starts == [0, 10, 0]
    only_skipped = ReviewState([suggest(5), suggest(15)], [], dict([skipped(5), skipped(15)]), 0.0, False)
    first = only_skipped.next_pending(None)
    assert first is not None
    assert first.span.start == 5
    second = only_skipped.next_pending(first)
    assert second is not None
    assert second.span.start == 15
    assert second.skipped
    assert only_skipped.next_pending(second) == first


def test_with_nothing_to_decide_there_is_no_next() -> None:
    state = ReviewState([], [Annotation("1", Span(0, 2), "LOC", "me")], {}, 0.0, False)
    assert state.next_pending(None) is None
    assert state.find("no such key") is None
    assert state.at(Span(0, 3)) is None


def test_items_stand_by_start_longest_first() -> None:
    inner, outer = Annotation("1", Span(3, 5), "LOC", "me"), Annotation("2", Span(3, 9), "ORG", "me")
    state = ReviewState([suggest(0), suggest(5)], [inner, outer], {}, 0.0, True)
    assert [item.span for item in state.items] == [Span(0, 2), Span(3, 9), Span(3, 5), Span(5, 7)]


def test_an_annotation_at_the_end_of_a_group_hides_the_suggestion_that_reaches_so_far() -> None:
    offered = [Suggestion(Span(0, 5), "PERS", 0.9, "a"), Suggestion(Span(3, 9), "LOC", 0.9, "a")]
    labelled = Annotation.from_value("k", "me", {"start": 7, "end": 9, "label": "ORG", "origin": "manual"})
    state = ReviewState(offered, [labelled], {}, 0.0, nested=False)
    assert [item.key for item in state.items] == ["0:5:PERS", "k"]


def test_an_accepted_suggestion_is_not_asked_about_again_when_its_annotation_is_gone() -> None:
    state = ReviewState([suggest(0)], [], {suggest(0).key: {"verdict": Verdict.ACCEPTED.value}}, 0.0, nested=False)
    assert state.items == []


def test_many_writes_at_once_end_as_one_by_one() -> None:
    offered = [suggest(2 * number) for number in range(300)]
    values = [{"start": s.span.start, "end": s.span.end, "label": "ORG", "origin": "manual"} for s in offered]
    writes = [Write("d", CellKind.ANNOTATION, str(number), None, value) for number, value in enumerate(values)]  # type: ignore[arg-type]
    at_once, one_by_one = (ReviewState(offered, [], {}, 0.0, nested=False) for _ in range(2))
    at_once.apply("me", writes)
    for write in writes:
        one_by_one.apply("me", [write])
    assert at_once.items == one_by_one.items
    assert at_once.pending == 0
