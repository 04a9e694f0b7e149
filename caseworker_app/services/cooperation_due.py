"""What of Samarbejde has a day and is near or late: for I dag, which is opened first and imports little.

Three narrow queries over what is still open: steps of ELEVator, children on a resource-centre meeting, trial actions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.case import Case
from caseworker_app.domain.elevator import ElevatorCourse, ElevatorStep, StepKind
from caseworker_app.domain.ids import Id
from caseworker_app.domain.resource_meeting import ResourceDescription, deadline_of
from caseworker_app.domain.rules.workdays import Holidays
from caseworker_app.domain.trial_action import TrialAction
from caseworker_app.services.ports import Reader

AHEAD = dt.timedelta(days=7)
_UNREAD = frozenset({"who", "text", "round"})
_UNSEEN = frozenset({"remarks", "remarks_by", "outcome", "place", "teacher", "function", "contacted_by"})
_ASIDE = frozenset({"aim", "how_known", "others", "learnt", "point", "owner"})
"""Not read: I dag says what is due, its own page says the rest."""


class DueKind(StrEnum):
    """What is due."""

    STEP = "step"
    DESCRIPTION = "description"
    CONTACT = "contact"
    TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class CooperationDue:
    """One thing with a day. ``case`` is ``None`` for a trial action, which is about no family; ``step`` says which step of
    ELEVator, ``words`` what a trial tries."""

    kind: DueKind
    thing: Id
    due: dt.date
    case: Case | None = None
    step: StepKind | None = None
    words: str = ""


def due(reader: Reader, by_stream: Mapping[Id, Case], holidays: Holidays) -> tuple[CooperationDue, ...]:
    """Return what is late or falls due within a week, of active cases and of the board, the latest day first met first.

    What is late stays until it is done, however late.
    """
    active = {stream: case for stream, case in by_stream.items() if case.active}
    found = [
        *_steps(reader, active),
        *_descriptions(reader, active, holidays),
        *_trials(reader),
    ]
    return tuple(sorted(found, key=lambda one: (one.due, one.thing)))


def _steps(reader: Reader, active: Mapping[Id, Case]) -> Iterator[CooperationDue]:
    """Yield the steps that were not held. One that is planned as a meeting stands among the meetings until its day."""
    until = reader.today + AHEAD
    going: dict[Id | None, bool] = {}
    for one in reader.find(ElevatorStep, where={"held_on": None}, without=_UNREAD):
        day, case = one.planned_on, active.get(one.stream)
        if day is None or day > until or case is None or (one.meeting and day >= reader.today):
            continue
        if one.course not in going:
            going[one.course] = _goes_on(reader, one.course)
        if going[one.course]:
            yield CooperationDue(DueKind.STEP, one.id, day, case, step=one.kind)


def _goes_on(reader: Reader, course: Id | None) -> bool:
    found = None if course is None else reader.get(ElevatorCourse, course)
    return found is not None and not found.cancelled and found.left_on is None and found.evaluated_on is None


def _descriptions(reader: Reader, active: Mapping[Id, Case], holidays: Holidays) -> Iterator[CooperationDue]:
    """Yield descriptions that have not come, 14 days before their meeting, and parents nobody has contacted after it."""
    today = reader.today
    open_ = reader.find(ResourceDescription, where={"contacted_on": None}, without=_UNSEEN)
    if not open_:
        return
    from caseworker_app.services.resource_meetings import day_of  # most days there is none

    for one in open_:
        case = active.get(one.stream)
        day = None if case is None else day_of(reader, one)
        if day is None:
            continue
        if day <= today:
            yield CooperationDue(DueKind.CONTACT, one.id, day, case)
        elif one.received_on is None and (wanted := deadline_of(day, holidays)) <= today + AHEAD:
            yield CooperationDue(DueKind.DESCRIPTION, one.id, wanted, case)


def _trials(reader: Reader) -> Iterator[CooperationDue]:
    """Yield the trial actions that are to be shown to the team."""
    for one in reader.find(TrialAction, where={"ended_on": None}, without=_ASIDE):
        if one.show_on is not None and one.show_on <= reader.today + AHEAD:
            yield CooperationDue(DueKind.TRIAL, one.id, one.show_on, words=one.what)
