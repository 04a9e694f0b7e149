"""The Familiecentral: courses with their times, the families invited, and how many came each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.family_course import (
    BEGINS,
    ENDS,
    MONTHS,
    MOST_MONTHS,
    MOST_PARENTS,
    CourseAttendance,
    CourseFamily,
    CourseSession,
    FamilyCourse,
    FamilyState,
    fridays,
)
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.visit_plan import months_from
from caseworker_app.services.entries import own_stream
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

_SHORT = ("name", "place", "leaders", "topic")
ABSENT_HINT = 2
"""From so many times stayed away in a row the family is asked: there is a duty to attend."""


# --- The course ------------------------------------------------------------------------------------------------


def begin(writer: Writer, values: Mapping[str, Any], months: int = MONTHS) -> Id:
    """Begin a course with its times computed: every third Friday, not on holidays; return its id.

    Without a day to begin on it has no times yet, and they are made by :func:`make_times`. Raises
    :class:`InvalidInput`.
    """
    checked = _tidied(values)
    if not checked.get("name"):
        raise InvalidInput("name", "Write what the course is called.")
    course = FamilyCourse(id=writer.new_id(), stream=own_stream(writer), **checked)
    _check(course)
    writer.act("Begin a course")
    writer.create(course)
    if course.starts_on is not None:
        _make_times(writer, course, course.starts_on, months)
    return course.id


def edit(writer: Writer, course: Id, edits: Mapping[str, Edit]) -> None:
    """Change a course; its times stay where they are. Raises :class:`InvalidInput`."""
    now = known(writer, course)
    values = _tidied({name: one.value for name, one in edits.items()})
    if values.get("name") == "":
        raise InvalidInput("name", "Write what the course is called.")
    _check(replace(now, **values))
    writer.act("Change a course")
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, FamilyCourse, course, checked)


def remove(writer: Writer, course: Id) -> None:
    """Take back a course that was begun by mistake; undo brings it back."""
    known(writer, course)
    writer.act("Remove a course")
    writer.cancel(FamilyCourse, course)


def make_times(writer: Writer, course: Id, months: int = MONTHS) -> int:
    """Make the times of a course that has none; return how many. Raises :class:`InvalidInput` without a day to begin on,
    :class:`UserError` when there are times already."""
    now = known(writer, course)
    if now.starts_on is None:
        raise InvalidInput("starts_on", "Write the day the course begins on; its times are counted from it.")
    if writer.find(CourseSession, where={"course": course}):
        raise UserError("The course has its times already.", "Change them one by one.")
    writer.act("Make the times of a course")
    return _make_times(writer, now, now.starts_on, months)


def _make_times(writer: Writer, course: FamilyCourse, starts_on: dt.date, months: int) -> int:
    from caseworker_app.services.calendar import danish_holidays

    if not 1 <= months <= MOST_MONTHS:
        raise InvalidInput("months", "A course lasts from 1 to {n} months.", n=MOST_MONTHS)
    until = months_from(starts_on, months)
    days = fridays(starts_on, until, lambda day: day in danish_holidays(day.year))
    for day in days:
        when = TimeSpan(day, BEGINS, ENDS)
        writer.create(CourseSession(id=writer.new_id(), stream=course.stream, course=course.id, when=when))
    return len(days)


def known(reader: Reader, course: Id) -> FamilyCourse:
    """Return a course. Raises ``KeyError`` when there is none."""
    found = reader.get(FamilyCourse, course)
    if found is None:
        raise KeyError("no such course")
    return found


def _tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    checked = {name: value for name, value in values.items() if value is not None or name.endswith("_on")}
    for name in _SHORT:
        if name in checked:
            checked[name] = tidy(name, str(checked[name]), NAME_LENGTH)
    if "note" in checked:
        checked["note"] = tidy("note", str(checked["note"]), TEXT_LENGTH)
    return checked


def _check(course: FamilyCourse) -> None:
    if course.ended_on is not None and course.starts_on is not None and course.ended_on < course.starts_on:
        raise InvalidInput("ended_on", "That is before the course began.")


# --- Times -----------------------------------------------------------------------------------------------------


def add_session(writer: Writer, course: Id, values: Mapping[str, Any]) -> Id:
    """Add a time by hand; return its id. Raises :class:`InvalidInput`."""
    now = known(writer, course)
    checked = _tidied(values)
    session = CourseSession(id=writer.new_id(), stream=now.stream, course=course, **checked)
    _check_session(session)
    writer.act("Add a time to a course")
    writer.create(session)
    return session.id


def edit_session(writer: Writer, session: Id, edits: Mapping[str, Edit]) -> None:
    """Move a time, or write its topic. Raises :class:`InvalidInput`."""
    now = writer.get(CourseSession, session)
    if now is None:
        raise KeyError("no such time")
    values = _tidied({name: one.value for name, one in edits.items()})
    _check_session(replace(now, **values))
    writer.act("Change a time of a course")
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, CourseSession, session, checked)


def remove_session(writer: Writer, session: Id) -> None:
    """Take a time away; undo brings it back."""
    writer.act("Remove a time of a course")
    writer.cancel(CourseSession, session)


def _check_session(session: CourseSession) -> None:
    if session.when is None:
        raise InvalidInput("when", "Write the day and time.")
    if session.when.minutes <= 0:
        raise InvalidInput("when", "It ends before it begins.")


# --- Families --------------------------------------------------------------------------------------------------


def invite(writer: Writer, course: Id, values: Mapping[str, Any]) -> Id:
    """Invite a family, of a case or typed in; return its id. Raises :class:`InvalidInput` for one that is there already."""
    now = known(writer, course)
    checked = {"invited_on": writer.today, **_tidied(values)}
    case = checked.get("case")
    found = None if case is None else writer.get(Case, case)
    if found is not None and not checked.get("name"):
        checked["name"] = found.child_name or found.unborn_of
    if not checked.get("name"):
        raise InvalidInput("name", "Write which family it is.")
    there = writer.find(CourseFamily, where={"course": course})
    if any(one.name == checked["name"] or (case is not None and one.case == case) for one in there):
        raise InvalidInput("name", "That family is on the course already.")
    made = writer.new_id()
    writer.act("Invite a family to a course")
    writer.create(CourseFamily(id=made, stream=now.stream, course=course, **checked))
    return made


def answer(writer: Writer, family: Id, state: FamilyState, on: dt.date | None = None) -> None:
    """Say what became of an invitation; accepting brings the duty to attend. Raises :class:`InvalidInput` for a day to
    come."""
    now = writer.get(CourseFamily, family)
    if now is None:
        raise KeyError("no such family")
    day = on or writer.today
    if day > writer.today:
        raise InvalidInput("accepted_on", "That day has not come yet.")
    writer.act("What became of an invitation to a course")
    writer.set(CourseFamily, family, "state", state, parents=None)
    if state is FamilyState.ACCEPTED and now.accepted_on is None:
        writer.set(CourseFamily, family, "accepted_on", day, parents=None)


def remove_family(writer: Writer, family: Id) -> None:
    """Take a family off a course; undo brings it back."""
    writer.act("Take a family off a course")
    writer.cancel(CourseFamily, family)


# --- Who came --------------------------------------------------------------------------------------------------


def attend(writer: Writer, session: Id, family: Id, parents: int | None, note: str | None = None) -> None:
    """Write how many parents of a family came to a time; ``None`` says that nobody has written it.

    A family that had not accepted may come all the same: then a note says why. Raises :class:`InvalidInput`.
    """
    at, who = writer.get(CourseSession, session), writer.get(CourseFamily, family)
    if at is None or who is None or at.course != who.course:
        raise KeyError("no such time or family")
    if at.when is not None and at.when.day > writer.today and parents is not None:
        raise InvalidInput("parents", "That day has not come yet.")
    if parents is not None and not 0 <= parents <= MOST_PARENTS:
        raise InvalidInput("parents", "It goes from 0 to {highest}.", highest=MOST_PARENTS)
    there = writer.find(CourseAttendance, where={"session": session, "family": family})
    words = (there[-1].note if there else "") if note is None else tidy("note", note, TEXT_LENGTH)
    uninvited = who.state in (FamilyState.DECLINED, FamilyState.LEFT)
    if parents and uninvited and not words:
        raise InvalidInput(
            "note", "The family is not on the course: write a note, and it counts all the same."
        )
    writer.act("Write who came to a course")
    if there:
        writer.set(CourseAttendance, there[-1].id, "parents", parents, parents=None)
        writer.set(CourseAttendance, there[-1].id, "note", words, parents=None)
        return
    writer.create(
        CourseAttendance(
            id=writer.new_id(), stream=at.stream, session=session, family=family, parents=parents, note=words
        )
    )


# --- Looking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course: its times in order, the families, and by (time, family) how many came."""

    course: FamilyCourse
    sessions: tuple[CourseSession, ...]
    families: tuple[CourseFamily, ...]
    came: Mapping[tuple[Id, Id], CourseAttendance]

    def parents(self, session: Id) -> int | None:
        """Return how many parents came to a time in all; ``None`` when nobody has written it."""
        counted = [
            one.parents for (at, _who), one in self.came.items() if at == session and one.parents is not None
        ]
        return sum(counted) if counted else None

    def stayed_away(self, family: Id) -> int:
        """Return how many of the latest counted times in a row a family stayed away from."""
        missed = 0
        for session in reversed(self.sessions):
            one = self.came.get((session.id, family))
            if one is None or one.parents is None:
                continue
            if one.parents:
                break
            missed += 1
        return missed

    def next(self, today: dt.date) -> CourseSession | None:
        """Return the next time."""
        return next((s for s in self.sessions if s.when is not None and s.when.day >= today), None)


def view(reader: Reader, course: Id) -> CourseView:
    """Return a course with everything on it. Raises ``KeyError`` when there is none."""
    now = known(reader, course)
    sessions = reader.find(CourseSession, where={"course": course})
    sessions.sort(key=lambda one: (dt.date.max if one.when is None else one.when.day, one.id))
    families = reader.find(CourseFamily, where={"course": course})
    families.sort(key=lambda one: (one.state in (FamilyState.DECLINED, FamilyState.LEFT), one.name))
    there = {one.id for one in sessions}
    came = {
        (one.session, one.family): one
        for one in reader.find(CourseAttendance, stream=now.stream)
        if one.session in there and one.session is not None and one.family is not None
    }
    return CourseView(now, tuple(sessions), tuple(families), came)


def courses(reader: Reader) -> tuple[FamilyCourse, ...]:
    """Return the courses, those that run first, then the latest."""
    found = reader.find(FamilyCourse)
    found.sort(key=lambda one: (one.starts_on or dt.date.max, one.id), reverse=True)
    found.sort(key=lambda one: one.ended_on is not None)
    return tuple(found)
