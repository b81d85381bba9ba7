"""A hybrid clock: UUIDv7 that rise strictly, whatever the wall clock does."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable

_COUNTER_BITS = 12
_RANDOM_BITS = 62


def wall_ms() -> int:
    """Return the wall clock in ms since 1970."""
    return time.time_ns() // 1_000_000


class Clock:
    """Gives UUIDv7 in canonical text form, each greater than all that it gave or was shown.

    Within one millisecond, and while the wall clock is behind what was seen, the 12 bits behind the
    time count on; when they are full the time itself moves on by one. The last 62 bits are random,
    so two clocks that saw the same ids do not give the same one.
    """

    def __init__(self, now: Callable[[], int] = wall_ms) -> None:
        """Read the time in ms since 1970 from now()."""
        self._now = now
        self._ticks = 0

    def new(self) -> str:
        """Return the next id."""
        self._ticks = max(self._ticks + 1, self._now() << _COUNTER_BITS)
        ms, counter = divmod(self._ticks, 1 << _COUNTER_BITS)
        head = ms << 80 | 0x7 << 76 | counter << 64
        return str(uuid.UUID(int=head | 0b10 << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)))

    def observe(self, seen: str | None) -> None:
        """Make every later id greater than this one; None is no id."""
        if seen:
            value = uuid.UUID(seen).int
            self._ticks = max(self._ticks, value >> 80 << _COUNTER_BITS | value >> 64 & 0xFFF)
