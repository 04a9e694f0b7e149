"""The time log: time written, changed and taken away, what is offered at a visit, meeting or call, and sums by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.cost import Profession
from caseworker_app.domain.effort_course import CourseState, EffortCourse
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry, EntryKind
from caseworker_app.domain.meeting import Meeting, MeetingState
from caseworker_app.domain.office import Function, Worker
from caseworker_app.domain.time_log import MINUTES_OF_DAY, USUAL_MINUTES, WITH_CITIZENS, Activity, TimeEntry
from caseworker_app.domain.visit import Visit, VisitState
from caseworker_app.services.entries import own_stream
from caseworker_app.services.forms import Edit
from caseworker_app.services.plain_records import change, known, make, not_ahead, take_away, tidied
from caseworker_app.services.ports import Reader, Writer

_LABEL = "Write time used"
_OF_FUNCTION: Mapping[Function, Profession] = {
    Function.CASEWORKER: Profession.SOCIAL_WORKER,
    Function.HEALTH_VISITOR: Profession.HEALTH_VISITOR,
}
_OF_ENTRY: Mapping[EntryKind, Activity] = {
    EntryKind.TELEPHONE: Activity.CALL,
    EntryKind.HOME_VISIT: Activity.VISIT,
    EntryKind.MEETING: Activity.MEETING,
    EntryKind.CHILD_TALK: Activity.MEETING,
    EntryKind.FOLLOW_UP: Activity.MEETING,
}


def spend(writer: Writer, values: Mapping[str, Any]) -> Id:
    """Write time of a day, today unless one is given; return its id. Raises :class:`InvalidInput`."""
    checked = {"spent_on": writer.today, "profession": own_profession(writer)}
    checked |= {name: value for name, value in values.items() if value is not None}
    blank = TimeEntry(stream=own_stream(writer))
    _check(writer, blank, checked)
    return make(writer, blank, checked, _LABEL)


def edit(writer: Writer, entry: Id, edits: Mapping[str, Edit]) -> None:
    """Change what is written. Raises :class:`InvalidInput`."""
    now = known(writer, TimeEntry, entry)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, now, checked)
    change(writer, now, edits, checked, "Change time used")


def remove(writer: Writer, entry: Id) -> None:
    """Take time away; undo brings it back."""
    take_away(writer, TimeEntry, entry, "Remove time used")


def _check(reader: Reader, now: TimeEntry, values: dict[str, Any]) -> None:
    tidied(values, (), ("note",))
    not_ahead(reader, values, ("spent_on",))
    after = replace(now, **values)
    if after.spent_on is None:
        raise InvalidInput("spent_on", "Write the day.")
    if after.minutes is None:
        raise InvalidInput("minutes", "Write how long it took.")
    if not 0 < after.minutes <= MINUTES_OF_DAY:
        raise InvalidInput("minutes", "A day has from a minute to 24 hours.")
    others = sum(
        one.minutes or 0
        for one in reader.find(TimeEntry)
        if one.spent_on == after.spent_on and one.id != now.id
    )
    if others + after.minutes > MINUTES_OF_DAY:
        raise InvalidInput(
            "minutes",
            "That day would have more than 24 hours.",
            "Look whether the same time is written twice.",
        )


def own_profession(reader: Reader) -> Profession:
    """Return the worker's profession as hours are reckoned."""
    worker = reader.get(Worker, reader.author)
    function = None if worker is None else worker.function
    return Profession.SOCIAL_WORKER if function is None else _OF_FUNCTION.get(function, Profession.OTHER)


# --- Offered at a thing ----------------------------------------------------------------------------------------


def offer(reader: Reader, kind: str, subject: Id) -> dict[str, Any]:
    """Return what stands in the form for the time of a ``visit``, ``meeting``, ``entry`` or ``case``: one press writes it.

    Raises ``KeyError`` for one that is not there, :class:`UserError` for one that was not held.
    """
    found = {"visit": _visit, "meeting": _meeting, "entry": _entry, "case": _case}[kind](reader, subject)
    activity: Activity = found["activity"]
    found.setdefault("minutes", USUAL_MINUTES.get(activity))
    found["with_citizen"] = activity in WITH_CITIZENS
    found["profession"] = own_profession(reader)
    day: dt.date | None = found["spent_on"]
    if day is None or day > reader.today:
        found["spent_on"] = reader.today
    if kind != "case":
        found["subject"] = subject
    course = running_course(reader, found["case"], found["spent_on"])
    if course is not None:
        found["course"], found["effort"] = course.id, course.effort
    return found


def _visit(reader: Reader, subject: Id) -> dict[str, Any]:
    visit = known(reader, Visit, subject)
    to_come = visit.day is None or visit.day > reader.today
    if visit.state is VisitState.CALLED_OFF or (visit.held_on is None and to_come):
        raise UserError("The visit was not held yet.", "Write the time when it has been.")
    found: dict[str, Any] = {
        "activity": Activity.VISIT,
        "case": _case_in(reader, visit.stream),
        "spent_on": visit.day,
    }
    if visit.when is not None and visit.when.minutes > 0:
        found["minutes"] = visit.when.minutes
    return found


def _meeting(reader: Reader, subject: Id) -> dict[str, Any]:
    meeting = known(reader, Meeting, subject)
    day = None if meeting.when is None else meeting.when.day
    if meeting.state is MeetingState.CALLED_OFF or (day is not None and day > reader.today):
        raise UserError("The meeting was not held yet.", "Write the time when it has been.")
    found: dict[str, Any] = {
        "activity": Activity.MEETING,
        "case": _case_in(reader, meeting.stream),
        "spent_on": day,
    }
    if meeting.when is not None and meeting.when.minutes > 0:
        found["minutes"] = meeting.when.minutes
    return found


def _entry(reader: Reader, subject: Id) -> dict[str, Any]:
    entry = known(reader, Entry, subject)
    activity = _OF_ENTRY.get(entry.kind, Activity.JOURNAL)
    return {"activity": activity, "case": _case_in(reader, entry.stream), "spent_on": entry.day}


def _case(reader: Reader, subject: Id) -> dict[str, Any]:
    return {"activity": Activity.OTHER, "case": subject, "spent_on": reader.today}


def _case_in(reader: Reader, stream: Id) -> Id | None:
    return next((one.id for one in reader.find(Case, stream=stream, cancelled=True)), None)


def running_course(reader: Reader, case: Id | None, day: dt.date) -> EffortCourse | None:
    """Return the effort course a case was in on a day, the latest begun of several."""
    found = None if case is None else reader.get(Case, case)
    if found is None:
        return None
    running = [
        one
        for one in reader.find(EffortCourse, stream=found.stream)
        if one.begun_on is not None and one.begun_on <= day and (one.ended_on is None or day <= one.ended_on)
        and one.state is not CourseState.DECLINED
    ]  # fmt: skip
    return max(running, key=lambda one: (one.begun_on, one.id), default=None)


def written_on(reader: Reader, subject: Id) -> int:
    """Return how many minutes are written on a visit, meeting or entry already."""
    return sum(one.minutes or 0 for one in reader.find(TimeEntry, where={"subject": subject}))


# --- Looking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """Time with the child's name it was used on; empty where there is none."""

    entry: TimeEntry
    child: str


@dataclass(frozen=True, slots=True)
class Month:
    """The time of a month, the latest first, and what it went to."""

    first: dt.date
    lines: tuple[Line, ...]

    @property
    def minutes(self) -> int:
        """All of it."""
        return minutes_of(line.entry for line in self.lines)

    @property
    def with_citizens(self) -> int:
        """What of it was with citizens."""
        return minutes_of(line.entry for line in self.lines if line.entry.with_citizen)

    @property
    def by_activity(self) -> Mapping[Activity, int]:
        """Minutes by activity, the most first."""
        sums = {
            one: minutes_of(line.entry for line in self.lines if line.entry.activity is one)
            for one in Activity
        }
        return dict(sorted(((k, v) for k, v in sums.items() if v), key=lambda pair: -pair[1]))


def minutes_of(entries: Iterable[TimeEntry]) -> int:
    """Return the minutes of some entries."""
    return sum(one.minutes or 0 for one in entries)


def months(reader: Reader) -> tuple[Month, ...]:
    """Return the months in which time was written, the latest first."""
    names = {case.id: case.child_name or case.unborn_of for case in reader.find(Case, cancelled=True)}
    found: dict[dt.date, list[Line]] = {}
    for one in reader.find(TimeEntry):
        if one.spent_on is not None:
            child = "" if one.case is None else names.get(one.case, "")
            found.setdefault(one.spent_on.replace(day=1), []).append(Line(one, child))
    for listed in found.values():
        listed.sort(key=lambda line: (line.entry.spent_on or dt.date.min, line.entry.id), reverse=True)
    return tuple(Month(first, tuple(found[first])) for first in sorted(found, reverse=True))
