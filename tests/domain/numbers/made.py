"""Events that tests construct: placements with so many child-years in a year, cases, and the days in between."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from caseworker_app.domain.intervention import PriceUnit
from caseworker_app.domain.numbers.events import CaseSpell, PriceSpell, Stay
from caseworker_app.domain.numbers.rows import GROUP_OF, Effort, PlaceGroup, PlaceRow

TODAY = dt.date(2026, 11, 21)
_EFFORT = {
    PlaceGroup.HOME_BASED: Effort.HOME_BASED,
    PlaceGroup.FOSTER: Effort.FOSTER,
    PlaceGroup.INSTITUTION: Effort.INSTITUTION,
}
STEP = {PlaceGroup.HOME_BASED: 3, PlaceGroup.FOSTER: 5, PlaceGroup.INSTITUTION: 6}
_NUMBERS = itertools.count(1)


def some_id() -> bytes:
    """Return an id that no other thing of the tests has."""
    return next(_NUMBERS).to_bytes(16, "big")


def day(text: str) -> dt.date:
    """Return a day written as 2015-01-31."""
    return dt.date.fromisoformat(text)


def stay(
    first: str | dt.date,
    last: str | dt.date | None = None,
    *,
    row: PlaceRow | None = PlaceRow.ORDINARY_FOSTER,
    child: str = "",
    case: bytes = b"",
    step: int | None = None,
    prices: tuple[PriceSpell, ...] = (),
    broken: bool = False,
    effort: Effort | None = None,
) -> Stay:
    """Return one intervention; a placement in an ordinary foster family when nothing else is said."""
    thing = some_id()
    group = None if row is None else GROUP_OF[row]
    made = _EFFORT[group] if group is not None else Effort.PREVENTIVE
    return Stay(
        thing=thing,
        case=case or (child.encode() if child else thing),
        child=child or thing.hex(),
        name="Plejefamilie" if row is not None else "Kontaktperson",
        effort=effort or made,
        step=step if step is not None else (STEP[group] if group is not None else 3),
        first=day(first) if isinstance(first, str) else first,
        last=day(last) if isinstance(last, str) else last,
        row=row,
        broken=broken,
        prices=prices,
    )


def priced(
    oere: int, unit: PriceUnit = PriceUnit.DAY, first: str = "2000-01-01", last: str = ""
) -> PriceSpell:
    """Return a price that holds from a day on."""
    return PriceSpell(oere, unit, day(first), day(last) if last else None)


def days_of(child_years: str, year: int) -> int:
    """Return how many placed days make so many child-years in a year."""
    length = 366 if dt.date(year, 12, 31).timetuple().tm_yday == 366 else 365
    return int((Decimal(child_years) * length).quantize(Decimal(1), ROUND_HALF_UP))


def placed(days: int, year: int, row: PlaceRow, *, prices: tuple[PriceSpell, ...] = ()) -> Iterator[Stay]:
    """Yield placements with so many days in a year: whole years, and the rest at its beginning."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    length = (last - first).days + 1
    for _whole in range(days // length):
        yield stay(first, last, row=row, prices=prices)
    if days % length:
        yield stay(first, first + dt.timedelta(days=days % length - 1), row=row, prices=prices)


def case(
    first: str = "2010-01-01", last: str = "", *, case: bytes = b"", step: int | None = None
) -> CaseSpell:
    """Return a case with its days."""
    made = case or some_id()
    return CaseSpell(made, made.hex(), day(first), day(last) if last else None, step)
