"""A hybrid clock: it makes UUIDv7 ids that rise strictly, whatever the system clock does."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable

_COUNTER_BITS = 12
_RANDOM_BITS = 62


_LAST_MS = (1 << 48) - 1
"""The greatest time of a UUIDv7, in ms since 1970: in the year 10889."""


class ClockOverflowError(Exception):
    """No id can be greater than one that was observed."""


def wall_ms() -> int:
    """Return the system time in ms since 1970; 0 for an earlier time."""
    return max(0, time.time_ns() // 1_000_000)


def timestamp_ms(stamp: str) -> int:
    """Return when a UUIDv7 was made, in ms since 1970. Raises ValueError if it is not a UUID."""
    return uuid.UUID(stamp).int >> 80


class Clock:
    """Makes UUIDv7 ids, each greater than all that it made or observed.

    Within one millisecond, and while the system clock is behind an observed id, the 12-bit counter after the time
    rises; when it overflows, the time rises by 1 ms. The last 62 bits are random, so two clocks never make the same id.
    """

    def __init__(self, now: Callable[[], int] = wall_ms) -> None:
        self._now = now
        self._ticks = 0

    def new(self) -> str:
        """Return the next id. Raises ClockOverflowError if an id at the end of time was observed."""
        ticks = max(self._ticks + 1, self._now() << _COUNTER_BITS)
        ms, counter = divmod(ticks, 1 << _COUNTER_BITS)
        if ms > _LAST_MS:
            raise ClockOverflowError
        self._ticks = ticks
        head = ms << 80 | 0x7 << 76 | counter << 64
        return str(uuid.UUID(int=head | 0b10 << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)))

    def observe(self, seen: str | None) -> None:
        """Make every later id greater than this one. None is ignored."""
        if seen:
            value = uuid.UUID(seen).int
            self._ticks = max(self._ticks, value >> 80 << _COUNTER_BITS | value >> 64 & 0xFFF)
