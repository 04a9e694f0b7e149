"""The weekly sheet: the worker's own week on one page as far as it goes, a day at a time, with room to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from caseworker_app.documents.blocks import (
    Block,
    BulletList,
    Cell,
    Document,
    Heading,
    KeepTogether,
    KeyValues,
    Lines,
    cell,
    paragraph,
)
from caseworker_app.domain.dates import clock, clock_span, day_and_month, long_date, week, weekday
from caseworker_app.domain.week_facts import WeekEntry, WeekSheetFacts

_DEPTH: Final = 233.0
"""Millimetres of a page below the heading of the week."""
_DAY, _ENTRY, _LATE, _LINE = 13.0, 6.6, 5.6, 7.0
"""What a day's heading, an entry, an overdue thing and a blank line take, in millimetres."""
_MOST, _LEAST = 5, 1
"""Blank lines a day."""
_KEY: Final = 0.17


def document(facts: WeekSheetFacts) -> Document:
    """Return the sheet. In Danish: it is the worker's paper in a Danish municipality."""
    number = facts.monday.isocalendar().week
    sunday = facts.monday + dt.timedelta(days=6)
    days = _days(facts)
    lines = _lines(facts, len(days))
    blocks: list[Block] = [
        Heading(1, f"Uge {number}: {_span(facts.monday, sunday)}"),
        paragraph(f"{facts.worker}, {facts.municipality}. Skrevet {long_date(facts.dated)}.", look="muted"),
    ]
    if facts.overdue:
        blocks += [Heading(2, "Over tid: find en dag"), BulletList(tuple(map(_late, facts.overdue)))]
    for day, own in days:
        blocks.append(_day_of(day, own, day in facts.closed, lines))
    return Document(
        title=_titled(facts),
        blocks=tuple(blocks),
        created=dt.datetime.combine(facts.dated, dt.time(12), dt.UTC),
        author=facts.municipality,
    )


def _titled(facts: WeekSheetFacts) -> str:
    """Return the document's title: which week it is, and nobody's name."""
    return f"Ugeseddel, {week(facts.monday, with_year=True)}"


def _lines(facts: WeekSheetFacts, days: int) -> int:
    """Return how many blank lines a day has, so that the week stays on one page as far as it can."""
    late = _DAY + _LATE * len(facts.overdue) if facts.overdue else 0.0
    room = _DEPTH - late - _DAY * days - _ENTRY * len(facts.entries)
    return max(_LEAST, min(_MOST, int(room / _LINE / max(1, days))))


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
        inside.append(KeyValues(tuple((_time(entry), cell(_words(entry))) for entry in own), share=_KEY))
    inside.append(Lines(lines, _LINE))
    return KeepTogether(tuple(inside))


def _words(entry: WeekEntry) -> str:
    """Return what, who, where and by which rule."""
    return " · ".join(part for part in (entry.what, entry.who, entry.where, entry.why) if part)


def _late(entry: WeekEntry) -> Cell:
    words = (entry.what, entry.who, entry.where, f"frist {day_and_month(entry.day)}")
    return cell(" · ".join(part for part in words if part))


def _time(entry: WeekEntry) -> str:
    if entry.start is None:
        return "–"
    if entry.end is None:
        return f"inden {clock(entry.start)}"
    return clock_span(entry.start, entry.end).removeprefix("kl. ")
