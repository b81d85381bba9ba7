"""A hybrid clock: UUIDv7 that rise strictly, whatever the wall clock does."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable

_COUNTER_BITS = 12
_RANDOM_BITS = 62


_LAST_MS = (1 << 48) - 1
"""The last time that a UUIDv7 can hold: in the year 10889."""


class ClockOverflowError(Exception):
    """No id is greater than one that was seen."""


def wall_ms() -> int:
    """Return the wall clock in ms since 1970, 0 if it is set to a time before that."""
    return max(0, time.time_ns() // 1_000_000)


def timestamp_ms(stamp: str) -> int:
    """Return when a UUIDv7 was made, in ms since 1970; raises ValueError if it is no UUID."""
    return uuid.UUID(stamp).int >> 80


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
        """Return the next id; raises EndOfTimeError if one at the end of time was seen."""
        ticks = max(self._ticks + 1, self._now() << _COUNTER_BITS)
        ms, counter = divmod(ticks, 1 << _COUNTER_BITS)
        if ms > _LAST_MS:
            raise ClockOverflowError
        self._ticks = ticks
        head = ms << 80 | 0x7 << 76 | counter << 64
        return str(uuid.UUID(int=head | 0b10 << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)))

    def observe(self, seen: str | None) -> None:
        """Make every later id greater than this one; None is no id."""
        if seen:
            value = uuid.UUID(seen).int
            self._ticks = max(self._ticks, value >> 80 << _COUNTER_BITS | value >> 64 & 0xFFF)
