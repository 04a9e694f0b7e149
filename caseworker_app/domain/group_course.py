"""A group course: at most eight children, ten sessions, two leaders; who cannot be in waits in line.

Promising practice 1.3 (Børnegrupper, § 7.1 to 7.5), F36: parents' talks at the start, midway and at the end; KIK after the
third and the seventh session; a teenager's motivation was lost after half a year's wait (§ 7.1.3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, MOMENT, NUMBER, REFERENCE, TEXT, choice, record
from caseworker_app.domain.meeting import TimeSpan

MOST: Final = 8
SESSIONS: Final = 10
MOST_SESSIONS: Final = 60
LONG_WAIT: Final = dt.timedelta(weeks=26)
BEGINS, ENDS = dt.time(15, 0), dt.time(17, 0)


class MemberState(StrEnum):
    """Where a child stands."""

    IN = "in"
    WAITING = "waiting"
    LEFT = "left"
    DECLINED = "declined"


MEMBER_STATE_LABELS: Mapping[MemberState, str] = {
    MemberState.IN: "In the group",
    MemberState.WAITING: "Waiting",
    MemberState.LEFT: "Left the group",
    MemberState.DECLINED: "Not in the group",
}
ON_LIST: Final = frozenset({MemberState.IN, MemberState.WAITING})


@entity("group_course", "Group course")
class GroupCourse(Entity):
    """One group, in the worker's own stream. ``session_count`` and ``most`` are numbers of sessions and children."""

    name: str = field(TEXT, "Name", default="")
    effort: str = field(TEXT, "Effort of the catalogue", default="", indexed=True)
    ages: str = field(TEXT, "Ages", default="")
    place: str = field(TEXT, "Place", default="")
    leaders: str = field(TEXT, "Two leaders of different professions", default="")
    weeks_between: int | None = field(NUMBER, "Weeks between sessions", default=1)
    first: TimeSpan | None = field(record(TimeSpan), "First session", default=None)
    session_count: int | None = field(NUMBER, "Sessions", default=SESSIONS)
    most: int | None = field(NUMBER, "Most children", default=MOST)
    ended_on: dt.date | None = field(DATE, "Ended on", default=None)
    note: str = field(TEXT, "Note", default="")


@entity("group_session", "Session of a group")
class GroupSession(Entity):
    """One session, by its number."""

    group: Id | None = field(REFERENCE, "Group course", default=None, indexed=True)
    number: int | None = field(NUMBER, "Number", default=None)
    when: TimeSpan | None = field(record(TimeSpan), "Time", default=None)
    topic: str = field(TEXT, "Topic", default="")
    held: bool = field(FLAG, "Held", default=False)
    note: str = field(TEXT, "Note", default="")


@entity("group_member", "Child of a group")
class GroupMember(Entity):
    """A child in a group or waiting for it. ``since`` is when it was put on the list, which settles the turn; the talks
    with the parents are the three of a course."""

    group: Id | None = field(REFERENCE, "Group course", default=None, indexed=True)
    name: str = field(TEXT, "Child", default="")
    case: Id | None = field(REFERENCE, "Case", default=None, indexed=True)
    state: MemberState = field(choice(MemberState), "State", default=MemberState.WAITING)
    since: dt.datetime | None = field(MOMENT, "On the list since", default=None)
    joined_on: dt.date | None = field(DATE, "In the group since", default=None)
    left_on: dt.date | None = field(DATE, "Left on", default=None)
    contact: str = field(TEXT, "Parents and telephone", default="")
    talk_start: dt.date | None = field(DATE, "Talk with the parents before", default=None)
    talk_midway: dt.date | None = field(DATE, "Talk midway", default=None)
    talk_end: dt.date | None = field(DATE, "Closing talk", default=None)
    note: str = field(TEXT, "Note", default="")


@entity("group_attendance", "Who came to a group")
class GroupAttendance(Entity):
    """Whether a child came to a session."""

    session: Id | None = field(REFERENCE, "Session", default=None, indexed=True)
    member: Id | None = field(REFERENCE, "Child", default=None, indexed=True)
    came: bool = field(FLAG, "Came", default=False)


def session_days(
    first: dt.date, count: int, weeks: int = 1, closed: Callable[[dt.date], bool] = lambda _day: False
) -> tuple[dt.date, ...]:
    """Return the days of a group's sessions: the same weekday every so many weeks, a closed day is left out and the course
    lasts longer."""
    found: list[dt.date] = []
    day = first
    while len(found) < count:
        if not closed(day):
            found.append(day)
        day += dt.timedelta(weeks=weeks)
    return tuple(found)
