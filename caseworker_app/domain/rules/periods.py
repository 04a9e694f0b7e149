"""Amounts of time as rules write them: ``2 W``, ``3 M``, ``24 H``, ``6 HVD``."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from caseworker_app.domain.phrases import Phrase


class Unit(StrEnum):
    """What is counted. Months are calendar months; a *hverdag* is Monday to Saturday but no holiday."""

    HOURS = "H"
    DAYS = "D"
    WEEKS = "W"
    MONTHS = "M"
    HVERDAGE = "HVD"


_LONGEST_DAYS: Final = {Unit.HOURS: 1 / 24, Unit.DAYS: 1.0, Unit.WEEKS: 7.0, Unit.HVERDAGE: 7.0}
_DAYS_OF_MONTHS: Final = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
"""The fewest days that so many months in a row can have."""


@dataclass(frozen=True, slots=True)
class Period:
    """A number of units, at least one."""

    count: int
    unit: Unit

    def after(self, day: date) -> date:
        """Return the day so long after ``day``; months keep the day's number, clipped to the month's end.

        Hours and hverdage need more than a date (a moment, holidays) and raise ``ValueError``.
        """
        if self.unit is Unit.MONTHS:
            return add_months(day, self.count)
        if self.unit is Unit.WEEKS:
            return day + timedelta(days=7 * self.count)
        if self.unit is Unit.DAYS:
            return day + timedelta(days=self.count)
        raise ValueError(f"{self} is not counted in whole days")

    def before(self, day: date) -> date:
        """Return the day so long before ``day``, counted and clipped as :meth:`after`."""
        return Period(-self.count, self.unit).after(day)

    @property
    def least_days(self) -> float:
        """The fewest days it can last, to put periods in order."""
        if self.unit is Unit.MONTHS:
            years, months = divmod(self.count, 12)
            return years * 365 + _DAYS_OF_MONTHS[months]
        return self.count * (_LONGEST_DAYS[self.unit] if self.unit is not Unit.HVERDAGE else 1.0)

    @property
    def most_days(self) -> float:
        """The most days it can last, holidays left aside."""
        if self.unit is Unit.MONTHS:
            return self.count * 31
        return self.count * _LONGEST_DAYS[self.unit]

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
