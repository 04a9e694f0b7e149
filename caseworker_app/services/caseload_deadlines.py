"""Reading what deadlines hang on, for one case or for a caseload."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from caseworker_app.domain.access_request import AccessRequest
from caseworker_app.domain.case import Case
from caseworker_app.domain.complaint import Complaint
from caseworker_app.domain.consent import ParentsHearing
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
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.plan import Plan
from caseworker_app.services.courses import Course, parallel_end
from caseworker_app.services.deadline import CaseDeadlines
from caseworker_app.services.deadlines import Bundle, Moment, evaluate
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import RuleBook
from caseworker_app.services.statutes import DENMARK, Facts

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


class Evaluated:
    """What was evaluated last of each case of a caseload, for whoever asks again and again, such as a page.

    It is used again only for a case of which everything was read anew and is equal to what it was evaluated from, under
    equal rules on the same day: a write, a merge, a changed rule or a new day is never missed. What runs in hours is
    always evaluated. It holds what was written of the caseload and is to be let go with the page that holds it.
    """

    def __init__(self) -> None:
        self._last: _Last | None = None

    def of(self, book: RuleBook, bundles: Iterable[Bundle], moment: Moment) -> list[CaseDeadlines]:
        """Return what is due in each case, in the order they were given."""
        last = self._last
        before = last.found if last is not None and last.counts(book, moment) else {}
        found: dict[Id, tuple[Bundle, CaseDeadlines]] = {}
        for bundle in bundles:
            kept = before.get(bundle.case.id)
            if kept is None or kept[0] != bundle or any(one.at is not None for one in kept[1].deadlines):
                kept = (bundle, evaluate(book, bundle, moment))
            found[bundle.case.id] = kept
        self._last = _Last(book, moment, found)  # in one go: two threads read
        return [due for _bundle, due in found.values()]


@dataclass(frozen=True, slots=True)
class _Last:
    """Rules, day and cases of the last evaluation."""

    book: RuleBook
    moment: Moment
    found: Mapping[Id, tuple[Bundle, CaseDeadlines]]

    def counts(self, book: RuleBook, moment: Moment) -> bool:
        """Whether it would come out the same now for a case that is the same; hours aside."""
        return self.book == book and replace(self.moment, now=moment.now) == moment


def bundles(reader: Reader, cases: Iterable[Case]) -> tuple[Bundle, ...]:
    """Return each case with everything its deadlines hang on.

    Only these cases are read: a store of ten years holds many closed ones, whose follow-ups nobody asks for here.
    """
    asked = tuple(cases)
    desk = _Desk(reader, [case.stream for case in asked])
    return tuple(_bundle(desk, case) for case in asked)


class _Desk:
    """What was read of several cases at once, kind by kind, when a kind is first asked for."""

    def __init__(self, reader: Reader, streams: Sequence[Id]) -> None:
        self.reader, self._streams = reader, streams
        self._found: dict[type[Entity], Mapping[Id, Sequence[Any]]] = {}

    def of(self, cls: type[E], stream: Id) -> list[E]:
        """Return the things of a kind in one of the cases."""
        if cls not in self._found:
            unread = _UNREAD.get(cls, frozenset())
            self._found[cls] = self.reader.by_stream(cls, self._streams, without=unread)
        return list(self._found[cls].get(stream, ()))


_UNREAD: Mapping[type[Entity], frozenset[str]] = {
    FollowUp: frozenset(
        {"place", "participants", "towards_end", "status", "summary", "new_goals_reason", "next_place"}
    ),
    PartyHearing: frozenset({"participants", "child_words", "assessment"}),
    Complaint: frozenset({"about", "reassessment", "note"}),
    AccessRequest: frozenset({"name", "wish", "law"}),
    ParentsHearing: frozenset({"about", "answer"}),
}
"""What is written in a thing and moves no date; a test reads everything and finds the same."""


def _bundle(desk: _Desk, case: Case) -> Bundle:
    def read(cls: type[E]) -> list[E]:
        return desk.of(cls, case.stream)

    marks, investigations = read(DeadlineMark), read(Investigation)
    facts = Facts(
        case,
        read(Intervention),
        read(Notification),
        investigations,
        read(Plan),
        read(CaseEvent),
        marks,
        read(Complaint),
        _heard(desk.reader, read(ParentsHearing)),
        read(AccessRequest),
    )
    follow_ups = _grouped(read(FollowUp), lambda f: f.intervention)
    by_subject = _grouped(marks, lambda m: m.subject)
    exceptions = _grouped(read(FollowUpException), lambda e: e.intervention)
    rhythms = _grouped(read(RhythmDecision), lambda d: d.intervention)
    hearings = _grouped(read(PartyHearing), lambda h: h.intervention)
    found = tuple(
        Course(
            one,
            tuple(follow_ups.get(one.id, ())),
            tuple(by_subject.get(one.id, ())),
            tuple(exceptions.get(one.id, ())),
            tuple(rhythms.get(one.id, ())),
            hearings[one.id][-1] if one.id in hearings else None,
            parallel_end(one, investigations),
        )
        for one in facts.interventions
    )
    return Bundle(case, found, facts)


def _heard(
    reader: Reader, hearings: Iterable[ParentsHearing]
) -> tuple[tuple[ParentsHearing, dt.date | None], ...]:
    """Return the hearings that have a day to answer by, each with the day its entry said afterwards that none came."""
    return tuple((one, _silent(reader, one)) for one in hearings if one.deadline is not None)


def _silent(reader: Reader, one: ParentsHearing) -> dt.date | None:
    if one.deadline is None or one.answered_on is not None or one.deadline >= reader.today:
        return None
    signed = [
        entry.signed_at.astimezone(DENMARK).date()
        for entry in reader.find(Entry, where={"source": one.id})
        if entry.signed_at is not None
    ]
    return min((day for day in signed if day > one.deadline), default=None)


def _grouped(things: Iterable[E], by: Callable[[E], Id | None]) -> Mapping[Id, list[E]]:
    found: dict[Id, list[E]] = {}
    for thing in things:
        key = by(thing)
        if key is not None:
            found.setdefault(key, []).append(thing)
    return found
