"""Working days and hverdage, over holidays that are handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

Holidays = Callable[[int], frozenset[date]]
"""The days of a year on which offices are closed besides weekends."""

_DAY: Final = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


def is_working_day(day: date, holidays: Holidays) -> bool:
    """Whether it is Monday to Friday and no holiday."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def is_hverdag(day: date, holidays: Holidays) -> bool:
    """Whether it is Monday to Saturday and no holiday.

    That Saturday counts is background knowledge of medium certainty; counting it gives the earlier date.
    """
    return day.weekday() != _SUNDAY and day not in holidays(day.year)


def planned_for(due: date, holidays: Holidays) -> date:
    """Return the suggestion for something due: the last working day on or before. The due date itself stays."""
    day = due
    while not is_working_day(day, holidays):
        day -= _DAY
    return day


def after_hverdage(day: date, count: int, holidays: Holidays) -> date:
    """Return the ``count``-th hverdag after ``day``; the day itself is not counted."""
    while count > 0:
        day += _DAY
        count -= is_hverdag(day, holidays)
    return day


def after_working_days(day: date, count: int, holidays: Holidays) -> date:
    """Return the ``count``-th working day after ``day``; the day itself is not counted."""
    while count > 0:
        day += _DAY
        count -= is_working_day(day, holidays)
    return day
