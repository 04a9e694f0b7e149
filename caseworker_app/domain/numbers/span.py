"""The period the numbers are of: two days, both counted, and the calendar years and half-years it is made of."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from caseworker_app.domain.errors import InvalidInput

DAY = dt.timedelta(days=1)
LONGEST_YEARS = 60
"""What a period may last; longer than anybody works, and short enough to be counted in a moment."""


@dataclass(frozen=True, slots=True)
class Span:
    """From ``first`` to ``last``; both count. Made by :func:`span` where somebody typed it."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def common(self, first: dt.date, last: dt.date | None) -> Span | None:
        """Return the days it has in common with another, which may be open; ``None`` for none."""
        begin = max(self.first, first)
        end = self.last if last is None else min(self.last, last)
        return Span(begin, end) if begin <= end else None

    def years(self) -> Iterator[Span]:
        """Yield it year by year."""
        for year in range(self.first.year, self.last.year + 1):
            part = self.common(dt.date(year, 1, 1), dt.date(year, 12, 31))
            if part is not None:
                yield part

    def half_years(self) -> Iterator[Span]:
        """Yield it by the halves of the calendar year."""
        for year in self.years():
            for first, last in (((1, 1), (6, 30)), ((7, 1), (12, 31))):
                part = year.common(
                    dt.date(year.first.year, first[0], first[1]), dt.date(year.first.year, last[0], last[1])
                )
                if part is not None:
                    yield part

    def years_before(self, years: int) -> Span:
        """Return the same period some years earlier; the 29th of February becomes the 28th, the year's end stays."""
        return Span(_earlier(self.first, years), _earlier(self.last, years))


def _earlier(day: dt.date, years: int) -> dt.date:
    year = day.year - years
    month_end = calendar.monthrange(year, day.month)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1] and day.month == 2
    return dt.date(year, day.month, month_end if at_end else min(day.day, month_end))


def span(first: dt.date | None, last: dt.date | None) -> Span:
    """Return the period of two days as typed. Raises :class:`InvalidInput` for one missing, reversed or too long."""
    if first is None:
        raise InvalidInput("first", "Write the first day of the period.")
    if last is None:
        raise InvalidInput("last", "Write the last day of the period.")
    if last < first:
        raise InvalidInput(
            "last", "The period ends before it begins.", "Write the earlier day first, or swap the two."
        )
    if last.year - first.year >= LONGEST_YEARS:
        raise InvalidInput("first", "A period is at most {years} years.", years=LONGEST_YEARS)
    return Span(first, last)


def year_of(day: dt.date) -> Span:
    """Return the calendar year of a day."""
    return Span(dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))


def half_year_of(day: dt.date) -> Span:
    """Return the half of the calendar year a day lies in."""
    return next(half for half in year_of(day).half_years() if day in half)
