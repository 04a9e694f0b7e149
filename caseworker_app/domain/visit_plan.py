"""Which visits of the health visitor are expected at which age; municipalities differ, so the plan is data and chosen.

A plan is written line by line, so that a municipality can change it as it reads it::

    Graviditetsbesøg; 2 mdr. før termin
    Første besøg; 4 dage; 5 dage
    2 måneder (EPDS); 8 uger
    3½ år; 42 mdr.; ved behov

A name, from when, until when (left out: two weeks later, or as soon as it can be); "ved behov" at the end says that it
is held only when needed. Units: dag/dage, uge/uger, md./mdr./måned/måneder, år; "før termin" counts back from the term.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.kinds import TEXT

PREGNANCY_MONTHS = 2
"""The visit of an expecting family is offered about two months before term (Herningmodellen, K "Graviditetsbesøg")."""
OWN_PLAN = "own"
"""The id of the municipality's own plan."""
MOST_STEPS = 40
MOST = 1000
"""Largest number of days, weeks, months or years a plan may name."""

_UNITS = {
    "dag": "D", "dage": "D", "uge": "W", "uger": "W", "md": "M", "mdr": "M", "måned": "M", "måneder": "M", "år": "Y",
}  # fmt: skip
_AMOUNT = re.compile(r"(\d{1,4})\s*(dage?|uger?|mdr?\.?|måned(?:er)?|år)(\s+før\s+termin)?", re.IGNORECASE)
_BY_NEED = "ved behov"


@dataclass(frozen=True, slots=True)
class Distance:
    """So many days (``D``), weeks (``W``), calendar months (``M``) or years (``Y``) from birth, or before the term."""

    amount: int
    unit: str
    before_term: bool = False

    def from_day(self, day: dt.date) -> dt.date:
        """Return the day so far from ``day``; months are clipped to their end."""
        sign = -1 if self.before_term else 1
        if self.unit in "DW":
            return day + dt.timedelta(days=sign * self.amount * (7 if self.unit == "W" else 1))
        return months_from(day, sign * self.amount * (12 if self.unit == "Y" else 1))


def months_from(day: dt.date, months: int) -> dt.date:
    """Return the day so many calendar months later (earlier when negative), clipped to the month's end."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """One visit of a plan; ``id`` names it in the visits that were held by it."""

    id: str
    name: str
    first: Distance
    last: Distance | None = None
    by_need: bool = False


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """A municipality's plan."""

    id: str
    name: str
    steps: tuple[PlannedVisit, ...]


@entity("chosen_visit_plan", "Visit plan")
class ChosenVisitPlan(Entity):
    """Which plan is followed here, and the municipality's own lines; the stream is the office's."""

    plan: str = field(TEXT, "Plan", default="")
    lines: str = field(TEXT, "The municipality's own plan", default="")


def read_steps(lines: str, name: str = "lines") -> tuple[PlannedVisit, ...]:
    """Read a plan's lines. Raises :class:`InvalidInput` for the field ``name``, with the line that cannot be read."""
    found: list[PlannedVisit] = []
    for number, line in enumerate(lines.splitlines(), start=1):
        if line.strip():
            found.append(_step(line, number, name))
    if not found:
        raise InvalidInput(name, "Write at least one visit: its name; from when; until when.")
    if len(found) > MOST_STEPS:
        raise InvalidInput(name, "There is room for {n} visits.", n=MOST_STEPS)
    names = [step.id for step in found]
    twice = next((one.name for one in found if names.count(one.id) > 1), None)
    if twice is not None:
        raise InvalidInput(name, "Two visits are called {name}.", name=twice)
    return tuple(found)


def _step(line: str, number: int, name: str) -> PlannedVisit:
    called, *rest = (part.strip() for part in line.split(";"))
    by_need = bool(rest) and rest[-1].casefold() == _BY_NEED
    spans = [_distance(part) for part in (rest[:-1] if by_need else rest) if part]
    if not called or not spans or None in spans or len(spans) > 2:
        raise InvalidInput(
            name,
            "Line {n} cannot be read: {line}",
            "Write it as: name; 4 dage; 6 dage. Add: ved behov, for one that is held only when needed.",
            n=number,
            line=line.strip()[:80],
        )
    first, last = spans[0], spans[1] if len(spans) == 2 else None
    assert first is not None
    day = dt.date(2000, 1, 1)
    if last is not None and last.from_day(day) < first.from_day(day):
        raise InvalidInput(name, "Line {n} ends before it begins.", n=number)
    return PlannedVisit(called.casefold(), called, first, last, by_need)


def _distance(words: str) -> Distance | None:
    match = _AMOUNT.fullmatch(words.strip())
    if match is None or int(match[1]) > MOST:
        return None
    unit = _UNITS[match[2].casefold().rstrip(".")]
    if unit == "Y" and int(match[1]) > 25:
        return None
    return Distance(int(match[1]), unit, before_term=bool(match[3]))


@dataclass(frozen=True, slots=True)
class ExpectedVisit:
    """A visit of the plan with its days for one child."""

    step: PlannedVisit
    first: dt.date
    last: dt.date

    def late(self, today: dt.date) -> bool:
        """Whether its days have passed."""
        return self.last < today


def expected(
    steps: Iterable[PlannedVisit], born: dt.date | None, term: dt.date | None
) -> tuple[ExpectedVisit, ...]:
    """Return the visits of a plan with their days, in the order of the days. Before the birth the term stands for it;
    what is counted from a day that is not known is left out."""
    found: list[ExpectedVisit] = []
    for step in steps:
        start = (term if born is None else None) if step.first.before_term else (born or term)
        if start is None:
            continue
        first = step.first.from_day(start)
        last = first + dt.timedelta(days=14) if step.last is None else step.last.from_day(start)
        if step.first.before_term and step.last is None:
            last = first
        found.append(ExpectedVisit(step, first, max(first, last)))
    return tuple(sorted(found, key=lambda one: (one.first, one.last, one.step.name)))
