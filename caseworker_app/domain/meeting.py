"""Network meetings: planned, invited to, held, and what was agreed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import (
    DATE,
    FLAG,
    NUMBER,
    REFERENCE,
    TEXT,
    choice,
    optional_choice,
    record,
    references,
    texts,
)


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


LONGEST_NIGHT = 6 * 60
"""A meeting that ends past midnight is at most so long, in minutes; what would be longer is a slip of the pen."""
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A day with start and end, local time in Denmark. One field: nobody means an hour without its day."""

    day: dt.date
    start: dt.time
    end: dt.time

    @property
    def past_midnight(self) -> bool:
        """Whether it ends on the next day: an end before the start, at most :data:`LONGEST_NIGHT` later."""
        return 0 < self._apart + _DAY <= LONGEST_NIGHT if self._apart < 0 else False

    @property
    def ends_on(self) -> dt.date:
        """The day it ends."""
        return self.day + dt.timedelta(days=int(self.past_midnight))

    @property
    def minutes(self) -> int:
        """Length in minutes by the clock on the wall. An end before the start is the next day for a meeting of the
        evening; else it is a slip, and the length negative."""
        return self._apart + _DAY if self.past_midnight else self._apart

    @property
    def _apart(self) -> int:
        return self.end.hour * 60 + self.end.minute - self.start.hour * 60 - self.start.minute

    def lasts(self, zone: dt.tzinfo) -> dt.timedelta:
        """Return how long it lasts in that zone, also in the night when the clock is moved."""
        start = dt.datetime.combine(self.day, self.start, zone)
        return dt.datetime.combine(self.ends_on, self.end, zone).astimezone(dt.UTC) - start.astimezone(dt.UTC)


class Audience(StrEnum):
    """How a letter speaks to its reader."""

    CHILD = "child"
    PARENT = "parent"
    NETWORK = "network"
    PROFESSIONAL = "professional"


class Caller(StrEnum):
    """Who called a meeting that was not called by the store's own worker."""

    SCHOOL = "school"
    DAYCARE = "daycare"
    SUPPLIER = "supplier"
    OTHER = "other"


CALLER_LABELS = {
    Caller.SCHOOL: "A school",
    Caller.DAYCARE: "A day-care",
    Caller.SUPPLIER: "The supplier of a measure",
    Caller.OTHER: "Somebody else",
}


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

    ``form`` is ``None`` in logs from before there were kinds: ask :func:`form_of`. ``agenda`` are the usual points of
    the kind, ``letter`` the invitation's template. ``caller`` is said of a meeting the worker is invited to. ``background``
    goes along to those only for whom a consent stands. ``together`` is the same for the meetings of several siblings
    that are one meeting, ``siblings`` the other cases.
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
    agenda: tuple[str, ...] = field(texts(), "Agenda", default=())
    letter: str = field(TEXT, "Letter of invitation", default="")
    series: Id | None = field(REFERENCE, "Series", default=None, indexed=True)
    tried: str = field(TEXT, "What has been tried first", default="")
    time_agreed: str = field(TEXT, "The time is agreed with", default="")
    background: str = field(TEXT, "Background to send along", default="")
    caller: Caller | None = field(optional_choice(Caller), "Called by", default=None)
    caller_name: str = field(TEXT, "Who called the meeting", default="")
    papers: str = field(TEXT, "Papers we were sent", default="")
    called_off_on: dt.date | None = field(DATE, "Called off on", default=None)
    called_off_why: str = field(TEXT, "Why it was called off", default="")
    together: Id | None = field(REFERENCE, "Held for siblings together", default=None, indexed=True)
    siblings: frozenset[Id] = field(references(), "Siblings it is held for", default=frozenset(), many=True)
    warn_minutes: int | None = field(NUMBER, "Minutes before the end for the summary", default=None)
    minutes_signed: bool = field(FLAG, "Minutes signed", default=False, seals=True)


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
    told_on: dt.date | None = field(DATE, "Told of the cancellation on", default=None)
    prepared_on: dt.date | None = field(DATE, "Prepared with on", default=None)
    support_person: str = field(TEXT, "Comes with, as support person", default="")
    interpreter_on: dt.date | None = field(DATE, "Interpreter ordered on", default=None)


@entity("meeting_point", "Point")
class MeetingPoint(Entity):
    """One line in one of the three columns."""

    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    column: Column = field(choice(Column), "Column", default=Column.WORRIES)
    text: str = field(TEXT, "Text", default="")
    said_by: str = field(TEXT, "Said by", default="")
    order: str = field(TEXT, "Order", default="")
    signed: bool = field(FLAG, "In signed minutes", default=False, seals=True)
