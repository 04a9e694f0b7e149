"""What a number is made of: its value, how it is said, and the cases it counts.

A figure is exact (a fraction) until it is said; it is rounded once, half away from nought, as the tables of the evaluation
are. A figure that cannot be counted (nothing to divide by) has no value and is shown as a dash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import Phrase

NO_VALUE = "–"
HIDDEN = "under 3"
FEWEST = 3
"""Groups of fewer children than this leave the house in no table."""


class Unit(StrEnum):
    """How a value is said."""

    COUNT = "count"
    YEARS = "years"
    """Child-years and averages, with two figures after the comma."""
    PERCENT = "percent"
    PERCENT_ONE = "percent_one"
    """With one figure after the comma (T 3.1, 3.2)."""
    POINTS = "points"
    PER_CASE = "per_case"
    KRONER = "kroner"


_PLACES = {
    Unit.COUNT: 0,
    Unit.YEARS: 2,
    Unit.PERCENT: 0,
    Unit.PERCENT_ONE: 1,
    Unit.POINTS: 0,
    Unit.PER_CASE: 1,
    Unit.KRONER: 0,
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What one case adds to a figure, and why in words; ``thing`` is what it is (an intervention, a follow-up)."""

    case: Id
    amount: Fraction
    why: Phrase
    thing: Id = b""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. ``counted`` are the cases it rests on, ``rest`` how many children it says something about by leaving
    them out (the others of a share); ``hidden`` says that it is not said outside the house."""

    value: Fraction | None
    unit: Unit = Unit.COUNT
    counted: tuple[Counted, ...] = ()
    rest: int = 0
    hidden: bool = False

    @property
    def children(self) -> int:
        """How many cases are behind it."""
        return len({one.case for one in self.counted})

    @property
    def few(self) -> bool:
        """Whether it says something about one or two children."""
        return 0 < self.children < FEWEST or 0 < self.rest < FEWEST

    def rounded(self) -> Decimal | None:
        """Return the value as it is printed."""
        return None if self.value is None else half_up(self.value, _PLACES[self.unit])


NOTHING = Figure(None)


def half_up(value: Fraction, places: int) -> Decimal:
    """Return a value rounded half away from nought to so many figures after the comma."""
    with localcontext() as context:
        context.prec = 60
        step = Decimal(1).scaleb(-places)
        scaled = abs(value) * 10**places
        whole, rest = divmod(scaled.numerator, scaled.denominator)
        whole += 2 * rest >= scaled.denominator
        return (Decimal(whole) * step).quantize(step, ROUND_HALF_UP) * (1 if value >= 0 else -1)


def share(part: Fraction, whole: Fraction) -> Fraction | None:
    """Return a part in percent of a whole; ``None`` when there is no whole."""
    return None if whole == 0 else part / whole * 100


def total(counted: Iterable[Counted], unit: Unit = Unit.COUNT) -> Figure:
    """Return what some cases add up to."""
    found = tuple(counted)
    return Figure(add_up(one.amount for one in found), unit, found)


def add_up(amounts: Iterable[Fraction]) -> Fraction:
    """Return the sum of amounts, of which many have the same denominator: exact, and fast for thousands."""
    by_denominator: dict[int, int] = {}
    for amount in amounts:
        denominator = amount.denominator
        by_denominator[denominator] = by_denominator.get(denominator, 0) + amount.numerator
    return sum((Fraction(n, denominator) for denominator, n in by_denominator.items()), Fraction(0))


def difference(before: Figure, after: Figure, unit: Unit | None = None) -> Figure:
    """Return after less before; nothing when one of them has no value."""
    if before.value is None or after.value is None:
        return Figure(None, unit or after.unit)
    return Figure(after.value - before.value, unit or after.unit, _both(before, after))


def change_in_percent(before: Figure, after: Figure) -> Figure:
    """Return how much more or less it became, in percent of before."""
    if before.value is None or after.value is None:
        return Figure(None, Unit.PERCENT)
    changed = share(after.value - before.value, before.value)
    return Figure(changed, Unit.PERCENT, _both(before, after))


def _both(before: Figure, after: Figure) -> tuple[Counted, ...]:
    return (*after.counted, *(replace(one, amount=-one.amount) for one in before.counted))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and what is said over several of them."""

    head: Phrase
    over: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet. ``level`` 0 is a total, 1 what it is made of, 2 a part of that."""

    key: str
    label: Phrase
    cells: tuple[Figure, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Sum:
    """Lines that add up to another: from its difference to the others a hidden one could be computed."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: what it is of, and the cells (line and column) of its value and of a mark beside it.

    A chart has no figures of its own: what its table hides is hidden in it.
    """

    label: Phrase
    at: tuple[str, int]
    mark: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of one measure: a row of bars."""

    title: Phrase
    bars: tuple[Bar, ...]
    mark: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Across:
    """Columns that add up to another, in every line."""

    whole: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name, where its form comes from, and what must be known to read it.

    ``sums`` (in the columns ``adds``) and ``across`` say what adds up to what. ``tied`` are columns that say the same
    thing in other words, ``follows`` columns that are computed from others; ``shares`` give away the whole of
    :attr:`sums`. Sheets of one ``family`` show the same lines.
    """

    key: str
    title: Phrase
    source: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[Phrase, ...] = ()
    sums: tuple[Sum, ...] = ()
    adds: tuple[int, ...] = (0,)
    across: tuple[Across, ...] = ()
    tied: tuple[tuple[int, ...], ...] = ()
    follows: tuple[tuple[int, tuple[int, ...]], ...] = ()
    shares: tuple[int, ...] = ()
    family: str = ""
    charts: tuple[Bars, ...] = field(default=())

    def line(self, key: str) -> Line:
        """Return a line. Raises ``KeyError`` when there is none of that key."""
        for line in self.lines:
            if line.key == key:
                return line
        raise KeyError(key)

    def cell(self, key: str, column: int) -> Figure:
        """Return a figure by its line's key and the column's number."""
        return self.line(key).cells[column]


def mapped(sheet: Sheet, change: Callable[[int, Line, Figure], Figure]) -> Sheet:
    """Return the sheet with each figure changed; ``change`` gets the column's number, the line and the figure."""
    lines: Sequence[Line] = [
        replace(line, cells=tuple(change(n, line, cell) for n, cell in enumerate(line.cells)))
        for line in sheet.lines
    ]
    return replace(sheet, lines=tuple(lines))
