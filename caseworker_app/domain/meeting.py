"""Network meetings: planned, invited to, held, and what was agreed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import FLAG, NUMBER, REFERENCE, TEXT, choice, optional_choice, record


class MeetingKind(StrEnum):
    """The ids of the kinds that ship (Herningmodellen 10, and practice since); see :mod:`.meeting_kinds`.

    A meeting's kind is any id: a municipality adds kinds of its own.
    """

    INVOLVING = "involving_network_meeting"
    NETWORK = "network_meeting"
    INTERNAL = "internal_meeting"
    AREA = "area_meeting"
    TEAM = "team_meeting"
    RESOURCE = "resource_meeting"
    FOLLOW_UP = "follow_up_meeting"
    ELEVATOR = "elevator_meeting"
    HANDOVER = "handover_meeting"
    JOINT_HOME_VISIT = "joint_home_visit"
    FIRST = "first_meeting"
    BOARD = "board_meeting"
    WORK = "work_meeting"
    KIK = "kik"


MEETING_KIND_LABELS: dict[str, str] = {
    MeetingKind.INVOLVING: "Involving network meeting",
    MeetingKind.NETWORK: "Network meeting",
    MeetingKind.INTERNAL: "Internal cross-disciplinary meeting",
    MeetingKind.AREA: "Area staff meeting",
    MeetingKind.TEAM: "Team meeting",
    MeetingKind.RESOURCE: "Resource-centre meeting",
    MeetingKind.FOLLOW_UP: "Follow-up meeting",
    MeetingKind.ELEVATOR: "ELEVator meeting",
    MeetingKind.HANDOVER: "Handover meeting",
    MeetingKind.JOINT_HOME_VISIT: "Joint home visit",
    MeetingKind.FIRST: "First meeting",
    MeetingKind.BOARD: "Board meeting",
    MeetingKind.WORK: "Work meeting",
    MeetingKind.KIK: "KIK meeting",
}


class MinutesForm(StrEnum):
    """What is written at a meeting: three columns and agreements, decisions with their reasons, or nothing here."""

    COLUMNS = "columns"
    DECISIONS = "decisions"
    NONE = "none"


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
    """The three columns of the involving meeting's minutes, and on wish one for what the child says itself."""

    WORRIES = "worries"
    WORKS = "works"
    WISHES = "wishes"
    CHILD = "child"


WARN_MINUTES = 10
"""How long before the end of a meeting it is time for the summary, where nothing else is written."""


@entity("meeting", "Meeting")
class Meeting(Entity):
    """One meeting of one child's case. ``called`` and ``form`` are what the catalogue of kinds said when it was planned.

    ``form`` is ``None`` in logs from before there were kinds: ask :func:`form_of`.
    """

    kind: str = field(TEXT, "Kind of meeting", default=MeetingKind.INVOLVING.value)
    called: str = field(TEXT, "What the meeting is called", default="")
    form: MinutesForm | None = field(optional_choice(MinutesForm), "Form of the minutes", default=None)
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
    child_column: bool = field(FLAG, "The child has a column of its own", default=False)
    family_task: str = field(TEXT, "A task for the family", default="")
    scale_question: str = field(TEXT, "Scaling question from 0 to 10", default="")
    warn_minutes: int | None = field(NUMBER, "Minutes before the end for the summary", default=None)


def kind_name(meeting: Meeting) -> str:
    """Return what a meeting is called: a municipality's own words as they are, or a msgid."""
    return meeting.called or MEETING_KIND_LABELS.get(meeting.kind, "Meeting")


def form_of(meeting: Meeting) -> MinutesForm:
    """Return what is written at a meeting."""
    if meeting.form is not None:
        return meeting.form
    return MinutesForm.COLUMNS if meeting.kind == MeetingKind.INVOLVING else MinutesForm.DECISIONS


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
