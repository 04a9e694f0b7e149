"""Amounts of time as rules write them: ``2 W``, ``3 M``, ``24 H``, ``6 HVD``."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from caseworker_app.domain.phrases import Phrase


class Unit(StrEnum):
    """What is counted. Months are calendar months; a *hverdag* is Monday to Saturday but no holiday."""

    HOURS = "H"
    DAYS = "D"
    WEEKS = "W"
    MONTHS = "M"
    HVERDAGE = "HVD"


@dataclass(frozen=True, slots=True)
class Period:
    """A number of units, at least one."""

    count: int
    unit: Unit

    def after(self, day: date, times: int = 1) -> date:
        """Return the day so long (or so many ``times``) after ``day``.

        Months keep the day's number, clipped to the month's end. Hours and hverdage need more than a date (a
        moment, holidays) and raise ``ValueError``.
        """
        if self.unit is Unit.WEEKS:
            return day + timedelta(7 * self.count * times)
        if self.unit is Unit.MONTHS:
            return add_months(day, self.count * times)
        if self.unit is Unit.DAYS:
            return day + timedelta(self.count * times)
        raise ValueError(f"{self} is not counted in whole days")

    def before(self, day: date) -> date:
        """Return the day so long before ``day``, counted and clipped as :meth:`after`."""
        return self.after(day, -1)

    def limit_after(self, day: date) -> date:
        """Return the day so long after ``day``, or the calendar's last day where it would lie beyond."""
        try:
            return self.after(day)
        except OverflowError:
            return date.max

    def always_before(self, other: Period) -> bool:
        """Whether it ends before ``other`` wherever both begin; only for days, weeks and months."""
        if self.unit is other.unit:
            return self.count < other.count
        if Unit.MONTHS not in (self.unit, other.unit):
            return self._days < other._days
        starts = [date(2023, month, day) for month in range(1, 13) for day in (1, 28)]
        ends = ((self.after(start), other.after(start)) for start in starts)
        return all(mine < theirs for mine, theirs in ends)

    @property
    def _days(self) -> int:
        return self.count * (7 if self.unit is Unit.WEEKS else 1)

    @property
    def phrase(self) -> Phrase:
        """Say it: ``6 weeks``."""
        match self.unit:
            case Unit.HOURS:
                return Phrase.counted("{n} hour", "{n} hours", self.count)
            case Unit.DAYS:
                return Phrase.counted("{n} day", "{n} days", self.count)
            case Unit.WEEKS:
                return Phrase.counted("{n} week", "{n} weeks", self.count)
            case Unit.MONTHS:
                return Phrase.counted("{n} month", "{n} months", self.count)
            case Unit.HVERDAGE:
                return Phrase.counted(
                    "{n} weekday (Saturday counted)", "{n} weekdays (Saturdays counted)", self.count
                )

    def __str__(self) -> str:
        """Return it as rules write it."""
        return f"{self.count} {self.unit}"


def add_months(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later (earlier, when negative), clipped to the month's end.

    Raises ``OverflowError`` outside the years 1 to 9999.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("the date lies outside the calendar")
    if day.day <= 28:
        return date(year, month, day.day)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
