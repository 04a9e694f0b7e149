"""The sums of a cost assessment. Everything is exact: hours are whole minutes, amounts fractions of øre, rounded when
shown.

Promising practice 3.1: cost = hours × hourly price + other expenses; a year's cost is the period's spread over twelve
months; per citizen = a year / citizens a year; per month = per citizen / mean months. Wages up by ten and twenty percent
raise the wages alone; another number of citizens scales what is done and leaves other expenses, and the phases said to be
fixed, as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from caseworker_app.domain.cost import HOURS_OF_YEAR, MINUTES_OF_MONTH, OVERHEAD, Phase, Profession

NOUGHT = Fraction(0)


def hourly_price(monthly: int | Fraction, overhead: int = OVERHEAD, hours: int = HOURS_OF_YEAR) -> Fraction:
    """Return what an hour costs in øre for a monthly wage in øre: × 12, overhead on it, spread on the year's hours.

    Raises ``ValueError`` for a wage or hours that are not above nought.
    """
    if monthly <= 0 or hours <= 0 or overhead < 0:
        raise ValueError("a wage and the hours of a year are above nought")
    return Fraction(monthly) * 12 * (100 + overhead) / 100 / hours


@dataclass(frozen=True, slots=True)
class Work:
    """Minutes of one profession in one phase, with citizens or without."""

    profession: Profession
    phase: Phase
    with_citizen: bool
    minutes: Fraction


@dataclass(frozen=True, slots=True)
class Basis:
    """What an assessment is made of. ``months`` is how long the period is, ``expenses`` and ``establishing`` in øre;
    ``citizens``, ``stay``, ``discharged`` and ``groups`` are ``None`` where nobody has said."""

    work: tuple[Work, ...]
    wages: Mapping[Profession, Fraction]
    expenses: Fraction
    establishing: Fraction
    months: Fraction
    citizens: Fraction | None = None
    stay: Fraction | None = None
    discharged: Fraction | None = None
    groups: Fraction | None = None
    fixed: frozenset[Phase] = frozenset()
    overhead: int = OVERHEAD
    hours: int = HOURS_OF_YEAR

    @property
    def missing(self) -> tuple[Profession, ...]:
        """The professions that have worked and have no wage: without it nothing can be said of the cost."""
        worked = {one.profession for one in self.work if one.minutes}
        return tuple(p for p in Profession if p in worked and not self.wages.get(p))


@dataclass(frozen=True, slots=True)
class Unit:
    """A cost a year and per each, in øre; ``None`` where it cannot be said."""

    year: Fraction
    per_citizen: Fraction | None = None
    per_month: Fraction | None = None
    per_discharged: Fraction | None = None
    per_group: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the running cost is what: amounts of the period in øre."""

    with_citizen: Fraction
    without: Fraction
    other: Fraction

    @property
    def all(self) -> Fraction:
        """The whole."""
        return self.with_citizen + self.without + self.other


@dataclass(frozen=True, slots=True)
class Assessment:
    """What came of it. ``wages`` by percent and ``numbers`` by citizens a year are the sensitivity."""

    unit: Unit
    share: Share
    by_phase: Mapping[Phase, Fraction]
    by_profession: Mapping[Profession, tuple[Fraction, Fraction]]
    establishing: Fraction
    wages: Mapping[int, Unit] = field(default_factory=dict)
    numbers: Mapping[Fraction, Unit] = field(default_factory=dict)


def months_between(begins: dt.date, ends: dt.date) -> Fraction:
    """Return how many months a period with both days in it is: whole ones counted, what is left by the days of its month.

    Raises ``ValueError`` for a period that ends before it begins.
    """
    if ends < begins:
        raise ValueError("a period ends after it begins")
    after = ends + dt.timedelta(days=1)
    whole = (after.year - begins.year) * 12 + after.month - begins.month
    while whole and _months_on(begins, whole) > after:
        whole -= 1
    reached = _months_on(begins, whole)
    return whole + Fraction((after - reached).days, (_months_on(begins, whole + 1) - reached).days)


def _months_on(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def minutes_of_posts(posts: int, months: Fraction, hours: int = HOURS_OF_YEAR) -> Fraction:
    """Return the minutes of full-time employees (in hundredths) over some months, by the effective hours of a year."""
    a_month = MINUTES_OF_MONTH if hours == HOURS_OF_YEAR else Fraction(hours * 60, 12)
    return Fraction(posts, 100) * a_month * months


def percent(part: Fraction | int, whole: Fraction | int) -> Fraction | None:
    """Return a part in percent; ``None`` of nothing."""
    return Fraction(part) * 100 / whole if whole else None


def assess(
    basis: Basis, wage_steps: Iterable[int] = (10, 20), numbers: Iterable[Fraction] = ()
) -> Assessment | None:
    """Return the assessment; ``None`` while a wage is missing or the period has no length: half a cost is no cost."""
    if basis.missing or basis.months <= 0:
        return None
    costs = [(one, _cost(basis, one)) for one in basis.work]
    wages = sum((cost for _one, cost in costs), NOUGHT)
    with_citizen = sum((cost for one, cost in costs if one.with_citizen), NOUGHT)
    share = Share(with_citizen, wages - with_citizen, basis.expenses)
    by_phase = {p: sum((cost for one, cost in costs if one.phase is p), NOUGHT) for p in Phase}
    by_profession: dict[Profession, tuple[Fraction, Fraction]] = {}
    for one, cost in costs:
        hours, so_far = by_profession.get(one.profession, (NOUGHT, NOUGHT))
        by_profession[one.profession] = hours + one.minutes / 60, so_far + cost
    return Assessment(
        _unit(basis, share.all, basis.citizens),
        share,
        by_phase,
        by_profession,
        basis.establishing,
        {step: _unit(basis, share.all + wages * step / 100, basis.citizens) for step in wage_steps},
        {n: found for n in numbers if (found := _with_number(basis, costs, n)) is not None},
    )


def _cost(basis: Basis, one: Work) -> Fraction:
    return (
        one.minutes / 60 * hourly_price(basis.wages[one.profession], basis.overhead, basis.hours)
        if one.minutes
        else NOUGHT
    )


def _unit(
    basis: Basis, of_period: Fraction, citizens: Fraction | None, scale: Fraction = Fraction(1)
) -> Unit:
    year = of_period * 12 / basis.months
    per_citizen = year / citizens if citizens else None
    return Unit(
        year,
        per_citizen,
        None if per_citizen is None or not basis.stay else per_citizen / basis.stay,
        year / (basis.discharged * scale) if basis.discharged else None,
        year / basis.groups if basis.groups else None,
    )


def _with_number(basis: Basis, costs: Iterable[tuple[Work, Fraction]], number: Fraction) -> Unit | None:
    if not basis.citizens or number <= 0:
        return None
    scale = number / basis.citizens
    done = sum((cost if one.phase in basis.fixed else cost * scale for one, cost in costs), NOUGHT)
    return _unit(basis, done + basis.expenses, number, scale)
