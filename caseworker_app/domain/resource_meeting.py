"""The resource-centre meeting of a school or day-care (ressourcecentermøde): a child on it, and what else is on it.

Herningmodellen 10: the teacher fills in a description, the parents see it and write their remarks, and it is there 14 days
before; the agenda goes from a child over a group and the whole school to information; decisions have somebody responsible
and an end; the parents are contacted the same day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, REFERENCE, TEXT, choice, texts
from caseworker_app.domain.rules.workdays import Holidays, planned_for

DESCRIPTION = "resource_description"
"""The id of the form."""
AHEAD = dt.timedelta(days=14)
"""So long before the meeting the description is there."""


class Level(StrEnum):
    """What a point of the agenda is about, the most pressing first."""

    CHILD = "child"
    GROUP = "group"
    SCHOOL = "school"
    INFORMATION = "information"


LEVEL_LABELS: Mapping[Level, str] = {
    Level.CHILD: "A child",
    Level.GROUP: "A group or class",
    Level.SCHOOL: "The whole school",
    Level.INFORMATION: "Information",
}
LEVEL_ORDER = tuple(Level)


def deadline_of(meeting_on: dt.date, holidays: Holidays) -> dt.date:
    """Return the day a description must be there: 14 days before, the last working day on or before that."""
    return planned_for(meeting_on - AHEAD, holidays)


@entity("resource_description", "Description for the resource-centre meeting")
class ResourceDescription(Entity):
    """One child on one resource-centre meeting.

    ``meeting`` is the meeting it belongs to, ``meeting_on`` its day where there is none yet. ``asked_on`` is the day the
    form was handed to ``teacher``, ``received_on`` the day it came back. ``remarks`` are the parents' own words, seen and
    written on ``remarks_on``; ``contacted_on`` the day they were told what came of the meeting.
    """

    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    meeting_on: dt.date | None = field(DATE, "Day of the meeting", default=None)
    place: str = field(TEXT, "School or day-care", default="")
    teacher: str = field(TEXT, "Who describes", default="")
    function: str = field(TEXT, "Function", default="")
    asked_on: dt.date | None = field(DATE, "The form was handed out on", default=None)
    received_on: dt.date | None = field(DATE, "The form came back on", default=None)
    form: str = field(TEXT, "Form", default="")
    form_version: int | None = field(NUMBER, "Version of the form", default=None)
    shown_on: dt.date | None = field(DATE, "Shown to the parents on", default=None)
    remarks: str = field(TEXT, "The parents' remarks", default="")
    remarks_by: str = field(TEXT, "Written by", default="")
    contacted_on: dt.date | None = field(DATE, "The parents were contacted on", default=None)
    contacted_by: str = field(TEXT, "Contacted by", default="")
    outcome: str = field(TEXT, "What the meeting came to", default="")

    def day(self, of_meeting: dt.date | None) -> dt.date | None:
        """Return the day of the meeting: the meeting's own before what was written here."""
        return of_meeting or self.meeting_on


@entity("resource_answer", "What the description says")
class ResourceAnswer(Entity):
    """What stands under one topic of a description."""

    description: Id | None = field(REFERENCE, "Description", default=None, indexed=True)
    topic: str = field(TEXT, "Topic", default="")
    text: str = field(TEXT, "Text", default="")
    tags: tuple[str, ...] = field(texts(), "Tags", default=())
    chosen: str = field(TEXT, "Chosen", default="")
    number: int | None = field(NUMBER, "Number", default=None)


@entity("resource_point", "Point of the resource-centre meeting")
class ResourcePoint(Entity):
    """A point about a group, the whole school, or information; no child is named in it. ``closed``: dealt with."""

    description: Id | None = field(REFERENCE, "Description", default=None, indexed=True)
    level: Level = field(choice(Level), "About", default=Level.GROUP)
    text: str = field(TEXT, "What", default="")
    closed: bool = field(FLAG, "Dealt with", default=False)
