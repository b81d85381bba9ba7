"""Spans: what they refuse and how they relate."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.span import Span

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 12), st.integers(1, 12))


def places(span: Span) -> set[int]:
    return set(range(span.start, span.end))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2)])
def test_an_empty_or_negative_range_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(start, end)


@given(spans, spans)
def test_relations_are_those_of_sets_of_places(one: Span, other: Span) -> None:
    a, b = places(one), places(other)
    assert one.covers(other) == (b <= a)
    assert one.overlaps(other) == bool(a & b)
    assert one.touches(other) == bool((a | {one.end}) & (b | {other.end}) or a & b)
    assert one.crosses(other) == bool(a & b and a - b and b - a)


def test_a_span_is_counted_in_code_points() -> None:
    text = "a😀لُغة"
    assert Span(1, 3).of(text) == "😀ل"
    assert len(Span(1, 3)) == 2


@given(spans, spans)
def test_spans_are_their_two_ends_but_as_long_as_their_characters(one: Span, other: Span) -> None:
    ends, others = (one.start, one.end), (other.start, other.end)
    assert (one == other, one < other, hash(one) == hash(other)) == (ends == others, ends < others, ends == others)
    assert len(one) == len(places(one))
    assert copy.copy(one) == one
    assert repr(one) == f"Span(start={one.start}, end={one.end})"
