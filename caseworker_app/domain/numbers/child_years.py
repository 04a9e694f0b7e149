"""Child-years (årsbørn): placed days by the days of their calendar year, summed; half a year is 0,5 in whatever period.

Rules: both the first and the last day of a placement count. One without an end counts to today. A day counts once for a
child, however many placements run on it: for the highest on the ladder, of two on one step for the one that began last.
So the rows add up to the total, and a child who is moved is counted once on the day of the move.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from caseworker_app.domain.numbers.events import Stay
from caseworker_app.domain.numbers.figures import Counted
from caseworker_app.domain.numbers.rows import PlaceRow
from caseworker_app.domain.numbers.span import DAY, Span
from caseworker_app.domain.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Piece:
    """Days on which a child is counted for one placement, and for no other."""

    stay: Stay
    row: PlaceRow
    days: Span


def pieces(stays: Iterable[Stay], today: dt.date) -> tuple[Piece, ...]:
    """Return the placed days of every child, each day for one placement."""
    by_child: dict[str, list[tuple[Stay, PlaceRow, Span]]] = {}
    for stay in stays:
        last = stay.until(today)
        if stay.row is not None and stay.first <= last:
            by_child.setdefault(stay.child, []).append((stay, stay.row, Span(stay.first, last)))
    return tuple(piece for placed in by_child.values() for piece in _of_child(placed))


def _of_child(placed: list[tuple[Stay, PlaceRow, Span]]) -> Iterator[Piece]:
    if len(placed) == 1:
        yield Piece(*placed[0])
        return
    borders = sorted({days.first for _, _, days in placed} | {days.last + DAY for _, _, days in placed})
    for begin, end in pairwise(borders):
        running = [one for one in placed if one[2].first <= begin <= one[2].last]
        if running:
            stay, row, _days = max(running, key=lambda one: (one[0].step or 0, one[0].first, one[0].thing))
            yield Piece(stay, row, Span(begin, end - DAY))


def of_days(days: Span) -> Fraction:
    """Return some placed days as child-years: each year's days by the days of that year."""
    return sum((Fraction(year.days, _year_length(year.first.year)) for year in days.years()), Fraction(0))


def _year_length(year: int) -> int:
    return 366 if calendar.isleap(year) else 365


def counted(found: Iterable[Piece], span: Span, rows: Iterable[PlaceRow] | None = None) -> list[Counted]:
    """Return the child-years of a period, a part for each stretch of days; only of some rows where they are named."""
    wanted = None if rows is None else frozenset(rows)
    made = []
    for piece in found:
        days = span.common(piece.days.first, piece.days.last)
        if days is not None and (wanted is None or piece.row in wanted):
            made.append(Counted(piece.stay.case, of_days(days), _why(piece, days), piece.stay.thing))
    return made


def placed_days(found: Iterable[Piece], span: Span) -> int:
    """Return the placed days of a period."""
    common = (span.common(piece.days.first, piece.days.last) for piece in found)
    return sum(days.days for days in common if days is not None)


def _why(piece: Piece, days: Span) -> Phrase:
    return Phrase.counted(
        "{n} day, {first} – {last}: {name}",
        "{n} days, {first} – {last}: {name}",
        days.days,
        name=piece.stay.name,
        first=days.first,
        last=days.last,
    )
