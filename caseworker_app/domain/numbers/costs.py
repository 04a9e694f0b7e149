"""What interventions cost in a period, from prices that hold from a day to a day.

Rules: a day costs the day's price, a seventh of the week's, or its part of the month's, so that a whole month costs
exactly a month. What is paid for as a whole course falls on the day it begins. What is paid by the hour is not counted
here: the hours are not known. Days without a price are told and never guessed; when two placements run at once both are
paid, so cost is not counted once a day as child-years are.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from caseworker_app.domain.intervention import PriceUnit
from caseworker_app.domain.numbers.child_years import Piece, of_days
from caseworker_app.domain.numbers.events import PriceSpell, Stay
from caseworker_app.domain.numbers.figures import Counted
from caseworker_app.domain.numbers.span import DAY, Span
from caseworker_app.domain.phrases import Phrase

OERE = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """What one intervention cost in a period: kroner, days with a price, days without."""

    stay: Stay
    kroner: Fraction
    priced: int
    unpriced: int

    @property
    def counted(self) -> Counted:
        """What it adds to a figure."""
        if self.unpriced:
            why = Phrase(
                "{name}: {priced} days with a price, {unpriced} without",
                {"name": self.stay.name, "priced": self.priced, "unpriced": self.unpriced},
            )
        else:
            why = Phrase("{name}: {priced} days", {"name": self.stay.name, "priced": self.priced})
        return Counted(self.stay.case, self.kroner, why, self.stay.thing)


def cost(stay: Stay, span: Span, today: dt.date) -> Cost | None:
    """Return what an intervention cost in a period; ``None`` when it did not run in it."""
    days = stay.days_in(span, today)
    if days is None:
        return None
    oere, priced = Fraction(0), 0
    for price in stay.prices:
        part = days.common(price.first, price.last)
        if part is not None and price.unit is not PriceUnit.HOUR:
            priced += part.days
            oere += _cost_of(price, part, stay.first)
    return Cost(stay, oere / OERE, priced, days.days - priced)


def _cost_of(price: PriceSpell, days: Span, begun: dt.date) -> Fraction:
    match price.unit:
        case PriceUnit.DAY:
            return Fraction(price.oere * days.days)
        case PriceUnit.WEEK:
            return Fraction(price.oere * days.days, 7)
        case PriceUnit.MONTH:
            months = (
                (part.days, calendar.monthrange(part.first.year, part.first.month)[1])
                for part in _months(days)
            )
            return sum((Fraction(price.oere * part, length) for part, length in months), Fraction(0))
        case PriceUnit.COURSE:
            return Fraction(price.oere if begun in days else 0)
        case PriceUnit.HOUR:
            return Fraction(0)


def _months(days: Span) -> Iterator[Span]:
    first = days.first
    while first <= days.last:
        length = calendar.monthrange(first.year, first.month)[1]
        last = min(days.last, first.replace(day=length))
        yield Span(first, last)
        first = last + DAY


def costs(stays: Iterable[Stay], span: Span, today: dt.date) -> list[Cost]:
    """Return what each of some interventions cost in a period."""
    found = (cost(stay, span, today) for stay in stays)
    return [one for one in found if one is not None]


def priced_child_years(found: Iterable[Piece], span: Span) -> Fraction:
    """Return the child-years of days that have a price: what a cost per child-year is divided by."""
    years = Fraction(0)
    for piece in found:
        days = span.common(piece.days.first, piece.days.last)
        for price in piece.stay.prices if days is not None else ():
            part = None if days is None else days.common(price.first, price.last)
            if part is not None and price.unit is not PriceUnit.HOUR:
                years += of_days(part)
    return years
