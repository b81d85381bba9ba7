"""The changed part of a list of items: after a decision nearly all of thousands are the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, count
from operator import is_not


def changed_part(old: Sequence[object], new: Sequence[object]) -> tuple[int, int, int]:
    """Return where two lists start to differ, and where the difference ends in the old and in the new one."""
    shorter = min(len(old), len(new))
    start = _alike(old, new, shorter)
    tail = _alike(old[::-1], new[::-1], shorter - start)
    return start, len(old) - tail, len(new) - tail


def _alike(old: Sequence[object], new: Sequence[object], most: int) -> int:
    # Most items are the same object. Skipping these in C keeps a list of thousands cheap.
    others = compress(count(), map(is_not, old, new))
    return min(next((number for number in others if old[number] != new[number]), most), most)
