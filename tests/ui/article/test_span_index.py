"""Spans are found by place, and told apart by depth."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.span import Span
from annotator.ui.article.span_index import SpanIndex, depths
from tests.ui.article.page_texts import item

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 40), st.integers(1, 20))


@given(st.lists(spans, max_size=20), spans)
def test_overlapping_finds_just_the_items_that_share_a_character(places: list[Span], place: Span) -> None:
    index = SpanIndex([item(each) for each in places])
    found = index.overlapping(place.start, place.end)
    assert sorted(each.span for each in found) == sorted(each for each in places if each.overlaps(place))


@given(st.lists(spans, max_size=12, unique=True))
def test_spans_that_overlap_never_share_a_depth_and_the_inner_lies_deeper(places: list[Span]) -> None:
    ordered = sorted(places, key=lambda span: (span.start, -span.end))
    found = depths(ordered)
    for i, one in enumerate(ordered):
        for j in range(i + 1, len(ordered)):
            if one.overlaps(ordered[j]):
                assert found[i] != found[j]
            if one.covers(ordered[j]):
                assert found[i] < found[j]


def test_three_levels_and_a_neighbour() -> None:
    assert depths([Span(0, 20), Span(2, 10), Span(4, 6), Span(30, 40)]) == [0, 1, 2, 0]


def test_of_several_items_at_a_place_the_shortest_is_meant() -> None:
    index = SpanIndex([item(Span(0, 20)), item(Span(2, 6))])
    inner, outer = index.at(3), index.at(12)
    assert inner is not None
    assert outer is not None
    assert (inner.span, outer.span) == (Span(2, 6), Span(0, 20))
    assert index.at(25) is None
