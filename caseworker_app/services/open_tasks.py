"""What is open in a case while one writes of it: deadlines, what was agreed at meetings, small tasks of the network.

Writing that something was held is the moment at which it is done: each is closed with the day it was held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.services import agreements, caseload_deadlines, settling
from caseworker_app.services import tasks as agreed_tasks
from caseworker_app.services.agreed import Agreed, Kept
from caseworker_app.services.books import Books
from caseworker_app.services.deadline import Deadline, Lateness, Work
from caseworker_app.services.ports import Reader, Writer

AHEAD = dt.timedelta(days=28)
"""Deadlines further ahead than this are not what one writes of today."""
MARKED = frozenset({Work.MARK, Work.RECEIPT, Work.REPORT, Work.SUPERVISION})
"""What is settled by saying that it is done; other work has a form of its own."""

_ONE_ACT = frozenset({Work.FOLLOW_UP, Work.SUPERVISION, Work.PLAN})


class TaskKind(StrEnum):
    """Where a task comes from."""

    DEADLINE = "deadline"
    AGREEMENT = "agreement"
    NETWORK = "network"
    VISIT = "visit"


_KINDS = {Kept.AGREEMENT: TaskKind.AGREEMENT, Kept.VISIT: TaskKind.VISIT, Kept.TASK: TaskKind.NETWORK}
_KEPT = {kind: kept for kept, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One thing that is open. ``deadline`` says what it is for a deadline, ``what`` and ``who`` for the others; ``old``
    says that nobody has touched it for half a year, and it is still open."""

    kind: TaskKind
    entity: Id
    due: dt.date | None
    what: str = ""
    who: str = ""
    deadline: Deadline | None = None
    late: bool = False
    old: bool = False

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
    tasks += [_of_agreed(one, today) for one in agreed_tasks.of_stream(reader, found.stream)]
    return tuple(sorted(tasks, key=lambda one: (one.due is None, one.due or dt.date.max, one.name)))


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


def _of_agreed(one: Agreed, today: dt.date) -> OpenTask:
    return OpenTask(
        _KINDS[one.kept], one.id, one.due, one.what, one.who, late=one.late(today), old=one.old(today)
    )


def close(writer: Writer, task: OpenTask, on: dt.date) -> None:
    """Close a task with the day it was done. Raises :class:`InvalidInput` for a day to come, ``ValueError`` for work
    that has a form of its own."""
    if not task.ticked:
        raise ValueError("this work has a form of its own")
    if task.deadline is not None:
        settling.mark_done(writer, task.deadline, on)
    else:
        agreements.settle(writer, _KEPT[task.kind], task.entity, on)
