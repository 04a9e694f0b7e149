"""When things happen in the demo: "fourteen months ago" as a working day, and the hour somebody wrote it down."""

from __future__ import annotations

import datetime as dt
import random
import re
from functools import cached_property
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Container

_SPAN: Final = re.compile(r"([+-]?)(?=\d)(?:(\d+)y)?(?:(\d+)m)?(?:(\d+)w)?(?:(\d+)d)?")
_SCHOOL_STARTS: Final = 8
"""August: the month in which a Danish school year begins."""
_FIRST_GRADE_AGE: Final = 6
"""0. klasse begins in the calendar year of the sixth birthday."""
_SUMMER: Final = ((6, 27), (8, 12))
_CHRISTMAS: Final = (12, 23)
_OPENS, _CLOSES = 8 * 60 + 10, 15 * 60 + 40
"""The first and last minute of a working day at which somebody sits down to write."""


def shift(day: dt.date, span: str) -> dt.date:
    """Return ``day`` moved by a span such as ``-1y2m``, ``+3w`` or ``0d``. Raises ``ValueError`` for another text."""
    found = _SPAN.fullmatch(span)
    if found is None:
        raise ValueError(f"not a span of time: {span!r}")
    sign = -1 if found[1] == "-" else 1
    years, months, weeks, days = (int(part or 0) for part in found.groups()[1:])
    month = day.year * 12 + day.month - 1 + sign * (years * 12 + months)
    first = dt.date(month // 12, month % 12 + 1, 1)
    following = (first + dt.timedelta(days=31)).replace(day=1)
    moved = min(first + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))
    return moved + dt.timedelta(days=sign * (weeks * 7 + days))


def grade(born: dt.date, day: dt.date) -> int:
    """Return the class a child goes in at ``day``; below zero before school."""
    year = day.year if day.month >= _SCHOOL_STARTS else day.year - 1
    return year - born.year - _FIRST_GRADE_AGE


class Days:
    """Working days around a today: no weekends, no Danish holidays, nothing between Christmas and New Year."""

    def __init__(self, today: dt.date, zone: str) -> None:
        self.today = today
        self._zone = ZoneInfo(zone)

    @cached_property
    def _holidays(self) -> Container[dt.date]:
        from holidays import country_holidays

        years = range(self.today.year - 12, self.today.year + 3)
        return frozenset(country_holidays("DK", years=years))

    def is_open(self, day: dt.date) -> bool:
        """Whether people are at work that day."""
        closed = (day.month, day.day) >= _CHRISTMAS or day in self._holidays
        return day.weekday() < 5 and not closed

    def forward(self, day: dt.date) -> dt.date:
        """Return the day, or the first working day after it."""
        while not self.is_open(day):
            day += dt.timedelta(days=1)
        return day

    def back(self, day: dt.date) -> dt.date:
        """Return the day, or the last working day before it."""
        while not self.is_open(day):
            day -= dt.timedelta(days=1)
        return day

    def near(self, day: dt.date) -> dt.date:
        """Return the working day at a day or next to it: behind today before it, else after it."""
        return self.back(day) if day < self.today else self.forward(day)

    def at(self, span: str) -> dt.date:
        """Return the working day a span from today; what lies behind stays behind, what is to come ahead."""
        return self.near(shift(self.today, span))

    def out_of_summer(self, day: dt.date) -> dt.date:
        """Return the working day, after the summer for one in which schools and families are away."""
        away = _SUMMER[0] <= (day.month, day.day) <= _SUMMER[1]
        return (
            self.forward(dt.date(day.year, *_SUMMER[1]) + dt.timedelta(days=1 + day.day % 9)) if away else day
        )

    def past(self, day: dt.date) -> dt.date:
        """Return the working day at ``day`` or after it, but no later than :attr:`yesterday`."""
        return min(self.forward(day), self.yesterday)

    @cached_property
    def yesterday(self) -> dt.date:
        """The last working day before today: the newest thing in the log was written then."""
        return self.back(self.today - dt.timedelta(days=1))

    def moment(self, day: dt.date, hour: dt.time) -> dt.datetime:
        """Return an hour of a day, aware."""
        return dt.datetime.combine(day, hour, self._zone)

    def some_moment(self, day: dt.date, rng: random.Random, earliest: int = _OPENS) -> dt.datetime:
        """Return a moment of the working day, at ``earliest`` minutes after midnight or later."""
        minute = rng.randrange(earliest, max(_CLOSES, earliest + 20))
        return self.moment(day, dt.time(minute // 60, minute % 60, rng.randrange(60)))

    @cached_property
    def last_moment(self) -> dt.datetime:
        """The end of :attr:`yesterday`'s work; nothing is written later than this."""
        return self.moment(self.yesterday, dt.time(15, 55))
