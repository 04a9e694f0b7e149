"""Cost assessments: a sheet is begun, hours, wages and expenses are written, and what it costs comes of it at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from caseworker_app.domain.cost import WAGES_2019, CostExpense, CostLine, CostSheet, CostWage, Profession
from caseworker_app.domain.cost_sums import (
    NOUGHT,
    Assessment,
    Basis,
    Work,
    assess,
    minutes_of_posts,
    months_between,
)
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kroner import ore
from caseworker_app.domain.time_log import TimeEntry
from caseworker_app.services.entries import own_stream
from caseworker_app.services.forms import Edit
from caseworker_app.services.nameless import refuse_names
from caseworker_app.services.plain_records import change, known, make, not_ahead, take_away, tidied
from caseworker_app.services.ports import Reader, Writer

PRICES = 2019
"""The year whose wages are known beforehand (table 10-6)."""
MOST_NUMBERS = 6
MOST_MINUTES = 10_000_000
_SHORT = ("name", "called", "numbers")
_COUNTED = ("citizens", "months", "discharged", "groups")


# --- The sheet -------------------------------------------------------------------------------------------------


def begin(writer: Writer, values: Mapping[str, Any]) -> Id:
    """Begin a sheet; return its id. Raises :class:`InvalidInput`."""
    checked = {name: value for name, value in values.items() if value is not None}
    blank = CostSheet(stream=own_stream(writer), price_year=PRICES)
    _check(writer, blank, checked)
    return make(writer, blank, checked, "Begin a cost assessment")


def edit(writer: Writer, sheet: Id, edits: Mapping[str, Edit]) -> None:
    """Change a sheet. Raises :class:`InvalidInput`."""
    now = known(writer, CostSheet, sheet)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, now, checked)
    change(writer, now, edits, checked, "Change a cost assessment")


def remove(writer: Writer, sheet: Id) -> None:
    """Take a sheet away; undo brings it back."""
    take_away(writer, CostSheet, sheet, "Remove a cost assessment")


def _check(reader: Reader, now: CostSheet, values: dict[str, Any]) -> None:
    tidied(values, _SHORT, ("note",))
    refuse_names(reader, values, (*_SHORT, "note"))
    after = replace(now, **values)
    if not after.name:
        raise InvalidInput("name", "Write which effort it is.")
    if after.begins_on and after.ends_on and after.ends_on < after.begins_on:
        raise InvalidInput("ends_on", "It ends before it begins.", "Correct one of the two days.")
    for name in _COUNTED:
        number = getattr(after, name)
        if number is not None and number <= 0:
            raise InvalidInput(
                name,
                "A cost cannot be shared out on nobody: it must be above 0.",
                "Leave it empty while nobody knows it; the cost of a year is shown all the same.",
            )
    if after.hours is None or not 1 <= after.hours <= 8784:
        raise InvalidInput("hours", "A year has from 1 to 8784 hours.")
    if after.overhead is None or not 0 <= after.overhead <= 300:
        raise InvalidInput("overhead", "It goes from 0 to {highest}.", highest=300)
    if after.price_year is not None and not 1990 <= after.price_year <= reader.today.year + 1:
        raise InvalidInput("price_year", "Write the year of the wages, such as 2026.")
    numbers_of(after.numbers)


def numbers_of(text: str) -> tuple[Fraction, ...]:
    """Return other numbers of citizens written as ``8; 10,5``. Raises :class:`InvalidInput`."""
    parts = [part for part in text.replace(";", " ").replace(", ", " ").split() if part.strip(",")]
    found = []
    for part in parts:
        try:
            number = ore(part.strip(","), "numbers")
        except InvalidInput:
            number = None
        if number is None or number <= 0:
            raise InvalidInput("numbers", "Write numbers above 0 with a space between, such as 8 10 12.")
        found.append(Fraction(number, 100))
    if len(found) > MOST_NUMBERS:
        raise InvalidInput("numbers", "That is more than {most} numbers.", most=MOST_NUMBERS)
    return tuple(dict.fromkeys(found))


# --- What is written on it ---------------------------------------------------------------------------------------


def add_hours(writer: Writer, sheet: Id, values: Mapping[str, Any]) -> Id:
    """Write hours on a sheet; return their id. Raises :class:`InvalidInput`."""
    now = known(writer, CostSheet, sheet)
    checked = {name: value for name, value in values.items() if value is not None}
    blank = CostLine(stream=now.stream, sheet=sheet)
    _check_hours(writer, now, blank, checked)
    return make(writer, blank, checked, "Write hours of a cost assessment")


def edit_hours(writer: Writer, line: Id, edits: Mapping[str, Edit]) -> None:
    """Change hours. Raises :class:`InvalidInput`."""
    now = known(writer, CostLine, line)
    checked = {name: one.value for name, one in edits.items()}
    assert now.sheet is not None
    _check_hours(writer, known(writer, CostSheet, now.sheet), now, checked)
    change(writer, now, edits, checked, "Change hours of a cost assessment")


def remove_hours(writer: Writer, line: Id) -> None:
    """Take hours off a sheet."""
    take_away(writer, CostLine, line, "Remove hours of a cost assessment")


def _check_hours(reader: Reader, sheet: CostSheet, now: CostLine, values: dict[str, Any]) -> None:
    tidied(values, ("what",))
    refuse_names(reader, values, ("what",))
    after = replace(now, **values)
    if after.minutes is None and after.posts is None:
        raise InvalidInput("minutes", "Write hours, or how many full-time employees.")
    if after.minutes is not None and after.posts is not None:
        raise InvalidInput("posts", "Write either hours or full-time employees, not both.")
    for name, highest in (("minutes", MOST_MINUTES), ("posts", 100_000)):
        number = getattr(after, name)
        if number is not None and not 0 < number <= highest:
            raise InvalidInput(
                name, "Hours and employees are above 0.", "A line too many is removed, not made negative."
            )
    if after.month is not None and not _within(sheet, after.month):
        raise InvalidInput("month", "That month is not in the period of the sheet.")


def _within(sheet: CostSheet, month: dt.date) -> bool:
    first = month.replace(day=1)
    after = (first + dt.timedelta(days=31)).replace(day=1)
    return (sheet.begins_on is None or after > sheet.begins_on) and (
        sheet.ends_on is None or first <= sheet.ends_on
    )


def set_wage(writer: Writer, sheet: Id, profession: Profession, monthly: int | None) -> None:
    """Write the monthly wage of a profession in øre; ``None`` goes back to what is known of the year. Raises
    :class:`InvalidInput`."""
    now = known(writer, CostSheet, sheet)
    if monthly is not None and monthly <= 0:
        raise InvalidInput("monthly", "A wage is above 0 kr.")
    there = writer.find(CostWage, where={"sheet": sheet})
    found = next((one for one in there if one.profession is profession), None)
    writer.act("Write a wage of a cost assessment")
    if found is not None:
        writer.set(CostWage, found.id, "monthly", monthly, parents=None)
    elif monthly is not None:
        made = CostWage(
            id=writer.new_id(), stream=now.stream, sheet=sheet, profession=profession, monthly=monthly
        )
        writer.create(made)


def add_expense(writer: Writer, sheet: Id, values: Mapping[str, Any]) -> Id:
    """Write an expense on a sheet; return its id. Raises :class:`InvalidInput`."""
    now = known(writer, CostSheet, sheet)
    checked = {name: value for name, value in values.items() if value is not None}
    blank = CostExpense(stream=now.stream, sheet=sheet)
    _check_expense(writer, blank, checked)
    return make(writer, blank, checked, "Write an expense of a cost assessment")


def edit_expense(writer: Writer, expense: Id, edits: Mapping[str, Edit]) -> None:
    """Change an expense. Raises :class:`InvalidInput`."""
    now = known(writer, CostExpense, expense)
    checked = {name: one.value for name, one in edits.items()}
    _check_expense(writer, now, checked)
    change(writer, now, edits, checked, "Change an expense of a cost assessment")


def remove_expense(writer: Writer, expense: Id) -> None:
    """Take an expense off a sheet."""
    take_away(writer, CostExpense, expense, "Remove an expense of a cost assessment")


def _check_expense(reader: Reader, now: CostExpense, values: dict[str, Any]) -> None:
    tidied(values, ("what",))
    not_ahead(reader, values, ("paid_on",))
    refuse_names(reader, values, ("what",))
    after = replace(now, **values)
    if not after.what:
        raise InvalidInput("what", "Write what was paid for.")
    if after.amount is None or after.amount <= 0:
        raise InvalidInput("amount", "Write the amount, above 0 kr.")


# --- Looking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WageView:
    """A profession that is on a sheet: its wage in øre, and whether somebody wrote it or it is the one of 2019."""

    profession: Profession
    monthly: int | None
    own: bool


@dataclass(frozen=True, slots=True)
class CostView:
    """A sheet with what is on it and what came of it. ``logged`` is the work of the time log within it; ``lacks`` are the
    professions without a wage, and ``found`` is ``None`` while there are any or the period is not said."""

    sheet: CostSheet
    wages: tuple[WageView, ...]
    hours: tuple[CostLine, ...]
    logged: tuple[Work, ...]
    expenses: tuple[CostExpense, ...]
    months: Fraction | None
    lacks: tuple[Profession, ...]
    found: Assessment | None

    @property
    def minutes(self) -> Fraction:
        """All minutes written by hand and in the log, employees counted by their norm."""
        if self.found is None:
            return NOUGHT
        return sum((hours for hours, _cost in self.found.by_profession.values()), NOUGHT) * 60


def view(reader: Reader, sheet: Id) -> CostView:
    """Return a sheet and what it comes to. Raises ``KeyError`` when there is none."""
    now = known(reader, CostSheet, sheet)
    hours = tuple(reader.find(CostLine, where={"sheet": sheet}))
    expenses = tuple(reader.find(CostExpense, where={"sheet": sheet}))
    logged = _logged(reader, now) if now.with_log else ()
    months = None
    if now.begins_on is not None and now.ends_on is not None and now.ends_on >= now.begins_on:
        months = months_between(now.begins_on, now.ends_on)
    worked = {one.profession for one in hours} | {one.profession for one in logged}
    wages = _wages(reader, now, worked)
    basis = _basis(now, wages, (*_work(now, hours, months), *logged), expenses, months)
    found = assess(basis, numbers=_numbers(now))
    return CostView(now, wages, hours, logged, expenses, months, basis.missing, found)


def _wages(reader: Reader, sheet: CostSheet, worked: Iterable[Profession]) -> tuple[WageView, ...]:
    written = {one.profession: one.monthly for one in reader.find(CostWage, where={"sheet": sheet.id})}
    known_ones = WAGES_2019 if sheet.price_year == PRICES else {}
    on_sheet = {*worked, *(who for who, monthly in written.items() if monthly)}
    return tuple(
        WageView(who, written.get(who) or known_ones.get(who), bool(written.get(who)))
        for who in Profession
        if who in on_sheet
    )


def _basis(
    sheet: CostSheet,
    wages: Iterable[WageView],
    work: tuple[Work, ...],
    expenses: Iterable[CostExpense],
    months: Fraction | None,
) -> Basis:
    running = sum(one.amount or 0 for one in expenses if not one.establishing)
    begun = sum(one.amount or 0 for one in expenses if one.establishing)
    return Basis(
        work, {one.profession: Fraction(one.monthly) for one in wages if one.monthly}, Fraction(running), Fraction(begun),
        months or NOUGHT, _hundredths(sheet.citizens), _hundredths(sheet.months), _hundredths(sheet.discharged),
        _hundredths(sheet.groups), sheet.fixed, sheet.overhead or 0, sheet.hours or 1,
    )  # fmt: skip


def _hundredths(number: int | None) -> Fraction | None:
    return None if number is None else Fraction(number, 100)


def _work(sheet: CostSheet, hours: Iterable[CostLine], months: Fraction | None) -> tuple[Work, ...]:
    def minutes(one: CostLine) -> Fraction:
        if one.posts is None:
            return Fraction(one.minutes or 0)
        length = Fraction(1) if one.month is not None else months or NOUGHT
        return minutes_of_posts(one.posts, length, sheet.hours or 1)

    return tuple(Work(one.profession, one.phase, one.with_citizen, minutes(one)) for one in hours)


def _logged(reader: Reader, sheet: CostSheet) -> tuple[Work, ...]:
    """Return the time log's minutes of the effort within the period, summed by who, phase and with or without."""
    sums: dict[tuple[Any, Any, bool], int] = {}
    for one in reader.find(TimeEntry, where={"effort": sheet.effort}) if sheet.effort else ():
        day = one.spent_on
        inside = (
            day is not None
            and (sheet.begins_on is None or day >= sheet.begins_on)
            and (sheet.ends_on is None or day <= sheet.ends_on)
        )
        if inside:
            key = (one.profession, one.phase, one.with_citizen)
            sums[key] = sums.get(key, 0) + (one.minutes or 0)
    return tuple(
        Work(who, phase, together, Fraction(sums[who, phase, together])) for who, phase, together in sums
    )


def _numbers(sheet: CostSheet) -> tuple[Fraction, ...]:
    """Return the numbers asked for; without any, a quarter and a half more than there are."""
    asked = numbers_of(sheet.numbers)
    if asked or not sheet.citizens:
        return asked
    now = Fraction(sheet.citizens, 100)
    return tuple(dict.fromkeys(Fraction(round(now * share)) for share in (Fraction(5, 4), Fraction(3, 2))))


def sheets(reader: Reader) -> tuple[CostView, ...]:
    """Return every sheet, the latest period first."""
    found = [view(reader, one.id) for one in reader.find(CostSheet)]
    return tuple(
        sorted(found, key=lambda one: (one.sheet.ends_on or dt.date.max, one.sheet.id), reverse=True)
    )
