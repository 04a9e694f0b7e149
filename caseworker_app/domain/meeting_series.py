"""A series of meetings with a fixed cadence, held whatever the worry is at the moment (promising practice, F7).

A day of the series is counted from the first one: so many days or weeks, or the same weekday of the month ("the second
Tuesday"). What is suggested is a working day on or before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, TEXT, choice, record
from caseworker_app.domain.meeting import MeetingKind, TimeSpan
from caseworker_app.domain.meeting_kinds import Unit
from caseworker_app.domain.rules.workdays import Holidays, is_working_day, planned_for

NOTICE = dt.timedelta(days=7)
"""Time kept free for a meeting that nobody has called so long before is free again (Herningmodellen 10)."""


@entity("meeting_series", "Series of meetings")
class MeetingSeries(Entity):
    """A series; its stream is the child's case, or the worker's own for meetings about no child.

    ``first`` is the first meeting's time; ``every`` with ``unit`` the cadence. A ``reserved`` one is time kept free for
    meetings that are called as they are needed.
    """

    kind: str = field(TEXT, "Kind of meeting", default=MeetingKind.NETWORK.value)
    title: str = field(TEXT, "What the series is called", default="")
    every: int | None = field(NUMBER, "Every", default=1)
    unit: Unit = field(choice(Unit), "Counted in", default=Unit.MONTHS)
    first: TimeSpan | None = field(record(TimeSpan), "First meeting", default=None)
    place: str = field(TEXT, "Place", default="")
    reserved: bool = field(FLAG, "Time kept free", default=False)
    ended_on: dt.date | None = field(DATE, "Ended on", default=None)


def days(series: MeetingSeries) -> Iterator[dt.date]:
    """Yield the days of a series as the cadence counts them, for ever."""
    if series.first is None or not series.every:
        return
    first = series.first.day
    for n in count():
        try:
            yield _day(first, series.unit, n * series.every)
        except (OverflowError, ValueError):
            return


def _day(first: dt.date, unit: Unit, n: int) -> dt.date:
    if unit is Unit.MONTHS:
        return _same_weekday(first, n)
    return first + dt.timedelta(days=n * (7 if unit is Unit.WEEKS else 1))


def _same_weekday(first: dt.date, months: int) -> dt.date:
    """Return the same weekday of the month so many months later; the fifth is the last where there are four."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    begin = dt.date(year, month + 1, 1)
    nth = (first.day - 1) // 7
    found = begin + dt.timedelta(days=(first.weekday() - begin.weekday()) % 7 + 7 * nth)
    return found if found.month == begin.month else found - dt.timedelta(days=7)


def working(day: dt.date, holidays: Holidays, after: dt.date | None = None) -> dt.date:
    """Return the working day on or before a day; the next one where that would not be later than ``after``."""
    found = planned_for(day, holidays)
    if after is not None and found <= after:
        found = max(day, after + dt.timedelta(days=1))
        while not is_working_day(found, holidays):
            found += dt.timedelta(days=1)
    return found


def coming(
    series: MeetingSeries, holidays: Holidays, since: dt.date, until: dt.date, after: dt.date | None = None
) -> Iterator[TimeSpan]:
    """Yield the times of a series from ``since`` to ``until`` on working days.

    ``after`` is the day of the last meeting there was: the one it stood for is not suggested again, also when it was
    moved by less than a third of the cadence.
    """
    if series.first is None:
        return
    begin = since if after is None else max(since, after + _slack(series))
    last = since - dt.timedelta(days=1) if after is None else max(after, since - dt.timedelta(days=1))
    for day in days(series):
        if day > until:
            return
        if day < begin:
            continue
        at = working(day, holidays, last)
        if series.ended_on is not None and at > series.ended_on:
            return
        if at > until:
            return
        yield replace(series.first, day=at)
        last = max(day, at)


def _slack(series: MeetingSeries) -> dt.timedelta:
    length = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 30}[series.unit] * (series.every or 1)
    return dt.timedelta(days=max(1, length // 3))


def next_time(
    series: MeetingSeries, holidays: Holidays, today: dt.date, last: dt.date | None = None
) -> TimeSpan | None:
    """Return when the next meeting is suggested: after the last one planned or held, and not in the past.

    How things went is not asked: the cadence is kept.
    """
    return next(coming(series, holidays, today, today + dt.timedelta(days=3 * 366), last), None)


def free_again(at: TimeSpan, today: dt.date) -> bool:
    """Whether time kept free that nobody has used is free again: its day is less than a week away."""
    return at.day - today < NOTICE
