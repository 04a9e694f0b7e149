"""The time log: what the worker's hours went to, written in two clicks from a visit, a meeting or a call.

Promising practice F26 (6.5, 9.5, 10.3): per activity with or without citizens, by phase, journal, booking and transport
too. It is the worker's own and no part of a child's file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from caseworker_app.domain.cost import Phase, Profession
from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, REFERENCE, TEXT, choice

MINUTES_OF_DAY: Final = 24 * 60


class Activity(StrEnum):
    """What the time went to."""

    VISIT = "visit"
    MEETING = "meeting"
    CALL = "call"
    JOURNAL = "journal"
    BOOKING = "booking"
    TRANSPORT = "transport"
    PREPARATION = "preparation"
    SUPERVISION = "supervision"
    GROUP = "group"
    OTHER = "other"


ACTIVITY_LABELS: Mapping[Activity, str] = {
    Activity.VISIT: "Visit",
    Activity.MEETING: "Meeting",
    Activity.CALL: "Call",
    Activity.JOURNAL: "Journal",
    Activity.BOOKING: "Booking and reminders",
    Activity.TRANSPORT: "Transport",
    Activity.PREPARATION: "Preparation",
    Activity.SUPERVISION: "Supervision",
    Activity.GROUP: "Session of a group",
    Activity.OTHER: "Something else",
}
WITH_CITIZENS: Final = frozenset({Activity.VISIT, Activity.MEETING, Activity.CALL, Activity.GROUP})
"""Activities that are with citizens unless it is said otherwise."""
USUAL_MINUTES: Mapping[Activity, int] = {
    Activity.VISIT: 60,
    Activity.MEETING: 60,
    Activity.CALL: 15,
    Activity.JOURNAL: 30,
    Activity.GROUP: 120,
}
"""What is offered where nothing says how long it took."""


@entity("time_entry", "Time used")
class TimeEntry(Entity):
    """Time of one day. ``subject`` is the visit, meeting, entry or session it was used on; ``effort`` the effort's id in
    the catalogue, ``course`` the child's or the group's course."""

    spent_on: dt.date | None = field(DATE, "Day", default=None)
    minutes: int | None = field(NUMBER, "Hours", default=None)
    activity: Activity = field(choice(Activity), "What it went to", default=Activity.OTHER)
    phase: Phase = field(choice(Phase), "Phase", default=Phase.COURSE)
    with_citizen: bool = field(FLAG, "With citizens", default=False)
    profession: Profession = field(choice(Profession), "Profession", default=Profession.SOCIAL_WORKER)
    case: Id | None = field(REFERENCE, "Case", default=None, indexed=True)
    subject: Id | None = field(REFERENCE, "Used on", default=None, indexed=True)
    effort: str = field(TEXT, "Effort", default="", indexed=True)
    course: Id | None = field(REFERENCE, "Course", default=None, indexed=True)
    note: str = field(TEXT, "Note", default="")
