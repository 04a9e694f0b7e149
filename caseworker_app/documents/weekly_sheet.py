"""The weekly sheet: the worker's own week on one page as far as it goes, a day at a time, with room to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from caseworker_app.documents.blocks import (
    Block,
    Cell,
    Document,
    Heading,
    KeepTogether,
    Lines,
    Table,
    cell,
    paragraph,
    row,
)
from caseworker_app.domain.dates import clock, clock_span, day_and_month, long_date, weekday
from caseworker_app.domain.week_facts import WeekEntry, WeekSheetFacts

_WIDTHS: Final = (1.35, 3.6, 1.5, 2.9)
_HEAD: Final = ("Tid", "Hvad", "Hvem", "Hvor")
_ROOM: Final = 30
"""How many rows and blank lines together fill one page beside the headings."""
_MOST, _LEAST = 4, 1
"""Blank lines a day."""
_SPACING: Final = 7.0


def document(facts: WeekSheetFacts) -> Document:
    """Return the sheet. In Danish: it is the worker's paper in a Danish municipality."""
    year, number, _day = facts.monday.isocalendar()
    sunday = facts.monday + dt.timedelta(days=6)
    days = _days(facts)
    said = len(facts.entries) + len(facts.overdue) + 2 * sum(1 for _day, own in days if own)
    lines = max(_LEAST, min(_MOST, (_ROOM - said) // max(1, len(days))))
    blocks: list[Block] = [
        Heading(1, f"Uge {number}: {_span(facts.monday, sunday)}"),
        paragraph(f"{facts.worker}, {facts.municipality}. Skrevet {long_date(facts.dated)}.", look="muted"),
    ]
    if facts.overdue:
        blocks += [Heading(2, "Over tid: find en dag"), _overdue(facts.overdue)]
    for day, own in days:
        blocks.append(_day_of(day, own, day in facts.closed, lines))
    return Document(
        title=f"Ugeseddel, uge {number}, {year}",
        blocks=tuple(blocks),
        created=dt.datetime.combine(facts.dated, dt.time(12), dt.UTC),
        author=facts.municipality,
    )


def _days(facts: WeekSheetFacts) -> list[tuple[dt.date, list[WeekEntry]]]:
    """Return the days with what is on them; a weekend day only when there is something."""
    days = [facts.monday + dt.timedelta(days=n) for n in range(7)]
    found = [(day, [one for one in facts.entries if one.day == day]) for day in days]
    return [(day, own) for day, own in found if own or day.weekday() < 5]


def _span(monday: dt.date, sunday: dt.date) -> str:
    if monday.year != sunday.year:
        return f"{long_date(monday)} til {long_date(sunday)}"
    if monday.month != sunday.month:
        return f"{day_and_month(monday)} til {long_date(sunday)}"
    return f"{monday.day}. til {long_date(sunday)}"


def _day_of(day: dt.date, own: Sequence[WeekEntry], closed: bool, lines: int) -> Block:
    name = weekday(day)
    heading = f"{name[:1].upper()}{name[1:]} {day_and_month(day)}{' (helligdag)' if closed else ''}"
    inside: list[Block] = [Heading(2, heading)]
    if own:
        rows = tuple(_row(entry) for entry in own)
        inside.append(Table(head=row(*_HEAD), rows=rows, widths=_WIDTHS, rules="rows"))
    inside.append(Lines(lines, _SPACING))
    return KeepTogether(tuple(inside))


def _row(entry: WeekEntry) -> tuple[Cell, ...]:
    return (cell(_time(entry)), _what(entry, entry.why), cell(entry.who), cell(entry.where))


def _what(entry: WeekEntry, why: str) -> Cell:
    return (*cell(entry.what), paragraph(why, look="muted")) if why else cell(entry.what)


def _time(entry: WeekEntry) -> str:
    if entry.start is None:
        return ""
    if entry.end is None:
        return f"inden kl. {clock(entry.start)}"
    return clock_span(entry.start, entry.end)


def _overdue(overdue: Sequence[WeekEntry]) -> Table:
    rows = tuple(
        (cell(day_and_month(one.day)), cell(one.what), cell(one.who), cell(one.where)) for one in overdue
    )
    return Table(head=row("Frist", *_HEAD[1:]), rows=rows, widths=_WIDTHS, rules="rows")
