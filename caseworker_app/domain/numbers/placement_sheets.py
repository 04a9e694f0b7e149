"""Placements: child-years by kind (T 2.1-2.3, 4.1), and what broke down (T 3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from caseworker_app.domain.numbers.child_years import Piece, counted, pieces
from caseworker_app.domain.numbers.events import Events
from caseworker_app.domain.numbers.figures import (
    Bar,
    Bars,
    Column,
    Counted,
    Figure,
    Line,
    Sheet,
    Sum,
    Unit,
    change_in_percent,
    difference,
    share,
    total,
)
from caseworker_app.domain.numbers.rows import (
    PLACE_GROUP_LABELS,
    PLACE_ROW_LABELS,
    ROWS_OF,
    PlaceGroup,
    PlaceRow,
)
from caseworker_app.domain.numbers.sheet_parts import ONE, span_columns, span_words
from caseworker_app.domain.numbers.span import Span
from caseworker_app.domain.phrases import Phrase

ALL = "all"
PLACEMENTS = "placements"
"""The family of sheets whose lines are the kinds of placement."""


def _lines() -> Iterator[tuple[str, Phrase, int, tuple[PlaceRow, ...]]]:
    for group, rows in ROWS_OF.items():
        if len(rows) > 1:
            for row in rows:
                yield row.value, Phrase(PLACE_ROW_LABELS[row]), 2, (row,)
        yield group.value, Phrase(PLACE_GROUP_LABELS[group]), 1, rows
    yield ALL, Phrase("All placements"), 0, tuple(PlaceRow)


LINES = tuple(_lines())
"""Key, words, level and rows of each line: rows, then their group, and all at the foot."""
SUMS: tuple[Sum, ...] = (
    Sum(ALL, tuple(group.value for group in PlaceGroup)),
    *(Sum(group.value, tuple(row.value for row in rows)) for group, rows in ROWS_OF.items() if len(rows) > 1),
)
_YEARS, _SHARE = Phrase("Child-years"), Phrase("In % of all placed")


def child_year_sheet(events: Events, span: Span, before: Span | None = None) -> Sheet:
    """Return the child-years by kind; beside another period, with what has changed."""
    found = pieces(events.stays, events.today)
    spans = [span] if before is None else [before, span]
    columns = _columns(spans)
    lines = [
        Line(key, words, _cells(found, spans, rows, events.past(span)), level)
        for key, words, level, rows in LINES
    ]
    bars = tuple(
        Bar(
            Phrase(PLACE_GROUP_LABELS[group]),
            (group.value, len(spans) - 1),
            None if before is None else (group.value, 0),
        )
        for group in PlaceGroup
    )
    mark = None if before is None else span_words(before)
    every = tuple(range(len(columns)))
    return Sheet(
        key="child_years",
        title=Phrase("Child-years by kind of placement"),
        source="T 2.1-2.3, 4.1",
        columns=tuple(columns),
        lines=tuple(lines),
        notes=_notes(),
        sums=SUMS,
        adds=tuple(range(len(spans))),
        tied=(every,),
        shares=(1,) if before is None else (4, 5),
        family=PLACEMENTS,
        charts=(Bars(_YEARS, bars, mark),),
    )


def _columns(spans: Sequence[Span]) -> list[Column]:
    if len(spans) == 1:
        return [
            Column(Phrase("Child-years")),
            Column(Phrase("In % of all placed")),
            Column(Phrase("Placed on average")),
            Column(Phrase("Children")),
        ]
    changed = [Column(Phrase("Difference"), _YEARS), Column(Phrase("Difference in %"), _YEARS)]
    points = Column(Phrase("Difference in points"), _SHARE)
    return [*span_columns(spans, _YEARS), *changed, *span_columns(spans, _SHARE), points]


def _cells(
    found: Sequence[Piece], spans: Sequence[Span], rows: Sequence[PlaceRow], past: Span | None
) -> tuple[Figure, ...]:
    years = [_years(found, span, rows) for span in spans]
    shares = [_share(found, span, figure) for span, figure in zip(spans, years, strict=True)]
    if len(spans) == 1:
        return (years[0], shares[0], _average(found, past or spans[0], rows), _children(years[0]))
    changed = (difference(years[0], years[1]), change_in_percent(years[0], years[1]))
    return (*years, *changed, *shares, difference(shares[0], shares[1], Unit.POINTS))


def _years(found: Sequence[Piece], span: Span, rows: Sequence[PlaceRow]) -> Figure:
    return total(counted(found, span, rows), Unit.YEARS)


def _share(found: Sequence[Piece], span: Span, part: Figure) -> Figure:
    whole = _years(found, span, tuple(PlaceRow)).value or Fraction(0)
    return Figure(share(part.value or Fraction(0), whole), Unit.PERCENT, part.counted)


def _average(found: Sequence[Piece], span: Span, rows: Sequence[PlaceRow]) -> Figure:
    """Return placed days by the days of the period that have come: how many were placed on an average day."""
    made = []
    for one in found:
        days = span.common(one.days.first, one.days.last)
        if days is not None and one.row in rows:
            why = Phrase("{name}: {days} days", {"name": one.stay.name, "days": days.days})
            made.append(Counted(one.stay.case, Fraction(days.days, span.days), why, one.stay.thing))
    return total(made, Unit.YEARS)


def _children(years: Figure) -> Figure:
    first: dict[bytes, Counted] = {}
    for one in years.counted:
        first.setdefault(one.case, replace(one, amount=ONE))
    return total(first.values())


def _notes() -> tuple[Phrase, ...]:
    return (
        Phrase(
            "Placed days by the days of the calendar year: half a year counts 0.5 in whatever period is shown."
        ),
        Phrase(
            "A day counts once for a child: for the highest step, of two on one step for the one that began last. "
            "A placement without an end counts to today."
        ),
    )


def breakdown_sheet(events: Events, span: Span, before: Span | None = None) -> Sheet:
    """Return the placements that ended because the child left or the place gave up (T 3.1)."""
    found = pieces(events.stays, events.today)
    spans = [span] if before is None else [before, span]
    numbers, percents = [], []
    for one in spans:
        broken = tuple(_broken(events, one))
        years = _years(found, one, tuple(PlaceRow))
        number = total(broken)
        rest = years.children - len({part.case for part in broken})
        numbers.append(replace(number, rest=max(0, rest) if broken else 0))
        value = share(number.value or Fraction(0), years.value or Fraction(0))
        percents.append(replace(numbers[-1], value=value, unit=Unit.PERCENT_ONE))
    return Sheet(
        key="breakdowns",
        title=Phrase("Breakdowns of placements"),
        source="T 3.1",
        columns=tuple(span_columns(spans)),
        lines=(
            Line("breakdowns", Phrase("Breakdowns"), tuple(numbers)),
            Line("breakdown_percent", Phrase("Breakdowns in % of child-years"), tuple(percents)),
        ),
        notes=(Phrase("A placement that ends because the child leaves or the place gives up."),),
    )


def _broken(events: Events, span: Span) -> list[Counted]:
    return [
        Counted(
            stay.case,
            ONE,
            Phrase("{name} broke down on {day}", {"name": stay.name, "day": stay.last}),
            stay.thing,
        )
        for stay in events.stays
        if stay.row is not None and stay.broken and stay.last is not None and stay.last in span
    ]
