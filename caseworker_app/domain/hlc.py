"""Hybrid logical clock: sorts what is shown, never decides what survives."""

from __future__ import annotations

COUNTER_BITS = 16
_MASK = (1 << COUNTER_BITS) - 1


def advance(last: int, wall_ms: int) -> int:
    """Return the next stamp after ``last`` at ``wall_ms`` (milliseconds since 1970, UTC).

    Strictly greater than ``last`` even when the wall clock stands still or has been set back.
    """
    return max(last + 1, wall_ms << COUNTER_BITS)


def wall_of(stamp: int) -> int:
    """Return the milliseconds in a stamp."""
    return stamp >> COUNTER_BITS


def counter_of(stamp: int) -> int:
    """Return the counter in a stamp."""
    return stamp & _MASK
