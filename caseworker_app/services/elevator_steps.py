"""The steps of ELEVator, the hours each profession spends on them, and what the two mappings measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from caseworker_app.domain.elevator import (
    BUDGET,
    MAPPING,
    MEETINGS,
    STEP_MINUTES,
    ElevatorCourse,
    ElevatorHours,
    ElevatorMeasure,
    ElevatorProfession,
    ElevatorStep,
    StepKind,
)
from caseworker_app.domain.elevator_plan import schedule
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import MeetingKind, TimeSpan
from caseworker_app.domain.meeting_kinds import MeetingSort
from caseworker_app.domain.rules.workdays import Holidays
from caseworker_app.services import elevator, meetings
from caseworker_app.services.elevator import ElevatorView
from caseworker_app.services.forms import Edit
from caseworker_app.services.plain_records import case_of, change, known, make, not_ahead, take_away, tidied
from caseworker_app.services.ports import Reader, Writer

MEETING_AT: Final = dt.time(14)
"""Offered for a meeting with the school; the day's own time is written on the meeting."""
MOST_MINUTES: Final = 500 * 60


def plan(writer: Writer, course: Id, begins_on: dt.date, holidays: Holidays) -> int:
    """Lay the plan of a course: every step that is not there yet; return how many were made.

    What stands already is left as it is: a test that was held, a meeting somebody has moved. Raises :class:`UserError`
    until every contract is approved, :class:`InvalidInput` for a day outside the calendar.
    """
    shown = elevator.view(writer, course)
    if shown.takes_part_from is None:
        raise UserError(
            "Not every contract is approved, so the child does not take part yet.",
            "Home and school must have one each, and all that are made must be approved.",
        )
    try:
        meant = schedule(begins_on, holidays)
    except OverflowError:
        raise InvalidInput("begins_on", "That day is outside the calendar.") from None
    there: dict[tuple[StepKind, int | None], int] = {}
    for one in shown.steps:
        there[one.kind, one.round] = there.get((one.kind, one.round), 0) + 1
    writer.act("Lay the plan of ELEVator")
    if shown.course.begins_on != begins_on:
        writer.set(ElevatorCourse, course, "begins_on", begins_on, parents=None)
    made = 0
    for step in meant:
        key = step.kind, step.round
        if there.get(key, 0):
            there[key] -= 1
            continue
        blank = ElevatorStep(stream=shown.course.stream, course=course, kind=step.kind, round=step.round)
        writer.create(replace(blank, id=writer.new_id(), planned_on=step.day))
        made += 1
    return made


def add(writer: Writer, course: Id, values: Mapping[str, Any]) -> Id:
    """Add a step of its own, such as an extra meeting; return its id. Raises :class:`InvalidInput`."""
    now = known(writer, ElevatorCourse, course)
    checked = dict(values)
    blank = ElevatorStep(stream=now.stream, course=course)
    _check_step(writer, blank, checked)
    return make(writer, blank, checked, "Plan a step of ELEVator")


def edit(writer: Writer, step: Id, edits: Mapping[str, Edit]) -> None:
    """Change a step, or write what it showed. Raises :class:`InvalidInput`."""
    now = known(writer, ElevatorStep, step)
    checked = {name: one.value for name, one in edits.items()}
    _check_step(writer, now, checked)
    change(writer, now, edits, checked, "Change a step of ELEVator")


def hold(writer: Writer, step: Id, on: dt.date) -> None:
    """Write that a step was held. Raises :class:`InvalidInput` for a day that has not come."""
    now = known(writer, ElevatorStep, step)
    values: dict[str, Any] = {"held_on": on}
    _check_step(writer, now, values)
    writer.act("A step of ELEVator was held")
    writer.set(ElevatorStep, step, "held_on", on, parents=None)


def remove(writer: Writer, step: Id) -> None:
    """Take a step away; undo brings it back."""
    take_away(writer, ElevatorStep, step, "Remove a step of ELEVator")


def _check_step(reader: Reader, now: ElevatorStep, values: dict[str, Any]) -> None:
    tidied(values, ("who",), ("text",))
    not_ahead(reader, values, ("held_on",))
    kind = values.get("kind", now.kind)
    if kind not in (*MAPPING, StepKind.FEEDBACK) and values.get("round", now.round) is not None:
        values["round"] = None
    after = replace(now, **values)
    if after.planned_on is None and after.held_on is None:
        raise InvalidInput("planned_on", "Write the day it is planned for, or was held.")
    if after.kind in (*MAPPING, StepKind.FEEDBACK) and after.round not in (1, 2):
        raise InvalidInput("round", "It belongs to mapping 1 or mapping 2.", "Write 1 or 2.")


def call_meeting(writer: Writer, step: Id, kind: MeetingSort) -> Id:
    """Plan a step as an ELEVator meeting with participants, letters and minutes; return the meeting's id.

    A step that has one returns it. Raises :class:`UserError` for a step that is no meeting.
    """
    now = known(writer, ElevatorStep, step)
    if now.kind not in MEETINGS:
        raise UserError("A test is no meeting.", "Write the day it is held instead.")
    if now.meeting is not None and meetings_there(writer, now):
        return now.meeting
    day = now.held_on or now.planned_on or writer.today
    end = (dt.datetime.combine(day, MEETING_AT) + dt.timedelta(minutes=kind.length)).time()
    values = {"kind": MeetingKind.ELEVATOR.value, "when": TimeSpan(day, MEETING_AT, end)}
    made = meetings.plan(writer, case_of(writer, now).id, values, kind)
    writer.set(ElevatorStep, step, "meeting", made, parents=None)
    return made


def meetings_there(reader: Reader, step: ElevatorStep) -> bool:
    """Whether the meeting of a step is there still."""
    from caseworker_app.domain.meeting import Meeting

    found = None if step.meeting is None else reader.get(Meeting, step.meeting)
    return found is not None and not found.cancelled


# --- Hours -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spent:
    """What a profession has spent on a child, in minutes. ``budget`` is ``None`` where there is none."""

    profession: ElevatorProfession
    minutes: int
    budget: int | None

    @property
    def left(self) -> int | None:
        """What there is left; below nothing when more was spent."""
        return None if self.budget is None else self.budget - self.minutes


def spent_on(hours: Iterable[ElevatorHours], children: int = 1) -> tuple[Spent, ...]:
    """Return what each profession has spent against its budget for so many children; the 15 hours in all are not in it."""
    sums = dict.fromkeys(ElevatorProfession, 0)
    for one in hours:
        if not one.in_all:
            sums[one.profession] += one.minutes or 0
    budgets = {name: None if name not in BUDGET else BUDGET[name] * children for name in sums}
    return tuple(Spent(name, sums[name], budgets[name]) for name in sums if budgets[name] or sums[name])


def spend(writer: Writer, course: Id, values: Mapping[str, Any]) -> Id:
    """Write hours, today unless a day is given; return their id. Raises :class:`InvalidInput`."""
    now = known(writer, ElevatorCourse, course)
    checked = {"spent_on": writer.today, **{k: v for k, v in values.items() if v is not None}}
    blank = ElevatorHours(stream=now.stream, course=course)
    _check_hours(writer, blank, checked)
    return make(writer, blank, checked, "Write hours in ELEVator")


def edit_hours(writer: Writer, hours: Id, edits: Mapping[str, Edit]) -> None:
    """Change hours. Raises :class:`InvalidInput`."""
    now = known(writer, ElevatorHours, hours)
    checked = {name: one.value for name, one in edits.items()}
    _check_hours(writer, now, checked)
    change(writer, now, edits, checked, "Change hours in ELEVator")


def remove_hours(writer: Writer, hours: Id) -> None:
    """Take hours away that were written by mistake."""
    take_away(writer, ElevatorHours, hours, "Remove hours in ELEVator")


def _check_hours(reader: Reader, now: ElevatorHours, values: dict[str, Any]) -> None:
    tidied(values, ("who",), ("note",))
    not_ahead(reader, values, ("spent_on",))
    after = replace(now, **values)
    if after.minutes is None or not 0 < after.minutes <= MOST_MINUTES:
        raise InvalidInput("minutes", "Write how many hours.")
    if after.in_all and after.profession is not ElevatorProfession.PSYCHOLOGIST:
        raise InvalidInput("in_all", "Only the psychologists have hours in all besides those of each child.")
    if after.in_all and not after.who:
        raise InvalidInput("who", "Write which psychologist: each has 15 hours in all.")


def unspent(shown: ElevatorView, step: ElevatorStep) -> Mapping[ElevatorProfession, int]:
    """Return what a held step is reckoned to take and nobody has written yet, in minutes by profession."""
    if step.held_on is None:
        return {}
    written = {one.profession for one in shown.hours if one.step == step.id}
    return {name: minutes for name, minutes in STEP_MINUTES[step.kind].items() if name not in written}


def spend_as_reckoned(writer: Writer, step: Id) -> int:
    """Write the hours a held step is reckoned to take, where none are written; return how many lines it came to."""
    now = known(writer, ElevatorStep, step)
    assert now.course is not None, "a step has its course"
    left = unspent(elevator.view(writer, now.course), now)
    if not left:
        return 0
    writer.act("Write hours in ELEVator")
    for profession, minutes in left.items():
        blank = ElevatorHours(stream=now.stream, course=now.course, step=step, spent_on=now.held_on)
        writer.create(replace(blank, id=writer.new_id(), profession=profession, minutes=minutes))
    return len(left)


# --- What was measured -----------------------------------------------------------------------------------------


def measure(writer: Writer, course: Id, values: Mapping[str, Any]) -> Id:
    """Write a result of a mapping; return its id. Raises :class:`InvalidInput`."""
    now = known(writer, ElevatorCourse, course)
    checked = dict(values)
    blank = ElevatorMeasure(stream=now.stream, course=course)
    _check_measure(writer, blank, checked)
    return make(writer, blank, checked, "Write a result of ELEVator")


def edit_measure(writer: Writer, found: Id, edits: Mapping[str, Edit]) -> None:
    """Change a result, or write what mapping 2 showed. Raises :class:`InvalidInput`."""
    now = known(writer, ElevatorMeasure, found)
    checked = {name: one.value for name, one in edits.items()}
    _check_measure(writer, now, checked)
    change(writer, now, edits, checked, "Change a result of ELEVator")


def remove_measure(writer: Writer, found: Id) -> None:
    """Take a result away; undo brings it back."""
    take_away(writer, ElevatorMeasure, found, "Remove a result of ELEVator")


def _check_measure(reader: Reader, now: ElevatorMeasure, values: dict[str, Any]) -> None:
    tidied(values, ("instrument",), ("words",))
    after = replace(now, **values)
    if not after.instrument:
        raise InvalidInput("instrument", "Write which test or profile it is.")
    if after.first is None and after.second is None and not after.words:
        raise InvalidInput("first", "Write a figure, or in words what it showed.")
    same = (after.area, after.instrument.casefold())
    others = reader.find(ElevatorMeasure, where={"course": now.course})
    if any((one.area, one.instrument.casefold()) == same for one in others if one.id != now.id):
        raise InvalidInput(
            "instrument", "This test is there already.", "Write the second figure beside the first."
        )
