"""Network meetings: planned, invited to, held, and what was agreed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, REFERENCE, TEXT, choice, record


class MeetingKind(StrEnum):
    """Herningmodellen 10: the involving one has its own template and minutes."""

    INVOLVING = "involving_network_meeting"
    NETWORK = "network_meeting"


MEETING_KIND_LABELS = {
    MeetingKind.INVOLVING: "Involving network meeting",
    MeetingKind.NETWORK: "Network meeting",
}


class MeetingState(StrEnum):
    """Where a meeting is on its way."""

    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A day with start and end, local time in Denmark. One field: nobody means an hour without its day."""

    day: dt.date
    start: dt.time
    end: dt.time

    @property
    def minutes(self) -> int:
        """Length in minutes; an end before the start is read as the next day by nobody, so it is negative."""
        begin = self.start.hour * 60 + self.start.minute
        return self.end.hour * 60 + self.end.minute - begin


class Audience(StrEnum):
    """How a letter speaks to its reader."""

    CHILD = "child"
    PARENT = "parent"
    NETWORK = "network"
    PROFESSIONAL = "professional"


class Attendance(StrEnum):
    """What came of an invitation."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CAME = "came"
    ABSENT = "absent"


ATTENDANCE_LABELS = {
    Attendance.INVITED: "Invited",
    Attendance.ACCEPTED: "Comes",
    Attendance.DECLINED: "Cannot come",
    Attendance.CAME: "Came",
    Attendance.ABSENT: "Did not come",
}


class Column(StrEnum):
    """The three columns of the involving meeting's minutes; ``decision`` is the plain meeting's."""

    WORRIES = "worries"
    WORKS = "works"
    WISHES = "wishes"


@entity("meeting", "Meeting")
class Meeting(Entity):
    """One meeting of one child's case."""

    kind: MeetingKind = field(choice(MeetingKind), "Kind of meeting", default=MeetingKind.INVOLVING)
    purpose: str = field(TEXT, "We meet because", default="")
    when: TimeSpan | None = field(record(TimeSpan), "Time", default=None)
    place: str = field(TEXT, "Place", default="")
    chair: str = field(TEXT, "Chair", default="")
    chair_function: str = field(TEXT, "The chair's function", default="")
    course: str = field(TEXT, "How the meeting will run", default="")
    contact_name: str = field(TEXT, "Questions to", default="")
    contact_phone: str = field(TEXT, "Telephone for questions", default="")
    minutes_taker: str = field(TEXT, "Minutes taken by", default="")
    state: MeetingState = field(choice(MeetingState), "State", default=MeetingState.PLANNED, indexed=True)
    summary: str = field(TEXT, "Summary", default="")


@entity("participant", "Participant")
class Participant(Entity):
    """Somebody invited to a meeting: a person of the case, the child itself, or typed in."""

    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    person: Id | None = field(REFERENCE, "Person", default=None)
    name: str = field(TEXT, "Name", default="")
    function: str = field(TEXT, "Role or function", default="")
    audience: Audience = field(choice(Audience), "Spoken to as", default=Audience.NETWORK)
    attendance: Attendance = field(choice(Attendance), "Attendance", default=Attendance.INVITED)
    number_on_minutes: bool = field(FLAG, "Authority: the CPR number on this copy", default=False)
    order: str = field(TEXT, "Order", default="")


@entity("meeting_point", "Point")
class MeetingPoint(Entity):
    """One line in one of the three columns."""

    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    column: Column = field(choice(Column), "Column", default=Column.WORRIES)
    text: str = field(TEXT, "Text", default="")
    said_by: str = field(TEXT, "Said by", default="")
    order: str = field(TEXT, "Order", default="")


@entity("agreement", "Agreement")
class Agreement(Entity):
    """What was agreed or decided: what, who, when. ``reason`` is the plain meeting's begrundelse."""

    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    what: str = field(TEXT, "What", default="")
    who: str = field(TEXT, "Who", default="")
    due: dt.date | None = field(DATE, "When", default=None)
    reason: str = field(TEXT, "Reason", default="")
    order: str = field(TEXT, "Order", default="")
    done_on: dt.date | None = field(DATE, "Done on", default=None)
