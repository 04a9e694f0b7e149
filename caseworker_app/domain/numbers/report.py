"""All the sheets of a period, in the order they are shown; each can be made alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from caseworker_app.domain.ids import Id
from caseworker_app.domain.numbers.case_sheets import (
    barometer_sheet,
    change_sheet,
    complaint_sheet,
    goal_sheet,
    plan_sheet,
)
from caseworker_app.domain.numbers.cost_sheets import cost_sheet, unit_cost_sheet
from caseworker_app.domain.numbers.events import Events
from caseworker_app.domain.numbers.figures import Sheet
from caseworker_app.domain.numbers.follow_up_sheets import half_year_sheet, in_time_sheet, talk_sheet
from caseworker_app.domain.numbers.ladder import Strip, strips
from caseworker_app.domain.numbers.ladder_sheets import ladder_sheet, move_sheet
from caseworker_app.domain.numbers.placement_sheets import breakdown_sheet, child_year_sheet
from caseworker_app.domain.numbers.span import Span

_Ladders = Callable[[], Mapping[Id, Strip]]
_MAKERS: Final[Mapping[str, Callable[[Events, Span, Span | None, _Ladders], Sheet]]] = {
    "half_years": lambda events, span, before, ladders: half_year_sheet(events, span),
    "in_time": lambda events, span, before, ladders: in_time_sheet(events, span),
    "talks": lambda events, span, before, ladders: talk_sheet(events, span),
    "barometer": lambda events, span, before, ladders: barometer_sheet(events, span),
    "plans": lambda events, span, before, ladders: plan_sheet(events, span),
    "goals": lambda events, span, before, ladders: goal_sheet(events, span),
    "ladder": lambda events, span, before, ladders: ladder_sheet(events, ladders(), span),
    "moves": lambda events, span, before, ladders: move_sheet(events, ladders(), span),
    "child_years": lambda events, span, before, ladders: child_year_sheet(events, span, before),
    "breakdowns": lambda events, span, before, ladders: breakdown_sheet(events, span, before),
    "complaints": lambda events, span, before, ladders: complaint_sheet(events, span, before),
    "changes": lambda events, span, before, ladders: change_sheet(events, span, before),
    "costs": lambda events, span, before, ladders: cost_sheet(events, span, before),
    "unit_costs": lambda events, span, before, ladders: unit_cost_sheet(events, span, before),
}
KEYS: Final = tuple(_MAKERS)
"""The sheets in their order."""


def report(events: Events, span: Span, before: Span | None = None) -> tuple[Sheet, ...]:
    """Return every sheet of a period, beside another where one is asked for."""
    found = strips(events)
    return tuple(make(events, span, before, lambda: found) for make in _MAKERS.values())


def one_sheet(events: Events, key: str, span: Span, before: Span | None = None) -> Sheet:
    """Return one sheet. Raises ``KeyError`` for a key that is not among :data:`KEYS`."""
    return _MAKERS[key](events, span, before, lambda: strips(events))
