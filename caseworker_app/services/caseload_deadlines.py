"""Reading what deadlines hang on, for one case or for all at once: each kind of thing is asked for once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.follow_up import (
    CaseEvent,
    DeadlineMark,
    FollowUp,
    FollowUpException,
    PartyHearing,
    RhythmDecision,
)
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.investigation import Investigation
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.plan import Plan
from caseworker_app.services.courses import Course, parallel_end
from caseworker_app.services.deadline import CaseDeadlines
from caseworker_app.services.deadlines import Bundle, Moment, evaluate
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import RuleBook
from caseworker_app.services.statutes import Facts

E = TypeVar("E", bound=Entity)

CASE_AHEAD = dt.timedelta(days=366)
"""How far ahead a case's own list looks."""
CASELOAD_AHEAD = dt.timedelta(days=92)
"""How far ahead the caseload's list looks."""


def of_case(reader: Reader, book: RuleBook, case: Id, until: dt.date | None = None) -> CaseDeadlines:
    """Return all deadlines of a case, settled ones too. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    (bundle,) = bundles(reader, [found])
    last = until or reader.today + CASE_AHEAD
    return evaluate(book, bundle, Moment(reader.now, reader.today, last))


def of_caseload(
    reader: Reader, book: RuleBook, cases: Sequence[Case], until: dt.date | None = None
) -> tuple[CaseDeadlines, ...]:
    """Return the open deadlines of several cases, each case's own list in the order the cases were given."""
    moment = Moment(reader.now, reader.today, until or reader.today + CASELOAD_AHEAD, settled=False)
    return tuple(evaluate(book, bundle, moment) for bundle in bundles(reader, cases))


def bundles(reader: Reader, cases: Sequence[Case]) -> tuple[Bundle, ...]:
    """Return each case with everything its deadlines hang on."""
    one = cases[0].stream if len(cases) == 1 else None

    def read(cls: type[E]) -> list[E]:
        return reader.find(cls, stream=one)

    interventions = _grouped(read(Intervention), _stream)
    follow_ups = _grouped(read(FollowUp), lambda f: f.intervention)
    marks = read(DeadlineMark)
    by_subject, by_stream = _grouped(marks, lambda m: m.subject), _grouped(marks, _stream)
    exceptions = _grouped(read(FollowUpException), lambda e: e.intervention)
    rhythms = _grouped(read(RhythmDecision), lambda d: d.intervention)
    hearings = _grouped(read(PartyHearing), lambda h: h.intervention)
    investigations = _grouped(read(Investigation), _stream)
    notifications = _grouped(read(Notification), _stream)
    plans = _grouped(read(Plan), _stream)
    events = _grouped(read(CaseEvent), _stream)

    def course(found: Intervention) -> Course:
        heard = hearings.get(found.id, ())
        return Course(
            found,
            tuple(follow_ups.get(found.id, ())),
            tuple(by_subject.get(found.id, ())),
            tuple(exceptions.get(found.id, ())),
            tuple(rhythms.get(found.id, ())),
            heard[-1] if heard else None,
            parallel_end(found, investigations.get(found.stream, ())),
        )

    def bundle(case: Case) -> Bundle:
        own = interventions.get(case.stream, [])
        facts = Facts(
            case,
            own,
            notifications.get(case.stream, []),
            investigations.get(case.stream, []),
            plans.get(case.stream, []),
            events.get(case.stream, []),
            by_stream.get(case.stream, []),
        )
        return Bundle(case, tuple(course(found) for found in own), facts)

    return tuple(bundle(case) for case in cases)


def _stream(thing: Entity) -> Id:
    return thing.stream


def _grouped(things: Iterable[E], by: Callable[[E], Id | None]) -> Mapping[Id, list[E]]:
    found: dict[Id, list[E]] = {}
    for thing in things:
        key = by(thing)
        if key is not None:
            found.setdefault(key, []).append(thing)
    return found
