"""Time spent: counted between signs of life, pauses left out, nothing counted twice or for the wrong document."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.review.stopwatch import IDLE_MS, Stopwatch, WorkInterval

EPOCH = 1_000_000


class ManualStopwatch:
    """A stopwatch with a clock that is moved by timer."""

    def __init__(self) -> None:
        self.time = 0
        self.watch = Stopwatch(lambda: self.time, lambda: EPOCH + self.time)

    def wait(self, ms: int) -> None:
        self.time += ms

    def act_after(self, ms: int) -> None:
        self.wait(ms)
        self.watch.touch()


def test_what_lies_between_two_signs_of_life_counts_and_a_pause_does_not() -> None:
    timer = ManualStopwatch()
    timer.watch.open("a")
    timer.act_after(10_000)
    timer.act_after(IDLE_MS)
    timer.act_after(IDLE_MS + 1)
    timer.act_after(5)
    assert timer.watch.take() == [WorkInterval("a", EPOCH, 70_000), WorkInterval("a", EPOCH + 130_001, 5)]
    assert timer.watch.take() == []


def test_the_time_goes_to_the_document_that_was_open() -> None:
    timer = ManualStopwatch()
    timer.watch.touch()
    timer.wait(100)
    timer.watch.open("a")
    timer.wait(3)
    timer.watch.open("b")
    timer.wait(4)
    timer.watch.open("")
    timer.act_after(5)
    assert timer.watch.take() == [WorkInterval("a", EPOCH + 100, 3), WorkInterval("b", EPOCH + 103, 4)]


def test_nothing_counts_while_the_window_is_left() -> None:
    timer = ManualStopwatch()
    timer.watch.open("a")
    timer.wait(7)
    timer.watch.rest()
    timer.wait(1000)
    timer.watch.rest()
    timer.act_after(1000)
    timer.act_after(2)
    assert [s.ms for s in timer.watch.take()] == [7, 2]


def test_taking_in_between_loses_and_doubles_nothing() -> None:
    timer = ManualStopwatch()
    timer.watch.open("a")
    timer.act_after(30)
    taken = timer.watch.take()
    timer.act_after(12)
    assert [*taken, *timer.watch.take()] == [WorkInterval("a", EPOCH, 30), WorkInterval("a", EPOCH + 30, 12)]


steps = st.tuples(st.integers(0, 2 * IDLE_MS), st.sampled_from(["touch", "rest", "open a", "open b", "take"]))


@given(st.lists(steps, max_size=40))
def test_whatever_is_done_no_stretches_overlap_and_no_time_is_invented(done: list[tuple[int, str]]) -> None:
    timer = ManualStopwatch()
    found: list[WorkInterval] = []
    for ms, step in done:
        timer.wait(ms)
        if step == "take":
            found += timer.watch.take()
        elif step.startswith("open"):
            timer.watch.open(step[-1])
        else:
            getattr(timer.watch, step)()
    timer.watch.rest()
    found += timer.watch.take()
    assert all(s.ms > 0 for s in found)
    for one, other in pairwise(found):
        assert one.started + one.ms <= other.started
    assert sum(s.ms for s in found) <= timer.time
