"""A meeting while it is held: what is answered on a scale, who speaks next, how much time is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import NUMBER, REFERENCE, TEXT
from caseworker_app.domain.meeting import WARN_MINUTES, TimeSpan

LOWEST, HIGHEST = 0, 10
EARLY = dt.timedelta(minutes=30)
"""So long before its start a meeting may have begun: from then on the time left is said."""
LATE = dt.timedelta(hours=2)
"""So long after its end it is still said that the time is over; later the meeting is only looked at."""


@entity("scale_answer", "Answer on a scale")
class ScaleAnswer(Entity):
    """What somebody answered to the meeting's scaling question: 0 to 10. One who answers again has a new value here."""

    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    who: str = field(TEXT, "Who answered", default="")
    participant: Id | None = field(REFERENCE, "Participant", default=None)
    value: int | None = field(NUMBER, "Answer", default=None)
    order: str = field(TEXT, "Order", default="")


class Pace(StrEnum):
    """What the time says: the meeting is not now, goes on, is to be summed up, is over its time."""

    ANOTHER_TIME = "another_time"
    GOES_ON = "goes_on"
    SUM_UP = "sum_up"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """``minutes`` to the end, begun ones counted; 0 when it is over or not now."""

    pace: Pace
    minutes: int = 0


def time_left(when: TimeSpan | None, now: dt.datetime, zone: dt.tzinfo, warn: int | None = None) -> TimeLeft:
    """Return how a meeting stands at a moment (aware). ``warn`` is how many minutes before the end it is time for the
    summary, :data:`WARN_MINUTES` by default.

    An end that is not after the start is on the next day. The clock that is put back or on in between counts as it goes.
    """
    if when is None:
        return TimeLeft(Pace.ANOTHER_TIME)
    start = dt.datetime.combine(when.day, when.start, zone).astimezone(dt.UTC)
    last = when.day if when.end > when.start else when.day + dt.timedelta(days=1)
    end = dt.datetime.combine(last, when.end, zone).astimezone(dt.UTC)
    if not start - EARLY <= now <= end + LATE:
        return TimeLeft(Pace.ANOTHER_TIME)
    minutes = -((now - end) // dt.timedelta(minutes=1))
    if minutes <= 0:
        return TimeLeft(Pace.OVER)
    early = WARN_MINUTES if warn is None else warn
    return TimeLeft(Pace.SUM_UP if minutes <= early else Pace.GOES_ON, minutes)


def next_speaker(here: Sequence[Id], now: Id | None) -> Id | None:
    """Return who speaks after ``now`` in the round of those who are here; the first, when nobody has spoken yet."""
    if not here:
        return None
    if now is None or now not in here:
        return here[0]
    return here[(list(here).index(now) + 1) % len(here)]
