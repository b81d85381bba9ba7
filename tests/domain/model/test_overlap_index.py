"""The index of spans finds what a look at every span finds, and a long one does not make it slow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.overlap_index import OverlapIndex
from annotator.domain.model.span import Span

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 40))


@given(st.lists(spans, max_size=20), st.data(), spans)
def test_the_index_finds_the_spans_that_overlap(some: list[Span], data: st.DataObject, asked: Span) -> None:
    index = OverlapIndex()
    for number, span in enumerate(some):
        index.add(span, str(number))
    before = index.copy()
    gone = data.draw(st.sets(st.sampled_from(range(len(some))))) if some else set()
    for number in gone:
        index.remove(some[number], str(number))
    there = sorted((span, str(number)) for number, span in enumerate(some) if span.overlaps(asked))
    assert sorted(before.overlapping(asked)) == there
    assert sorted(index.overlapping(asked)) == [found for found in there if int(found[1]) not in gone]
    assert sorted(span for span, _ in OverlapIndex(some).overlapping(asked)) == [span for span, _ in there]


@pytest.mark.parametrize("length", [1, 2, 3, 4, 7, 8])
def test_spans_that_share_one_code_point_overlap(length: int) -> None:
    span = Span(10, 10 + length)
    index = OverlapIndex([span])
    for asked, found in ((Span(9, 10), []), (Span(9, 11), [span]), (Span(span.end - 1, span.end + 1), [span])):
        assert [each for each, _ in index.overlapping(asked)] == found
    assert list(index.overlapping(Span(span.end, span.end + 1))) == []
