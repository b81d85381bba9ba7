"""How long work reports its progress: a callable that takes the steps done and the steps in all.

An exception that the callable raises stops the work.
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]

_STEPS = 1000


def no_progress(done: int, total: int) -> None:
    """Ignore the progress."""


def part_of_progress(progress: Progress, number: int, parts: int) -> Progress:
    """Return a Progress that reports part `number` of `parts` equal parts of the whole.

    Example: done 1 of 2 in part 0 of 4 is reported as 500 of 4000.
    """

    def report(done: int, total: int) -> None:
        progress(number * _STEPS + min(_STEPS, done * _STEPS // max(1, total)), parts * _STEPS)

    return report
