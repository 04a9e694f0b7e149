"""What an effort costs (omkostningsvurdering): hours by profession, phase and with or without citizens; other expenses.

Promising practice 3.1 (the report's § 10.3): an hour costs the monthly wage × 12 × 1,20 / 1.418; the wage of 2019 and the
1.418 hours of a year are tables 10-6 and 10-7 and can be changed on each sheet. What it cost to begin (training, licences)
is kept apart and is not in the running cost. No child is named on a sheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, REFERENCE, TEXT, choice, choices

HOURS_OF_YEAR: Final = 1418
"""Effective hours of a full-time employee in a year (table 10-6)."""
OVERHEAD: Final = 20
"""Percent laid on a wage (table 10-6)."""
MINUTES_OF_MONTH: Final = HOURS_OF_YEAR * 60 // 12
"""Effective minutes of a full-time employee in a month: exactly 7.090."""


class Profession(StrEnum):
    """Who worked: the agreements of table 10-7."""

    SOCIAL_WORKER = "social_worker"
    HEALTH_VISITOR = "health_visitor"
    PEDAGOGUE = "pedagogue"
    PSYCHOLOGIST = "psychologist"
    OCCUPATIONAL = "occupational"
    FAMILY_THERAPIST = "family_therapist"
    LEADER = "leader"
    OTHER = "other"


PROFESSION_LABELS: Mapping[Profession, str] = {
    Profession.SOCIAL_WORKER: "Caseworker or youth consultant",
    Profession.HEALTH_VISITOR: "Health visitor",
    Profession.PEDAGOGUE: "Pedagogue",
    Profession.PSYCHOLOGIST: "Psychologist",
    Profession.OCCUPATIONAL: "Occupational therapist",
    Profession.FAMILY_THERAPIST: "Family therapist or group leader",
    Profession.LEADER: "Leader",
    Profession.OTHER: "Another profession",
}
WAGES_2019: Mapping[Profession, int] = {
    Profession.PSYCHOLOGIST: 46_411_00,
    Profession.HEALTH_VISITOR: 40_945_00,
    Profession.PEDAGOGUE: 35_509_00,
    Profession.SOCIAL_WORKER: 37_592_00,
    Profession.OCCUPATIONAL: 37_990_00,
    Profession.LEADER: 53_466_00,
    Profession.FAMILY_THERAPIST: 38_015_33,
}
"""Monthly wages in øre at the prices of 2019 (table 10-7); the family therapist's is the mean of pedagogue, health visitor
and caseworker. Another profession has none before it is written."""


class Phase(StrEnum):
    """When in the effort."""

    BEFORE = "before"
    COURSE = "course"
    AFTER = "after"


COST_PHASE_LABELS: Mapping[Phase, str] = {
    Phase.BEFORE: "Before it begins",
    Phase.COURSE: "During the course",
    Phase.AFTER: "When it ends",
}


@entity("cost_sheet", "Cost assessment")
class CostSheet(Entity):
    """One assessment of one effort in one period, in the worker's own stream.

    ``citizens`` is the average number in a year and ``months`` the mean time in the effort, both in hundredths;
    ``discharged`` and ``groups`` a year may be left out. Hours in the phases of ``fixed`` are the same whatever the number.
    ``numbers`` are such as ``10, 12``: what it would cost for so many. With ``with_log`` the time log's hours count too.
    """

    name: str = field(TEXT, "Effort", default="")
    effort: str = field(TEXT, "Effort of the catalogue", default="")
    begins_on: dt.date | None = field(DATE, "From", default=None)
    ends_on: dt.date | None = field(DATE, "Until", default=None)
    citizens: int | None = field(NUMBER, "Citizens a year, on average", default=None)
    called: str = field(TEXT, "What they are called", default="")
    months: int | None = field(NUMBER, "Months in the effort, on average", default=None)
    discharged: int | None = field(NUMBER, "Discharged a year", default=None)
    groups: int | None = field(NUMBER, "Groups a year", default=None)
    price_year: int | None = field(NUMBER, "Wages of the year", default=None)
    overhead: int | None = field(NUMBER, "Overhead in percent", default=OVERHEAD)
    hours: int | None = field(NUMBER, "Effective hours of a year", default=HOURS_OF_YEAR)
    fixed: frozenset[Phase] = field(choices(Phase), "The same whatever the number", default=frozenset())
    numbers: str = field(TEXT, "Other numbers a year", default="")
    with_log: bool = field(FLAG, "Hours of the time log", default=False)
    note: str = field(TEXT, "Note", default="")


@entity("cost_wage", "Wage")
class CostWage(Entity):
    """The monthly wage of a profession on one sheet, in øre."""

    sheet: Id | None = field(REFERENCE, "Cost assessment", default=None, indexed=True)
    profession: Profession = field(choice(Profession), "Profession", default=Profession.SOCIAL_WORKER)
    monthly: int | None = field(NUMBER, "Wage a month", default=None)


@entity("cost_line", "Hours of a cost assessment")
class CostLine(Entity):
    """Hours of one profession in one phase: ``minutes``, or ``posts`` (full-time employees, in hundredths) for the whole
    period."""

    sheet: Id | None = field(REFERENCE, "Cost assessment", default=None, indexed=True)
    profession: Profession = field(choice(Profession), "Profession", default=Profession.SOCIAL_WORKER)
    phase: Phase = field(choice(Phase), "Phase", default=Phase.COURSE)
    with_citizen: bool = field(FLAG, "With citizens", default=False)
    month: dt.date | None = field(DATE, "Month", default=None)
    minutes: int | None = field(NUMBER, "Hours", default=None)
    posts: int | None = field(NUMBER, "Full-time employees", default=None)
    what: str = field(TEXT, "What for", default="")


@entity("cost_expense", "Expense of a cost assessment")
class CostExpense(Entity):
    """Another expense in øre; with ``establishing`` it was paid once to begin, and stands apart."""

    sheet: Id | None = field(REFERENCE, "Cost assessment", default=None, indexed=True)
    what: str = field(TEXT, "What", default="")
    amount: int | None = field(NUMBER, "Amount", default=None)
    establishing: bool = field(FLAG, "To begin with", default=False)
    paid_on: dt.date | None = field(DATE, "Paid on", default=None)
