"""What interventions cost (T 2.5), and a child-year of each kind (T 2.6), with 10 % and 20 % more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from caseworker_app.domain.numbers.child_years import Piece, pieces
from caseworker_app.domain.numbers.costs import Cost, costs, priced_child_years
from caseworker_app.domain.numbers.events import Events
from caseworker_app.domain.numbers.figures import (
    Column,
    Counted,
    Figure,
    Line,
    Sheet,
    Sum,
    Unit,
    change_in_percent,
    difference,
    total,
)
from caseworker_app.domain.numbers.placement_sheets import ALL, PLACEMENTS
from caseworker_app.domain.numbers.rows import (
    EFFORT_LABELS,
    PLACE_GROUP_LABELS,
    ROWS_OF,
    Effort,
    PlaceGroup,
    PlaceRow,
)
from caseworker_app.domain.numbers.sheet_parts import span_columns
from caseworker_app.domain.numbers.span import Span
from caseworker_app.domain.phrases import Phrase

MORE = (Fraction(110, 100), Fraction(120, 100))
"""What the figures would be with 10 % and 20 % more."""
_OTHERS = (Effort.PREVENTIVE, Effort.OTHER)
EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class _Group:
    key: str
    label: Phrase
    level: int
    rows: tuple[PlaceRow, ...] = ()
    efforts: tuple[Effort, ...] = ()

    def of(self, found: Sequence[Cost]) -> list[Cost]:
        return [
            one
            for one in found
            if (one.stay.row in self.rows if one.stay.row is not None else one.stay.effort in self.efforts)
        ]


def _groups(*, others: bool) -> Iterator[_Group]:
    for group in PlaceGroup:
        yield _Group(group.value, Phrase(PLACE_GROUP_LABELS[group]), 1, ROWS_OF[group])
    yield _Group(ALL, Phrase("All placements"), 0, tuple(PlaceRow))
    if others:
        for effort in _OTHERS:
            yield _Group(f"effort_{effort.value}", Phrase(EFFORT_LABELS[effort]), 1, (), (effort,))
        yield _Group(EVERYTHING, Phrase("All interventions"), 0, tuple(PlaceRow), _OTHERS)


_SUMS = (
    Sum(ALL, tuple(group.value for group in PlaceGroup)),
    Sum(EVERYTHING, (ALL, *(f"effort_{effort.value}" for effort in _OTHERS))),
)


def cost_sheet(events: Events, span: Span, before: Span | None = None) -> Sheet:
    """Return what was paid in a period, by kind; beside another period, with what has changed."""
    spans = [span] if before is None else [before, span]
    found = [costs(events.stays, one, events.today) for one in spans]
    lines = []
    for group in _groups(others=True):
        parts = [group.of(one) for one in found]
        sums = [_paid(one) for one in parts]
        unpriced = total(
            replace(cost.counted, amount=Fraction(cost.unpriced)) for cost in parts[-1] if cost.unpriced
        )
        lines.append(Line(group.key, group.label, (*_changed(sums), *_more(sums[-1]), unpriced), group.level))
    columns = (*_columns(spans), Column(Phrase("Days without a price")))
    return Sheet(
        key="costs",
        title=Phrase("Cost in kr."),
        source="T 2.5",
        columns=columns,
        lines=tuple(lines),
        notes=_notes(),
        sums=_SUMS,
        adds=tuple(range(len(spans))),
        tied=(tuple(range(len(columns))),),
        family=PLACEMENTS,
    )


def unit_cost_sheet(events: Events, span: Span, before: Span | None = None) -> Sheet:
    """Return what a child-year of each kind of placement costs; beside another period, with what has changed."""
    spans = [span] if before is None else [before, span]
    placed = pieces(events.stays, events.today)
    found = [costs(events.stays, one, events.today) for one in spans]
    lines = []
    for group in _groups(others=False):
        own = [piece for piece in placed if piece.row in group.rows]
        each = [_unit_cost(group.of(of_span), own, one) for of_span, one in zip(found, spans, strict=True)]
        lines.append(Line(group.key, group.label, (*_changed(each), *_more(each[-1])), group.level))
    columns = _columns(spans)
    return Sheet(
        key="unit_costs",
        title=Phrase("Cost of a child-year in kr."),
        source="T 2.6",
        columns=columns,
        lines=tuple(lines),
        notes=(
            Phrase(
                "Cost by the child-years of the days that have a price; days without one are left out of both."
            ),
        ),
        sums=_SUMS[:1],
        adds=tuple(range(len(spans))),
        tied=(tuple(range(len(columns))),),
        family=PLACEMENTS,
    )


def _paid(found: Sequence[Cost]) -> Figure:
    """Return what was paid; nothing can be said where no day has a price."""
    priced = [cost.counted for cost in found if cost.priced]
    return total(priced, Unit.KRONER) if priced or not found else Figure(None, Unit.KRONER)


def _unit_cost(found: Sequence[Cost], placed: Sequence[Piece], span: Span) -> Figure:
    years = priced_child_years(placed, span)
    parts = tuple(cost.counted for cost in found if cost.priced)
    if years == 0:
        return Figure(None, Unit.KRONER, parts)
    shares = tuple(Counted(one.case, one.amount / years, one.why, one.thing) for one in parts)
    return Figure(sum((one.amount for one in shares), Fraction(0)), Unit.KRONER, shares)


def _changed(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    if len(figures) == 1:
        return tuple(figures)
    return (*figures, difference(figures[0], figures[1]), change_in_percent(figures[0], figures[1]))


def _more(figure: Figure) -> tuple[Figure, ...]:
    value = figure.value
    return tuple(replace(figure, value=None if value is None else value * factor) for factor in MORE)


def _columns(spans: Sequence[Span]) -> tuple[Column, ...]:
    over = Phrase("Sensitivity")
    changed = [] if len(spans) == 1 else [Column(Phrase("Difference")), Column(Phrase("Difference in %"))]
    more = (Column(Phrase("10 % more"), over), Column(Phrase("20 % more"), over))
    return (*span_columns(spans), *changed, *more)


def _notes() -> tuple[Phrase, ...]:
    return (
        Phrase(
            "Prices are the intervention's own, else the catalogue's of that day. What is paid by the hour is not counted: "
            "its days are days without a price."
        ),
        Phrase(
            "When two placements run at once both are paid: cost is not counted once a day as child-years are."
        ),
    )
