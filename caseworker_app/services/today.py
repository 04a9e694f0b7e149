"""What the worker meets first: what is due, meetings at hand, drafts to finish, cases above the limit, the unsent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseworker_app.domain.case import Case
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import EntryDraft
from caseworker_app.domain.meeting import MeetingState
from caseworker_app.services import arrived, journal
from caseworker_app.services.cases import display_name
from caseworker_app.services.meetings import MeetingRow, all_meetings
from caseworker_app.services.ports import Draft, Reader

if TYPE_CHECKING:
    from caseworker_app.domain.investigation import Contribution
    from caseworker_app.services.caseload_deadlines import Evaluated
    from caseworker_app.services.cooperation_due import CooperationDue
    from caseworker_app.services.day import DayWork
    from caseworker_app.services.journal_hints import Hint
    from caseworker_app.services.rule_book import RuleBook
    from caseworker_app.services.tasks_today import MyTasks
    from caseworker_app.services.visit_days import VisitRow

_UNSIGNED = frozenset({"entry_draft", "entry_part"})
"""What is typed of an entry stands among the entries to sign, not beside them once more."""
AHEAD = dt.timedelta(days=7)
"""How far ahead I dag looks."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An open form and the case it belongs to, ``None`` for a new one or one of the worker's own."""

    draft: Draft
    case: Case | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for the signature, the author's own or one that a talk wrote, and its case."""

    case: Case
    entry: Id
    heading: str
    day: dt.date | None
    own: bool


@dataclass(frozen=True, slots=True)
class Today:
    """The page I dag.

    ``unmarked`` are meetings whose day has passed and of which nobody said whether they were held; ``work`` is what is
    due, ``None`` when no rules were handed in; ``unsigned`` are entries that wait for the signature, ``unwritten`` what
    was held and nobody has written of; ``visits`` are visits at hand and what was agreed there; ``mine`` what the worker
    has agreed to do, ``None`` when nothing is asked for.
    """

    day: dt.date
    unmarked: tuple[MeetingRow, ...]
    meetings: tuple[MeetingRow, ...]
    ahead: tuple[MeetingRow, ...]
    drafts: tuple[DraftRow, ...]
    above: tuple[Case, ...]
    unsent: int
    oldest_unsent: dt.datetime | None
    work: DayWork | None = None
    unsigned: tuple[Waiting, ...] = ()
    unwritten: tuple[Hint, ...] = ()
    visits: tuple[VisitRow, ...] = ()
    contributions: tuple[tuple[Case, Contribution], ...] = ()
    mine: MyTasks | None = None
    cooperation: tuple[CooperationDue, ...] = ()
    """What of Samarbejde has a day that is near or late."""


def today(reader: Reader, rules: RuleBook | None = None, evaluated: Evaluated | None = None) -> Today:
    """Return everything I dag shows; what is due as far as ``rules`` are given.

    ``evaluated`` is the page's own, so that a page shown again evaluates only the cases that changed.
    """
    day = reader.today
    planned = [
        row
        for row in all_meetings(reader)
        if row.meeting.state is MeetingState.PLANNED and row.meeting.when is not None
    ]
    planned.sort(key=_moment)
    by_stream: dict[Id, Case] = {case.stream: case for case in reader.find(Case, cancelled=True)}
    drafts = tuple(
        DraftRow(draft, by_stream.get(draft.stream or b""))
        for draft in reader.drafts()
        if draft.fields and draft.entity_type not in _UNSIGNED
    )
    above = [c for c in arrived.above_limit(reader, by_stream.values()) if c.above_limit and c.active]
    above.sort(key=lambda case: sort_key(display_name(case)))
    unsent, oldest = reader.unsent()
    return Today(
        day,
        tuple(row for row in planned if _day(row) < day),
        tuple(row for row in planned if _day(row) == day),
        tuple(row for row in planned if day < _day(row) <= day + AHEAD),
        drafts,
        tuple(above),
        unsent,
        oldest,
        None
        if rules is None
        else _work(reader, rules, [c for c in by_stream.values() if c.active], evaluated),
        _unsigned(reader, by_stream),
        _unwritten(reader, [case for case in by_stream.values() if case.active]),
        _visits(reader, [case for case in by_stream.values() if case.active]),
        () if rules is None else _contributions(reader),
        _mine(reader, by_stream) if by_stream else None,
        () if rules is None else _cooperation(reader, by_stream, rules),
    )


def _unsigned(reader: Reader, by_stream: dict[Id, Case]) -> tuple[Waiting, ...]:
    """Return what waits for the signature, the latest first; a store without a case has nobody's entries."""
    by_id = {case.id: case for case in by_stream.values()}
    own = [
        Waiting(case, one.id, one.heading, one.held_on, own=True)
        for one in reader.find(EntryDraft)
        if (case := by_id.get(one.case or b"")) is not None
    ]
    others = [
        Waiting(case, one.id, one.heading, one.day, own=False)
        for one in journal.unsigned(reader)
        if (case := by_stream.get(one.stream)) is not None
    ]
    return tuple(sorted((*own, *others), key=lambda one: (one.day or dt.date.max, one.entry), reverse=True))


def _visits(reader: Reader, cases: list[Case]) -> tuple[VisitRow, ...]:
    from caseworker_app.services.visit_days import rows

    return rows(reader, cases) if cases else ()


def _unwritten(reader: Reader, cases: list[Case]) -> tuple[Hint, ...]:
    from caseworker_app.services.journal_hints import hints

    return hints(reader, cases) if cases else ()


def _mine(reader: Reader, by_stream: dict[Id, Case]) -> MyTasks:
    from caseworker_app.services.tasks_today import mine

    return mine(reader, by_stream)


def _cooperation(reader: Reader, by_stream: dict[Id, Case], rules: RuleBook) -> tuple[CooperationDue, ...]:
    from caseworker_app.services.cooperation_due import due

    return due(reader, by_stream, rules.holidays)


def _contributions(reader: Reader) -> tuple[tuple[Case, Contribution], ...]:
    from caseworker_app.services.contributions_due import overdue

    return overdue(reader)


def _work(reader: Reader, rules: RuleBook, cases: list[Case], evaluated: Evaluated | None) -> DayWork:
    from caseworker_app.services.day import day_work  # the rules' modules are not needed for the first screen

    return day_work(reader, rules, cases, evaluated)


def _day(row: MeetingRow) -> dt.date:
    when = row.meeting.when
    return dt.date.max if when is None else when.day


def _moment(row: MeetingRow) -> tuple[dt.date, dt.time]:
    when = row.meeting.when
    return (dt.date.max, dt.time.max) if when is None else (when.day, when.start)
