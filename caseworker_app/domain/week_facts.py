"""A week of the worker's on paper or in a calendar: what, who, where. Initials unless names were chosen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """One thing in the week, in Danish. Without ``start`` it takes no hour of its own.

    ``uid`` is the same each time the same thing is exported; ``why`` is the rule in a few words.
    """

    uid: str
    day: dt.date
    what: str
    who: str
    where: str = ""
    start: dt.time | None = None
    end: dt.time | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class WeekSheetFacts:
    """The weekly sheet. ``overdue`` has no day yet; ``closed`` names the days on which offices are closed."""

    worker: str
    municipality: str
    monday: dt.date
    entries: tuple[WeekEntry, ...]
    overdue: tuple[WeekEntry, ...]
    dated: dt.date
    closed: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekCalendarFacts:
    """The week for a calendar. No personal number, ever."""

    entries: tuple[WeekEntry, ...]
    stamp: dt.datetime
    zone: str = "Europe/Copenhagen"
