"""Plans and goals, complaints (T 3.2), changes of worker, and what Børnesagsbarometret measures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from caseworker_app.domain.ids import Id
from caseworker_app.domain.numbers.events import Events, Happened
from caseworker_app.domain.numbers.figures import (
    Across,
    Column,
    Counted,
    Figure,
    Line,
    Sheet,
    Sum,
    Unit,
    share,
    total,
)
from caseworker_app.domain.numbers.rows import Effort
from caseworker_app.domain.numbers.sheet_parts import ONE, cases_figure, open_cases, rate, span_columns
from caseworker_app.domain.numbers.span import Span
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.plan import GOAL_STATUS_LABELS, GoalStatus

ALL = "all"


# --- Plans and goals -----------------------------------------------------------------------------------------


def plan_sheet(events: Events, span: Span) -> Sheet:
    """Return the cases with decided help and whether they have a plan in use, on the last day of a period."""
    day = min(span.last, events.today)
    decided = {
        stay.case
        for stay in events.stays
        if stay.effort is not Effort.OTHER and stay.first <= day <= stay.until(day)
    }
    cases = [one.case for one in events.cases if one.open_on(day) and one.case in decided]
    used, made = set(), set()
    for plan in events.plans:
        if plan.ended_on is None or plan.ended_on > day:
            if plan.ready_on is not None and plan.ready_on <= day:
                used.add(plan.case)
            elif plan.begun_on is not None and plan.begun_on <= day:
                made.add(plan.case)
    groups = (
        ("in_use", Phrase("A plan in use"), [case for case in cases if case in used]),
        ("making", Phrase("A plan being made"), [case for case in cases if case in made - used]),
        ("none", Phrase("No plan"), [case for case in cases if case not in used | made]),
    )
    lines = [_shared(key, words, found, len(cases)) for key, words, found in groups]
    lines.append(_shared(ALL, Phrase("Cases with decided help"), cases, len(cases), level=0))
    return Sheet(
        key="plans",
        title=Phrase("Plans"),
        source="BL § 91",
        columns=(Column(Phrase("Cases")), Column(Phrase("%"))),
        lines=tuple(lines),
        notes=(Phrase("As it was on {day}.", {"day": day}),),
        sums=(Sum(ALL, tuple(key for key, _, _ in groups)),),
        follows=((1, (0,)),),
        shares=(1,),
    )


def _shared(key: str, words: Phrase, cases: Sequence[Id], whole: int, *, level: int = 1) -> Line:
    number = cases_figure(cases, words)
    percent = share(number.value or Fraction(0), Fraction(whole))
    return Line(key, words, (number, replace(number, value=percent, unit=Unit.PERCENT)), level)


_ENDED: Final = (GoalStatus.REACHED, GoalStatus.PARTLY_REACHED, GoalStatus.CHANGED, GoalStatus.GIVEN_UP)


def goal_sheet(events: Events, span: Span) -> Sheet:
    """Return the goals that were worked with on a day of a period, by where they stand today."""
    found = [
        goal
        for goal in events.goals
        if (goal.first is None or goal.first <= span.last)
        and (goal.ended_on is None or goal.ended_on >= span.first)
    ]
    lines = []
    for status in (GoalStatus.ACTIVE, *_ENDED, GoalStatus.DRAFT):
        words = Phrase(GOAL_STATUS_LABELS[status])
        own = [Counted(goal.case, ONE, words, goal.thing) for goal in found if goal.status is status]
        lines.append(_goals(status.value, words, own, len(found)))
    everything = [
        Counted(goal.case, ONE, Phrase(GOAL_STATUS_LABELS[goal.status]), goal.thing) for goal in found
    ]
    lines.append(_goals(ALL, Phrase("Goals in all"), everything, len(found), level=0))
    return Sheet(
        key="goals",
        title=Phrase("Goals"),
        source="BL § 92",
        columns=(Column(Phrase("Goals")), Column(Phrase("%"))),
        lines=tuple(lines),
        notes=(Phrase("Goals that ran on a day of the period, as they stand today."),),
        sums=(Sum(ALL, tuple(line.key for line in lines[:-1])),),
        follows=((1, (0,)),),
        shares=(1,),
    )


def _goals(key: str, words: Phrase, found: Sequence[Counted], whole: int, *, level: int = 1) -> Line:
    number = total(found)
    percent = share(number.value or Fraction(0), Fraction(whole))
    return Line(key, words, (number, replace(number, value=percent, unit=Unit.PERCENT)), level)


# --- Complaints and changes of worker ------------------------------------------------------------------------


def complaint_sheet(events: Events, span: Span, before: Span | None = None) -> Sheet:
    """Return the complaints that came, and in percent of all cases (T 3.2)."""
    spans = [span] if before is None else [before, span]
    numbers, percents, cases = [], [], []
    for one in spans:
        among = open_cases(events, one)
        cases.append(cases_figure(among, Phrase("open in the period")))
        found = _happened(events.complaints, one, "complaint")
        percent = rate(found, len(among))
        numbers.append(replace(total(found), rest=percent.rest if found else 0))
        percents.append(replace(percent, rest=percent.rest if found else 0))
    return Sheet(
        key="complaints",
        title=Phrase("Complaints"),
        source="T 3.2",
        columns=tuple(span_columns(spans)),
        lines=(
            Line("complaints", Phrase("Complaints"), tuple(numbers)),
            Line("complaint_percent", Phrase("Complaints in % of all cases"), tuple(percents)),
            Line("cases", Phrase("Cases open in the period"), tuple(cases), 0),
        ),
    )


def change_sheet(events: Events, span: Span, before: Span | None = None) -> Sheet:
    """Return the changes of worker, and for each child."""
    spans = [span] if before is None else [before, span]
    numbers, averages, none, cases = [], [], [], []
    for one in spans:
        among = open_cases(events, one)
        found = [part for part in _happened(events.changes, one, "change") if part.case in set(among)]
        moved = {part.case for part in found}
        rest = len(among) - len(moved) if found else 0
        numbers.append(replace(total(found), rest=rest))
        average = Fraction(len(found), len(among)) if among else None
        averages.append(Figure(average, Unit.YEARS, tuple(found), rest=rest))
        same = cases_figure(
            [case for case in among if case not in moved], Phrase("the same worker throughout")
        )
        none.append(replace(same, rest=len(moved)))
        cases.append(cases_figure(among, Phrase("open in the period")))
    return Sheet(
        key="changes",
        title=Phrase("Changes of worker"),
        source="Herningmodellen",
        columns=tuple(span_columns(spans)),
        lines=(
            Line("changes", Phrase("Changes of worker"), tuple(numbers)),
            Line("changes_each", Phrase("Changes for each child"), tuple(averages)),
            Line("unchanged", Phrase("Children with the same worker throughout"), tuple(none)),
            Line("cases", Phrase("Cases open in the period"), tuple(cases), 0),
        ),
    )


def _happened(found: Sequence[Happened], span: Span, what: str) -> list[Counted]:
    made = []
    for one in found:
        if one.on in span:
            values: dict[str, object] = {"day": one.on}
            words = (
                Phrase("a complaint came on {day}", values)
                if what == "complaint"
                else Phrase("the worker changed on {day}", values)
            )
            made.append(Counted(one.case, ONE, words, one.thing))
    return made


# --- Børnesagsbarometret -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Barometer:
    """What Ankestyrelsen found in the country's cases, in percent."""

    first_follow_up: int = 75
    heard: int = 65
    investigation: int = 50
    year: int = 2024


BAROMETER: Final = Barometer()
"""Børnesagsbarometret 2024 (Ankestyrelsen): first follow-up within three months, talk with the child before the decision,
investigation within four months."""


def barometer_sheet(events: Events, span: Span) -> Sheet:
    """Return own cases beside the country's: what fell due in a period and was done in time."""
    past = events.past(span)
    country = Column(Phrase("The country {year}, %", {"year": BAROMETER.year}))
    heads = (
        Column(Phrase("In all")),
        Column(Phrase("In time")),
        Column(Phrase("Late")),
        Column(Phrase("In time, %")),
    )
    return Sheet(
        key="barometer",
        title=Phrase("In time, beside the country"),
        source="Børnesagsbarometret",
        columns=(*heads, country),
        lines=tuple(_barometer_lines(events, past or span)),
        notes=(
            Phrase(
                "What fell due in the period. The country's figures are Ankestyrelsen's of {year}.",
                {"year": BAROMETER.year},
            ),
        ),
        across=(Across(0, (1, 2)),),
        follows=((3, (0, 1, 2)),),
    )


def _barometer_lines(events: Events, past: Span) -> Iterator[Line]:
    first = [one for one in events.due if one.first_by_law and one.due in past]
    yield _beside(
        "first_follow_up",
        Phrase("First follow-up within three months"),
        [(_part(one.case, one.thing, _due(one.due)), _by(one.held, one.due)) for one in first],
        BAROMETER.first_follow_up,
    )
    decided = [one for one in events.decisions if one.on in past]
    yield _beside(
        "heard",
        Phrase("Talk with the child before the decision"),
        [
            (_part(one.case, one.thing, Phrase("decided {day}", {"day": one.on})), _by(one.heard_on, one.on))
            for one in decided
        ],
        BAROMETER.heard,
    )
    looked = [one for one in events.looked if one.due in past]
    yield _beside(
        "investigation",
        Phrase("Investigation within four months"),
        [(_part(one.case, one.thing, _due(one.due)), _by(one.ended_on, one.due)) for one in looked],
        BAROMETER.investigation,
    )


def _due(day: dt.date) -> Phrase:
    return Phrase("due {due}", {"due": day})


def _by(done: dt.date | None, due: dt.date) -> bool:
    """Whether something was done, on the day it was due at the latest."""
    return done is not None and done <= due


def _part(case: Id, thing: Id, why: Phrase) -> Counted:
    return Counted(case, ONE, why, thing)


def _beside(key: str, words: Phrase, found: Sequence[tuple[Counted, bool]], country: int) -> Line:
    timely = total(part for part, good in found if good)
    late = total(part for part, good in found if not good)
    everything = total(part for part, _good in found)
    percent = share(timely.value or Fraction(0), everything.value or Fraction(0))
    cells = (
        everything,
        timely,
        late,
        Figure(percent, Unit.PERCENT, timely.counted),
        Figure(Fraction(country), Unit.PERCENT),
    )
    return Line(key, words, cells)
