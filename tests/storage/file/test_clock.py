"""Ids rise strictly, whatever the system clock does."""

from __future__ import annotations

import uuid
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.storage.file.clock import Clock, wall_ms

times = st.integers(0, 2**47)


@given(st.lists(times | st.just(5), min_size=1))
def test_ids_rise_strictly_while_the_wall_clock_jumps(wall: list[int]) -> None:
    clock = Clock(iter(wall).__next__)
    ids = [clock.new() for _ in wall]
    assert all(a < b for a, b in pairwise(ids))


@given(times, times)
def test_ids_are_greater_than_what_was_seen(now: int, seen_at: int) -> None:
    seen = Clock(lambda: seen_at).new()
    clock = Clock(lambda: now)
    clock.observe(seen)
    assert clock.new() > seen


def test_two_clocks_that_saw_the_same_do_not_give_the_same() -> None:
    seen = Clock().new()
    clocks = [Clock(lambda: 0) for _ in range(100)]
    for clock in clocks:
        clock.observe(seen)
    assert len({clock.new() for clock in clocks}) == len(clocks)


def test_a_millisecond_that_is_full_lends_from_the_next() -> None:
    clock = Clock(lambda: 7)
    ids = [clock.new() for _ in range(5000)]
    assert ids == sorted(set(ids))
    assert uuid.UUID(ids[-1]).int >> 80 == 8


def test_an_id_is_a_uuid_of_version_7_that_begins_with_the_time() -> None:
    before = wall_ms()
    made = uuid.UUID(Clock().new())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= wall_ms()
