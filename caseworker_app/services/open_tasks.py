"""What is open in a case while one writes of it: deadlines, what was agreed at meetings, small tasks of the network.

Writing that something was held is the moment at which it is done: each is closed with the day it was held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting
from caseworker_app.domain.network_map import NetworkTask
from caseworker_app.services import (
    caseload_deadlines,
    map_meetings,
    meeting_lines,
    settling,
    visit_views,
    visits,
)
from caseworker_app.services.books import Books
from caseworker_app.services.deadline import Deadline, Lateness, Work
from caseworker_app.services.ports import Reader, Writer

AHEAD = dt.timedelta(days=28)
"""Deadlines further ahead than this are not what one writes of today."""
BEHIND = dt.timedelta(days=183)
"""What was agreed longer ago and never closed is history."""
MARKED = frozenset({Work.MARK, Work.RECEIPT, Work.REPORT, Work.SUPERVISION})
"""What is settled by saying that it is done; other work has a form of its own."""

_ONE_ACT = frozenset({Work.FOLLOW_UP, Work.SUPERVISION, Work.PLAN})


class TaskKind(StrEnum):
    """Where a task comes from."""

    DEADLINE = "deadline"
    AGREEMENT = "agreement"
    NETWORK = "network"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One thing that is open. ``deadline`` says what it is for a deadline, ``what`` and ``who`` for the others."""

    kind: TaskKind
    entity: Id
    due: dt.date | None
    what: str = ""
    who: str = ""
    deadline: Deadline | None = None
    late: bool = False

    @property
    def ticked(self) -> bool:
        """Whether a tick is all it takes."""
        return self.deadline is None or self.deadline.work in MARKED

    @property
    def name(self) -> str:
        """What tells it from the others."""
        return self.entity.hex() if self.deadline is None else self.deadline.name


def of_case(reader: Reader, books: Books, case: Id) -> tuple[OpenTask, ...]:
    """Return what is open in a case, the most pressing first. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    today = reader.today
    due = caseload_deadlines.of_case(reader, books.rules(reader), case).open
    tasks = [_of_deadline(one) for one in _acts(due) if one.due <= today + AHEAD and not one.passes]
    tasks += [
        OpenTask(TaskKind.AGREEMENT, one.id, one.due, one.what, one.who, late=_past(one.due, today))
        for one in reader.find(Agreement, stream=found.stream, where={"done_on": None})
        if one.what and _recent(reader, one, today)
    ]
    tasks += [
        OpenTask(TaskKind.NETWORK, one.id, one.due, one.what, late=_past(one.due, today))
        for one in reader.find(NetworkTask, stream=found.stream, where={"done_on": None})
    ]
    tasks += [
        OpenTask(TaskKind.VISIT, one.id, one.due, one.what, one.who, late=_past(one.due, today))
        for one in visit_views.open_agreements(reader, found.stream)
    ]
    return tuple(sorted(tasks, key=lambda one: (one.due is None, one.due or dt.date.max, one.name)))


def _recent(reader: Reader, one: Agreement, today: dt.date) -> bool:
    """Whether an agreement is young enough to be asked after: by its day, else by its meeting's."""
    meeting = reader.get(Meeting, one.meeting) if one.due is None and one.meeting else None
    when = None if meeting is None else meeting.when
    day = one.due or (None if when is None else when.day)
    return day is not None and today - day <= BEHIND


def _acts(due: Iterable[Deadline]) -> Iterable[Deadline]:
    """Return each act once, by the day it is due first: a follow-up that law and local standard ask for is one."""
    first: dict[tuple[object, ...], Deadline] = {}
    for one in sorted(due, key=lambda one: one.due):
        same = (one.work, one.subject) if one.work in _ONE_ACT else (one.name,)
        first.setdefault(same, one)
    return first.values()


def _of_deadline(one: Deadline) -> OpenTask:
    late = one.lateness is Lateness.OVERDUE
    return OpenTask(TaskKind.DEADLINE, one.subject, one.due, deadline=one, late=late)


def _past(due: dt.date | None, today: dt.date) -> bool:
    return due is not None and due < today


def close(writer: Writer, task: OpenTask, on: dt.date) -> None:
    """Close a task with the day it was done. Raises :class:`InvalidInput` for a day to come, ``ValueError`` for work
    that has a form of its own."""
    if not task.ticked:
        raise ValueError("this work has a form of its own")
    if task.deadline is not None:
        settling.mark_done(writer, task.deadline, on)
    elif task.kind is TaskKind.AGREEMENT:
        meeting_lines.settle_agreement(writer, task.entity, on)
    elif task.kind is TaskKind.VISIT:
        visits.settle_agreement(writer, task.entity, on)
    else:
        map_meetings.settle_task(writer, task.entity, on)
