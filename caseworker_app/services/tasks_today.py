"""What of the agreements belongs on the page I dag: mine that are due, how many of mine are old, and of others' late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.services.agreed import OLD, myself
from caseworker_app.services.ports import Reader

AHEAD = dt.timedelta(days=7)
_LEFT_OUT = frozenset({"reason", "went", "order", "source_type", "source", "meeting"})
"""Not read: I dag says what is to be done, the agreement's own page says the rest."""


@dataclass(frozen=True, slots=True)
class MyTask:
    """One agreement of mine: due within a week, today, or late."""

    case: Case
    agreement: Id
    what: str
    due: dt.date


@dataclass(frozen=True, slots=True)
class MyTasks:
    """``old`` are mine that are open for more than half a year, counted and not listed; ``others_late`` what others were
    to have done."""

    due: tuple[MyTask, ...] = ()
    old: int = 0
    others_late: int = 0


def mine(reader: Reader, by_stream: Mapping[Id, Case]) -> MyTasks:
    """Return mine of the active cases, the most pressing first. One query, over the agreements that are open."""
    today, me = reader.today, myself(reader)
    found: list[MyTask] = []
    old = others = 0
    for one in reader.find(Agreement, where={"done_on": None}, without=_LEFT_OUT):
        case = by_stream.get(one.stream)
        if case is None or not case.active or not one.what or one.due is None:
            continue
        if one.person is not None or not me.does(one.who, one.worker):
            others += one.due < today
        elif today - one.due > OLD:
            old += 1
        elif one.due <= today + AHEAD:
            found.append(MyTask(case, one.id, one.what, one.due))
    found.sort(key=lambda one: (one.due, one.agreement))
    return MyTasks(tuple(found), old, others)
