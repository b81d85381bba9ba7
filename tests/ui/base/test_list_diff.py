"""What differs between two lists of items."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.span import Span
from annotator.session import ReviewItem
from annotator.ui.article.span_index import SpanIndex
from annotator.ui.base.list_diff import changed_part
from tests.ui.article.page_texts import item

places = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=12, unique=True)


def board(spans: list[tuple[int, int]]) -> list[ReviewItem]:
    """Return items in the order of a board."""
    return sorted((item(Span(start, start + length)) for start, length in spans), key=ReviewItem.order)


@given(places, places)
def test_what_lies_outside_the_changed_part_is_equal_and_its_ends_are_not(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    old, new = board(one), board(other)
    start, old_stop, new_stop = changed_part(old, new)
    assert (old[:start], old[old_stop:]) == (new[:start], new[new_stop:])
    if start < old_stop and start < new_stop:
        assert old[start] != new[start]
        assert old[old_stop - 1] != new[new_stop - 1]


def test_equal_items_that_are_other_objects_have_not_changed() -> None:
    items = board([(0, 3), (5, 2), (9, 4)])
    again = [replace(each) for each in items]
    assert changed_part(items, again) == (3, 3, 3)
    again[1] = replace(again[1], label="ORG")
    assert changed_part(items, again) == (1, 2, 2)


@given(places, places)
def test_an_index_that_was_brought_up_to_date_finds_what_a_new_one_finds(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    old, new = board(one), board(other)
    index = SpanIndex(old)
    changed = index.update(new)
    assert {*old} ^ {*new} <= {*changed}
    fresh = SpanIndex(new)
    for position in range(45):
        assert index.overlapping(position, position + 1) == fresh.overlapping(position, position + 1)
