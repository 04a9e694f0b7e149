"""The chronology of a case: made by itself from everything that was written, curated by hand.

What happened is never written here a second time; a mark only says how one event is shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import FLAG, REFERENCE, TEXT
from caseworker_app.domain.phrases import Phrase


class EventKind(StrEnum):
    """What a reader filters by."""

    CASE = "case"
    ENTRY = "entry"
    CHILD_HEARD = "child_heard"
    MEETING = "meeting"
    FOLLOW_UP = "follow_up"
    INTERVENTION = "intervention"
    DECISION = "decision"
    NOTIFICATION = "notification"
    INVESTIGATION = "investigation"
    PLAN = "plan"
    MAP = "map"
    VISIT = "visit"
    MEASUREMENT = "measurement"
    DOCUMENT = "document"
    COMPLAINT = "complaint"
    CONSENT = "consent"


EVENT_KIND_LABELS: Mapping[EventKind, str] = {
    EventKind.CASE: "The case",
    EventKind.ENTRY: "Journal entries",
    EventKind.CHILD_HEARD: "The child heard",
    EventKind.MEETING: "Meetings",
    EventKind.FOLLOW_UP: "Follow-ups",
    EventKind.INTERVENTION: "Interventions",
    EventKind.DECISION: "Decisions in the case",
    EventKind.NOTIFICATION: "Notifications of concern",
    EventKind.INVESTIGATION: "Investigations",
    EventKind.PLAN: "Plans",
    EventKind.MAP: "Network maps",
    EventKind.VISIT: "Visits",
    EventKind.MEASUREMENT: "Measurements",
    EventKind.DOCUMENT: "Documents",
    EventKind.COMPLAINT: "Complaints and breakdowns",
    EventKind.CONSENT: "Consents and hearings of parents",
}


class Event(NamedTuple):
    """One thing that happened. ``aspect`` tells apart what one thing gives twice (begun, ended).

    ``title`` is a phrase, or words somebody wrote; ``detail`` stands beside it. A plain tuple: a case of ten years has
    thousands.
    """

    kind: EventKind
    type: str
    thing: Id
    day: dt.date
    title: Phrase | str
    detail: Phrase | str = ""
    aspect: str = ""

    @property
    def key(self) -> str:
        """What a mark names the event by."""
        return f"{self.type}:{self.thing.hex()}:{self.aspect}"


@entity("chronology_mark", "Mark in the chronology")
class ChronologyMark(Entity):
    """How one event is shown: left out of the paper, held up, or commented on. ``event`` is :attr:`Event.key`."""

    event: str = field(TEXT, "Event", default="", indexed=True)
    thing: Id | None = field(REFERENCE, "What happened", default=None)
    hidden: bool = field(FLAG, "Left out", default=False)
    highlighted: bool = field(FLAG, "Important", default=False)
    comment: str = field(TEXT, "Comment", default="")
