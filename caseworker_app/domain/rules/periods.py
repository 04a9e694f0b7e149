"""Amounts of time as rules write them: ``2 W``, ``3 M``, ``24 H``, ``6 HVD``."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from caseworker_app.domain.phrases import Phrase


class Unit(StrEnum):
    """What is counted. Months are calendar months; a *hverdag* is Monday to Saturday but no holiday, a working day
    Monday to Friday."""

    HOURS = "H"
    DAYS = "D"
    WEEKS = "W"
    MONTHS = "M"
    HVERDAGE = "HVD"
    WORKING_DAYS = "AD"


_DAYS: Final = {Unit.DAYS: 1, Unit.WEEKS: 7}
_ALL_MONTHS_HAVE: Final = 28


@dataclass(frozen=True, slots=True)
class Period:
    """A number of units, at least one."""

    count: int
    unit: Unit
    _span: timedelta | None = field(init=False, repr=False, compare=False)
    _months: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        days = _DAYS.get(self.unit)
        object.__setattr__(self, "_span", None if days is None else timedelta(days * self.count))
        object.__setattr__(self, "_months", self.count if self.unit is Unit.MONTHS else 0)

    def after(self, day: date, times: int = 1) -> date:
        """Return the day so long (or so many ``times``) after ``day``.

        Months keep the day's number, clipped to the month's end. Hours, hverdage and working days need more than a date (a
        moment, holidays) and raise ``ValueError``.
        """
        if self._months:
            return add_months(day, self._months * times)
        if self._span is not None:
            return day + (self._span if times == 1 else self._span * times)
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
        if self._span is not None and other._span is not None:
            return self._span < other._span
        starts = [date(2023, month, day) for month in range(1, 13) for day in (1, 28)]
        ends = ((self.after(start), other.after(start)) for start in starts)
        return all(mine < theirs for mine, theirs in ends)

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
            case Unit.WORKING_DAYS:
                return Phrase.counted("{n} working day", "{n} working days", self.count)

    def __str__(self) -> str:
        """Return it as rules write it."""
        return f"{self.count} {self.unit}"


def add_months(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later (earlier, when negative), clipped to the month's end.

    Raises ``OverflowError`` outside the years 1 to 9999.
    """
    months += day.month - 1
    year, month = day.year + months // 12, months % 12 + 1
    try:
        if day.day <= _ALL_MONTHS_HAVE:
            return date(year, month, day.day)
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    except ValueError:
        raise OverflowError("the date lies outside the calendar") from None
