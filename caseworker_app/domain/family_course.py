"""Familiecentral: a course of three to four months for families, every third Friday 10:30-12:30, with duty to attend.

Herningmodellen 11 (K "Familiecentral"). The course is the worker's own and belongs to no single case.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, NUMBER, REFERENCE, TEXT, choice, record
from caseworker_app.domain.meeting import TimeSpan

FRIDAY = 4
WEEKS_BETWEEN = 3
BEGINS, ENDS = dt.time(10, 30), dt.time(12, 30)
MONTHS = 4
"""A course lasts three to four months: so many are offered, and shortened by hand."""
MOST_MONTHS = 24
MOST_PARENTS = 20
"""Largest number of adults of one family at one time that is believed."""


class FamilyState(StrEnum):
    """What became of an invitation to a course."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"


FAMILY_STATE_LABELS: Mapping[FamilyState, str] = {
    FamilyState.INVITED: "Invited",
    FamilyState.ACCEPTED: "Accepted: duty to attend",
    FamilyState.DECLINED: "Declined",
    FamilyState.LEFT: "Left the course",
}


@entity("family_course", "Course at the Familiecentral")
class FamilyCourse(Entity):
    """One course."""

    name: str = field(TEXT, "Name", default="")
    place: str = field(TEXT, "Place", default="")
    leaders: str = field(TEXT, "Led by", default="")
    starts_on: dt.date | None = field(DATE, "Begins on", default=None)
    ended_on: dt.date | None = field(DATE, "Ended on", default=None)
    note: str = field(TEXT, "Note", default="")


@entity("course_session", "Time of a course")
class CourseSession(Entity):
    """One time of a course with its topic."""

    course: Id | None = field(REFERENCE, "Course", default=None, indexed=True)
    when: TimeSpan | None = field(record(TimeSpan), "Time", default=None)
    topic: str = field(TEXT, "Topic", default="")
    note: str = field(TEXT, "Note", default="")


@entity("course_family", "Family on a course")
class CourseFamily(Entity):
    """A family on a course: how it is called, and the case it is of, if one is here."""

    course: Id | None = field(REFERENCE, "Course", default=None, indexed=True)
    name: str = field(TEXT, "Family", default="")
    case: Id | None = field(REFERENCE, "Case", default=None, indexed=True)
    state: FamilyState = field(choice(FamilyState), "State", default=FamilyState.INVITED)
    invited_on: dt.date | None = field(DATE, "Invited on", default=None)
    accepted_on: dt.date | None = field(DATE, "Accepted on", default=None)


@entity("course_attendance", "Attendance")
class CourseAttendance(Entity):
    """How many parents of a family came to one time; nought is stayed away."""

    session: Id | None = field(REFERENCE, "Time", default=None, indexed=True)
    family: Id | None = field(REFERENCE, "Family", default=None, indexed=True)
    parents: int | None = field(NUMBER, "Number of parents", default=None)
    note: str = field(TEXT, "Note", default="")


def fridays(
    starts_on: dt.date, until: dt.date, closed: Callable[[dt.date], bool] = lambda _day: False
) -> tuple[dt.date, ...]:
    """Return every third Friday from ``starts_on`` to ``until``, both included. One that is a holiday is held a week
    later; the rhythm stays."""
    day = starts_on + dt.timedelta(days=(FRIDAY - starts_on.weekday()) % 7)
    found: list[dt.date] = []
    while day <= until:
        held = day
        while closed(held) and held < day + dt.timedelta(weeks=WEEKS_BETWEEN - 1):
            held += dt.timedelta(weeks=1)
        if held <= until and not closed(held):
            found.append(held)
        day += dt.timedelta(weeks=WEEKS_BETWEEN)
    return tuple(found)
