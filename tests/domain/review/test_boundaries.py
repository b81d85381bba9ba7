"""Moving a boundary by word or by character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.document import Token
from annotator.domain.model.span import Span
from annotator.domain.review.boundaries import Edge, Unit, move_edge

TEXT = "في وديالى، نَزَلَ أحد"
TOKENS = [Token(s, e, TEXT[s:e]) for s, e in [(0, 2), (3, 9), (9, 10), (11, 17), (18, 21)]]


def moved(start: int, end: int, edge: Edge, step: int, unit: Unit) -> str | None:
    span = move_edge(Span(start, end), edge, step, unit, TEXT, TOKENS)
    return span.of(TEXT) if span else None


def test_by_word_an_end_goes_to_the_ends_of_tokens() -> None:
    assert moved(0, 2, "end", 1, "word") == "في وديالى"
    assert moved(0, 2, "end", 2, "word") == "في وديالى،"
    assert moved(0, 9, "end", -1, "word") == "في"


def test_by_word_a_start_goes_to_the_starts_of_tokens_also_from_inside_one() -> None:
    assert moved(4, 9, "start", -1, "word") == "وديالى"
    assert moved(4, 10, "start", 1, "word") == "،"
    assert moved(3, 9, "start", -1, "word") == "في وديالى"


def test_by_character_a_clitic_is_left_out_and_taken_in_again() -> None:
    assert moved(3, 9, "start", 1, "char") == "ديالى"
    assert moved(4, 9, "start", -1, "char") == "وديالى"


def test_by_character_marks_stay_with_their_letter() -> None:
    assert moved(11, 17, "end", -1, "char") == "نَزَ"
    assert moved(11, 13, "end", 1, "char") == "نَزَ"
    assert moved(11, 17, "start", 1, "char") == "زَلَ"


@pytest.mark.parametrize(
    ("start", "end", "edge", "step", "unit"),
    [
        (0, 2, "start", -1, "word"),
        (18, 21, "end", 1, "word"),
        (0, 2, "end", -1, "word"),
        (0, 2, "start", 1, "word"),
        (0, 2, "start", -1, "char"),
        (18, 21, "end", 1, "char"),
        (4, 5, "end", -1, "char"),
        (4, 5, "start", 1, "char"),
    ],
)
def test_a_move_that_would_leave_the_text_or_leave_nothing_is_none(
    start: int, end: int, edge: Edge, step: int, unit: Unit
) -> None:
    assert moved(start, end, edge, step, unit) is None


@given(
    st.text(alphabet="ab َُ\u200d😀", min_size=1, max_size=12),
    st.data(),
    st.sampled_from(["start", "end"]),
    st.integers(-3, 3),
)
def test_moves_by_character_stay_in_the_text_and_move_one_edge(
    text: str, data: st.DataObject, edge: Edge, step: int
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    result = move_edge(span, edge, step, "char", text, [])
    if result is not None:
        assert result.end <= len(text)
        assert (result.end == span.end) if edge == "start" else (result.start == span.start)
