"""What a paper is made of: the facts of one copy for one reader, and nothing the reader must not see.

The personal number reaches an invitation never, and minutes only through :func:`number_on_copy`: what is not in these
facts cannot be drawn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from caseworker_app.domain.case import Case
from caseworker_app.domain.meeting import Audience, Participant, TimeSpan

if TYPE_CHECKING:
    from caseworker_app.domain.access_facts import AccessFacts
    from caseworker_app.domain.genogram_facts import GenogramFacts
    from caseworker_app.domain.map_facts import NetworkMapComparisonFacts, NetworkMapFacts
    from caseworker_app.domain.measure_facts import MeasurePaperFacts
    from caseworker_app.domain.numbers_facts import LadderFacts, NumbersFacts
    from caseworker_app.domain.plan_facts import ChildPlanFacts, PlanFacts
    from caseworker_app.domain.receipt_facts import ReceiptFacts
    from caseworker_app.domain.table_facts import TableFacts
    from caseworker_app.domain.text_facts import TextPaperFacts
    from caseworker_app.domain.visit_facts import VisitSheetFacts
    from caseworker_app.domain.week_facts import WeekCalendarFacts, WeekSheetFacts


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose paper it is. ``logo`` is PNG in base64."""

    municipality: str
    department: str
    address: tuple[str, ...]
    phone: str
    email: str
    logo: str
    signature_line: str
    worker: str
    worker_title: str
    worker_phone: str


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the copy is. ``address`` is empty when there is none, or it is not to be used."""

    name: str
    audience: Audience
    address: tuple[str, ...] = ()
    age: int | None = None
    interpreter: bool = False
    language: str = ""
    support_person: str = ""
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """A line of the list of participants: name, function or role in the reader's words."""

    name: str
    function: str
    is_child: bool = False


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """One invitation. ``unborn`` says that ``child`` is the expecting parent's name.

    ``called`` is what the meeting is called in Danish, ``letter`` the id of its template, ``agenda`` the usual points where
    no course is written. ``background`` is empty on a copy to somebody whom no consent lets know.
    """

    sender: Sender
    reader: Reader
    child: str
    kind: str
    purpose: str
    when: TimeSpan
    place: str
    participants: tuple[Present, ...]
    chair: str
    chair_function: str
    course: str
    contact_name: str
    contact_phone: str
    dated: dt.date
    unborn: bool = False
    called: str = ""
    letter: str = ""
    agenda: tuple[str, ...] = ()
    background: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A point somebody wants on the agenda; ``quiet`` ones stand on the chair's copy only."""

    text: str
    who: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """What was agreed at an earlier meeting, and how it went in a few words."""

    what: str
    who: str
    due: dt.date | None
    went: str


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """The agenda of a meeting, for everybody who gets it or (``reader`` ``None``) for the chair.

    ``earlier`` is what the meeting opens with; ``points`` the standing points, ``wanted`` what people asked for.
    """

    sender: Sender
    reader: Reader | None
    child: str
    called: str
    purpose: str
    when: TimeSpan | None
    place: str
    chair: str
    participants: tuple[Present, ...]
    earlier: tuple[Followed, ...]
    points: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    dated: dt.date
    unborn: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """What, who, when, and for a decision why."""

    what: str
    who: str
    due: dt.date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """What somebody answered on the scale from 0 to 10."""

    who: str
    value: int


@dataclass(frozen=True, slots=True)
class Added:
    """A later remark to the minutes: whose, when, what."""

    by: str
    on: dt.date | None
    text: str


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """One copy of the minutes. ``number`` is the formatted cpr. nr. or empty; ``reader`` is ``None`` for the file.

    ``draft``: it goes out for remarks; ``signed_on`` and ``signed_by`` are set when nothing in it changes any more.
    """

    sender: Sender
    reader: Reader | None
    child: str
    child_full_name: str
    number: str
    kind: str
    purpose: str
    when: TimeSpan
    place: str
    came: tuple[Present, ...]
    stayed_away: tuple[Present, ...]
    minutes_taker: str
    contact_name: str
    contact_phone: str
    worries: tuple[str, ...]
    works: tuple[str, ...]
    wishes: tuple[str, ...]
    agreements: tuple[Agreed, ...]
    summary: str
    dated: dt.date
    unborn: bool = False
    child_words: tuple[str, ...] = ()
    family_task: str = ""
    scale_question: str = ""
    scale: tuple[Scored, ...] = ()
    additions: tuple[Added, ...] = ()
    draft: bool = False
    signed_on: dt.date | None = None
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class RecoverySheetFacts:
    """The recovery sheet of one store."""

    code: str
    municipality: str
    worker: str
    made: dt.date


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """A meeting for a calendar: no name and no number of the child."""

    uid: str
    when: TimeSpan
    place: str
    title: str
    stamp: dt.datetime
    zone: str = "Europe/Copenhagen"


PaperFacts: TypeAlias = (
    "InvitationFacts | AgendaFacts | MinutesFacts | RecoverySheetFacts | CalendarFacts | WeekSheetFacts | WeekCalendarFacts"
    " | PlanFacts | ChildPlanFacts | NetworkMapFacts | NetworkMapComparisonFacts | GenogramFacts | TextPaperFacts"
    " | ReceiptFacts | VisitSheetFacts | MeasurePaperFacts | AccessFacts | TableFacts"
    " | NumbersFacts | LadderFacts"
)
"""What a paper can be made of."""


class Paper(StrEnum):
    """The kinds of paper."""

    INVITATION = "invitation"
    AGENDA = "agenda"
    MINUTES = "minutes"
    RECOVERY_SHEET = "recovery_sheet"
    CALENDAR = "calendar"
    WEEKLY_SHEET = "weekly_sheet"
    WEEK_CALENDAR = "week_calendar"
    PLAN = "plan"
    PLAN_CHILD = "plan_child"
    NETWORK_MAP = "network_map"
    NETWORK_MAP_COMPARISON = "network_map_comparison"
    GENOGRAM = "genogram"
    NOTIFICATION_RECEIPT = "notification_receipt"
    CHRONOLOGY = "chronology"
    INVESTIGATION = "investigation"
    VISIT_SHEET = "visit_sheet"
    VISIT_JOURNAL = "visit_journal"
    PARENTS_JOURNAL = "parents_journal"
    COURSE_INVITATION = "course_invitation"
    COURSE_PROGRAMME = "course_programme"
    JOURNAL = "journal"
    RECEIPT = "receipt"
    TRANSFER = "transfer"
    EXPECTATIONS_SHEET = "expectations_sheet"
    REMINDER_CARD = "reminder_card"
    INTERNAL_SHEET = "internal_sheet"
    INTERNAL_AGENDA = "internal_agenda"
    RESOURCE_DESCRIPTION = "resource_description"
    RESOURCE_AGENDA = "resource_agenda"
    PSYCHOLOGIST_TALKS = "psychologist_talks"
    PROFESSIONAL_NETWORK = "professional_network"
    FIRST_MEETING = "first_meeting"
    ANALYSIS_SHEET = "analysis_sheet"
    ELEVATOR_CONTRACT = "elevator_contract"
    ELEVATOR_EVALUATION = "elevator_evaluation"
    ELEVATOR_GROUP = "elevator_group"
    KIK_SHEET = "kik_sheet"
    TRIAL_BOARD = "trial_board"
    NUMBERS = "numbers"
    LADDER = "ladder"
    COST_SHEET = "cost_sheet"
    EFFORT_COURSE = "effort_course"
    GROUP_COURSE = "group_course"
    MEASUREMENTS = "measurements"
    MEASUREMENT_SHEET = "measurement_sheet"
    MEASUREMENT_GROUPS = "measurement_groups"
    ACCESS_REQUEST = "access_request"
    HANDOVER_CHRONOLOGY = "handover_chronology"
    ACCESS_LOG = "access_log"
    QUICK_GUIDE = "quick_guide"


PAPER_LABELS: Mapping[str, str] = {
    Paper.INVITATION.value: "Invitation",
    Paper.MINUTES.value: "Minutes",
    Paper.RECOVERY_SHEET.value: "Recovery sheet",
    Paper.CALENDAR.value: "Calendar file",
    Paper.PLAN.value: "The plan for the file",
    Paper.PLAN_CHILD.value: "The plan for the child",
    Paper.NETWORK_MAP.value: "The network map",
    Paper.NETWORK_MAP_COMPARISON.value: "Two network maps compared",
    Paper.NOTIFICATION_RECEIPT.value: "Receipt of a notification",
    Paper.GENOGRAM.value: "Genogram",
    Paper.CHRONOLOGY.value: "Chronology",
    Paper.QUICK_GUIDE.value: "Quick guide",
    Paper.INVESTIGATION.value: "The investigation",
    Paper.VISIT_SHEET.value: "Sheet for a visit",
    Paper.VISIT_JOURNAL.value: "What a visit says, for one journal",
    Paper.PARENTS_JOURNAL.value: "A parent's journal",
    Paper.COURSE_INVITATION.value: "Invitation to a course",
    Paper.COURSE_PROGRAMME.value: "Programme of a course",
    Paper.JOURNAL.value: "Extract of the journal",
    Paper.RECEIPT.value: "Receipt for a notification",
    Paper.TRANSFER.value: "Copy for the record system",
    Paper.ACCESS_LOG.value: "Access log of the case",
    Paper.AGENDA.value: "Agenda",
    Paper.WEEKLY_SHEET.value: "Weekly sheet",
    Paper.WEEK_CALENDAR.value: "Calendar file",
    Paper.EXPECTATIONS_SHEET.value: "Expectations sheet",
    Paper.REMINDER_CARD.value: "Reminder card",
    Paper.INTERNAL_SHEET.value: "Sheet for the internal meeting",
    Paper.INTERNAL_AGENDA.value: "Agenda of the internal meeting",
    Paper.RESOURCE_DESCRIPTION.value: "Description for the resource centre meeting",
    Paper.RESOURCE_AGENDA.value: "Agenda of the resource centre meeting",
    Paper.PSYCHOLOGIST_TALKS.value: "Talks with a psychologist",
    Paper.PROFESSIONAL_NETWORK.value: "The professionals around the family",
    Paper.FIRST_MEETING.value: "First meeting",
    Paper.ANALYSIS_SHEET.value: "Analysis sheet",
    Paper.ELEVATOR_CONTRACT.value: "ELEVator contract",
    Paper.ELEVATOR_EVALUATION.value: "Evaluation of ELEVator",
    Paper.ELEVATOR_GROUP.value: "ELEVator, the whole group",
    Paper.KIK_SHEET.value: "KIK sheet",
    Paper.TRIAL_BOARD.value: "The board",
    Paper.NUMBERS.value: "Numbers",
    Paper.LADDER.value: "The ladder",
    Paper.COST_SHEET.value: "Cost sheet",
    Paper.EFFORT_COURSE.value: "Course of an effort",
    Paper.GROUP_COURSE.value: "Course of a group",
    Paper.MEASUREMENTS.value: "Measurements",
    Paper.MEASUREMENT_SHEET.value: "Sheet of a measurement",
    Paper.MEASUREMENT_GROUPS.value: "Measurements of groups",
    Paper.ACCESS_REQUEST.value: "Answer to a request for access",
    Paper.HANDOVER_CHRONOLOGY.value: "Handover: chronology and deadlines",
    "document": "Attached document",
}
"""By what a copy and the log call a paper; "document" is an attached file."""


@dataclass(frozen=True, slots=True)
class PaperJob:
    """One copy to make. ``file_name`` holds no name and no number; ``recipient`` is for the list on screen."""

    kind: Paper
    facts: PaperFacts
    file_name: str
    recipient: str = ""
    about: bytes | None = None
    templates: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A paper made: its bytes, how many pages, and what the fonts could not show (each a visible mark)."""

    data: bytes
    pages: int
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def number_on_copy(case: Case, participant: Participant | None) -> bool:
    """Whether the cpr. nr. may stand on this copy: the file's, or an authority's for whom it was chosen.

    Never on one to family or network (Herningmodellen 10, minutes).
    """
    if not case.person_number:
        return False
    if participant is None:
        return True
    return participant.audience is Audience.PROFESSIONAL and participant.number_on_minutes
