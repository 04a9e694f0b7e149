"""What the numbers of a caseload are made of, read from the store: every case the worker has or had, open and closed.

One reading serves every period; :func:`caseworker_app.domain.numbers.report.report` makes the sheets of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caseworker_app.domain.case import Case
from caseworker_app.domain.catalogue import Catalogue
from caseworker_app.domain.entity import type_of
from caseworker_app.domain.follow_up import ChildTalk, TalkState
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import CHILDS_ACT, DECIDED, Intervention, PriceUnit
from caseworker_app.domain.investigation import MONTHS, InvestigationKind
from caseworker_app.domain.numbers.events import (
    CaseSpell,
    Decision,
    DueFollowUp,
    Events,
    GoalSpell,
    Happened,
    HeldFollowUp,
    Looked,
    PlanSpell,
    PriceSpell,
    Stay,
)
from caseworker_app.domain.numbers.rows import EFFORT_OF, ROW_OF_KIND, PlaceRow
from caseworker_app.domain.plan import Goal
from caseworker_app.domain.rules.periods import add_months
from caseworker_app.domain.worker_change import WorkerChange
from caseworker_app.services import caseload_deadlines, courses
from caseworker_app.services.courses import Course
from caseworker_app.services.deadlines import Bundle
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import RuleBook

_FIRST_MONTHS = 3
"""Within how many months the law asks for the first follow-up (barnets lov § 95; serviceloven § 70)."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What happened, and the cases it happened in by their ids."""

    events: Events
    cases: Mapping[Id, Case]


def load(reader: Reader, book: RuleBook, catalogue: Catalogue) -> Loaded:
    """Return everything the worker's numbers are made of, up to today."""
    cases = reader.find(Case, without=frozenset({"note"}))
    by_id = {case.id: case for case in cases}
    bundles = caseload_deadlines.bundles(reader, cases)
    talks = _talks(reader)
    case_of = {case.stream: case.id for case in cases}
    stays = [stay for bundle in bundles for stay in stays_of(bundle, catalogue)]
    follow_ups = [one for bundle in bundles for one in _follow_ups(book, bundle, reader.today, talks)]
    events = Events(
        today=reader.today,
        cases=tuple(spell_of(bundle, reader.today) for bundle in bundles),
        stays=tuple(stays),
        due=tuple(one for one in follow_ups if isinstance(one, DueFollowUp)),
        held=tuple(one for one in follow_ups if isinstance(one, HeldFollowUp)),
        decisions=tuple(one for bundle in bundles for one in _decisions(bundle, talks)),
        looked=tuple(one for bundle in bundles for one in _looked(bundle)),
        plans=tuple(
            PlanSpell(bundle.case.id, plan.id, plan.begun_on, plan.ready_on, plan.ended_on)
            for bundle in bundles
            for plan in bundle.facts.plans
        ),
        goals=tuple(_goals(reader, case_of)),
        complaints=tuple(_complaints(bundles)),
        changes=tuple(_changes(reader, case_of)),
    )
    return Loaded(events, by_id)


def of_case(reader: Reader, case: Id, catalogue: Catalogue) -> tuple[CaseSpell, tuple[Stay, ...]]:
    """Return one case and what was done in it: what its ladder is drawn from. Raises ``KeyError`` for no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    (bundle,) = caseload_deadlines.bundles(reader, [found])
    return spell_of(bundle, reader.today), tuple(stays_of(bundle, catalogue))


# --- Cases and what was done ---------------------------------------------------------------------------------


def spell_of(bundle: Bundle, today: dt.date) -> CaseSpell:
    """Return a case with its days; one without an opening day began with its first intervention, or today."""
    case = bundle.case
    starts = [course.intervention.start for course in bundle.courses if course.intervention.start is not None]
    first = case.opened_on or min(starts, default=today)
    last = None if case.active else (case.closed_on or today)
    return CaseSpell(case.id, _child(case), first, None if last is None else max(first, last), case.step)


def _child(case: Case) -> str:
    return case.person_number or case.id.hex()


def stays_of(bundle: Bundle, catalogue: Catalogue) -> Iterator[Stay]:
    """Yield a case's interventions with their days; nothing runs after the case was closed."""
    closed = None if bundle.case.active else bundle.case.closed_on
    for course in bundle.courses:
        found = course.intervention
        if found.start is None:
            continue
        last = min((day for day in (found.ended_on, closed) if day is not None), default=None)
        yield Stay(
            thing=found.id,
            case=bundle.case.id,
            child=_child(bundle.case),
            name=found.name,
            effort=EFFORT_OF[found.kind],
            step=found.step,
            first=found.start,
            last=None if last is None else max(found.start, last),
            row=_row(found, catalogue),
            broken=found.breakdown,
            prices=_prices(found, catalogue),
            planned_last=found.planned_end,
            planned_next=found.next_step,
            decided_on=found.decided_on,
        )


def _row(found: Intervention, catalogue: Catalogue) -> PlaceRow | None:
    """Return where a placement is counted: as its entry in the catalogue says, else by its kind."""
    if not found.placement or found.start is None:
        return None
    entry = catalogue.entry(found.catalogue, found.start)
    return PlaceRow(entry.counted_as) if entry is not None and entry.counted_as else ROW_OF_KIND[found.kind]


def _prices(found: Intervention, catalogue: Catalogue) -> tuple[PriceSpell, ...]:
    """Return the intervention's own price, else the catalogue's dated ones."""
    if found.price is not None and found.start is not None:
        return (PriceSpell(found.price.oere, PriceUnit(found.price.unit), found.start),)
    return tuple(
        PriceSpell(price.oere, entry.price_unit, price.first, price.last)
        for entry in catalogue.entries
        if entry.id == found.catalogue
        for price in entry.prices
    )


# --- Follow-ups, talks and decisions -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Talks:
    """What became of the talks, by follow-up; the first day of one, by intervention."""

    by_follow_up: Mapping[Id, TalkState]
    first_day: Mapping[Id, dt.date]


def _talks(reader: Reader) -> _Talks:
    states: dict[Id, TalkState] = {}
    first: dict[Id, dt.date] = {}
    for _id, follow_up, intervention, state, held_on in reader.pick(
        ChildTalk, ("follow_up", "intervention", "state", "held_on")
    ):
        if follow_up is not None and states.get(follow_up) is not TalkState.HELD:
            states[follow_up] = state
        if intervention is not None and held_on is not None and state is TalkState.HELD:
            first[intervention] = min(held_on, first.get(intervention, held_on))
    return _Talks(states, first)


def _follow_ups(
    book: RuleBook, bundle: Bundle, today: dt.date, talks: _Talks
) -> Iterator[DueFollowUp | HeldFollowUp]:
    for course in bundle.courses:
        found = course.intervention
        if found.start is None or found.start > today:
            continue
        case, effort = bundle.case.id, EFFORT_OF[found.kind]
        for one in course.settling:
            if one.held_on is not None:
                yield HeldFollowUp(case, found.id, effort, one.held_on, talks.by_follow_up.get(one.id))
        until = _until(bundle.case, found, today)
        for item in courses.main_items(book, course, until):
            if item.due <= until:
                yield DueFollowUp(case, found.id, effort, item.due, item.held, item.waived)
        first = _first_by_law(book, course, until)
        if first is not None:
            yield DueFollowUp(case, found.id, effort, first[0], first[1], first_by_law=True)


def _until(case: Case, found: Intervention, today: dt.date) -> dt.date:
    """Return the last day something could fall due: nothing does in a case that is closed."""
    days = [
        today,
        *(day for day in (found.ended_on, None if case.active else case.closed_on) if day is not None),
    ]
    return min(days)


def _first_by_law(book: RuleBook, course: Course, until: dt.date) -> tuple[dt.date, dt.date | None] | None:
    """Return when the law's first follow-up was due, and when a full one was first held.

    Three months after the start; by barnets lov (§ 95, stk. 2) the end of an investigation beside it, where that is
    earlier. A test finds the same as the evaluator of the rules does.
    """
    found = course.intervention
    if found.start is None or found.kind not in DECIDED:
        return None
    law = book.law.on(found.start)
    if law is None or not courses.follow_up_rule(law, found):
        return None
    due = add_months(found.start, _FIRST_MONTHS)
    if course.investigated_on is not None and found.start >= CHILDS_ACT:
        due = min(due, course.investigated_on)
    if due > until:
        return None
    held = min((one.held_on for one in course.settling if one.full and one.held_on), default=None)
    return due, held


def _decisions(bundle: Bundle, talks: _Talks) -> Iterator[Decision]:
    if bundle.case.unborn:
        return
    for course in bundle.courses:
        found = course.intervention
        if found.kind in DECIDED and found.decided_on is not None:
            heard = course.hearing.held_on if course.hearing is not None else None
            days = [day for day in (heard, talks.first_day.get(found.id)) if day is not None]
            yield Decision(bundle.case.id, found.id, found.decided_on, min(days, default=None))


def _looked(bundle: Bundle) -> Iterator[Looked]:
    for one in bundle.facts.investigations:
        if one.kind is InvestigationKind.INVESTIGATION and one.known_on is not None:
            yield Looked(bundle.case.id, one.id, add_months(one.known_on, MONTHS), one.ended_on)


# --- The rest ------------------------------------------------------------------------------------------------

_UNREAD = frozenset(type_of(Goal).specs) - {"start", "ended_on", "status"}
"""What is written in a goal and counted nowhere."""


def _goals(reader: Reader, case_of: Mapping[Id, Id]) -> Iterator[GoalSpell]:
    for stream, goals in reader.by_stream(Goal, case_of, without=_UNREAD).items():
        for goal in goals:
            yield GoalSpell(case_of[stream], goal.id, goal.start, goal.ended_on, goal.status)


def _complaints(bundles: tuple[Bundle, ...]) -> Iterator[Happened]:
    for bundle in bundles:
        for one in bundle.facts.complaints:
            if one.received_on is not None:
                yield Happened(bundle.case.id, one.id, one.received_on)


def _changes(reader: Reader, case_of: Mapping[Id, Id]) -> Iterator[Happened]:
    for one in reader.find(WorkerChange):
        if one.changed_on is not None and one.stream in case_of:
            yield Happened(case_of[one.stream], one.id, one.changed_on)
