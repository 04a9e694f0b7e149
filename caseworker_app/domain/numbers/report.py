"""All the sheets of a period, in the order they are shown."""

from __future__ import annotations

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
from caseworker_app.domain.numbers.ladder import strips
from caseworker_app.domain.numbers.ladder_sheets import ladder_sheet, move_sheet
from caseworker_app.domain.numbers.placement_sheets import breakdown_sheet, child_year_sheet
from caseworker_app.domain.numbers.span import Span


def report(events: Events, span: Span, before: Span | None = None) -> tuple[Sheet, ...]:
    """Return every sheet of a period, beside another where one is asked for."""
    found = strips(events)
    return (
        half_year_sheet(events, span),
        in_time_sheet(events, span),
        talk_sheet(events, span),
        barometer_sheet(events, span),
        plan_sheet(events, span),
        goal_sheet(events, span),
        ladder_sheet(events, found, span),
        move_sheet(events, found, span),
        child_year_sheet(events, span, before),
        breakdown_sheet(events, span, before),
        complaint_sheet(events, span, before),
        change_sheet(events, span, before),
        cost_sheet(events, span, before),
        unit_cost_sheet(events, span, before),
    )
