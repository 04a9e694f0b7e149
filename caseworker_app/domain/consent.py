"""Consent (samtykke): who lets which information go to whom for what; and what parents were heard about.

Consent is voluntary, specific and informed, and can be withdrawn (law sheet 2). A signature is drawn on the screen and
kept as strokes, never as a picture.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.kinds import DATE, TEXT, choice, choices, record

HEALTH_YEARS = 1
"""Consent about health is said to lapse after so long (sundhedsloven § 44). Certainty medium, not verified: a hint."""


class GiverCapacity(StrEnum):
    """As what somebody consents."""

    CUSTODY_HOLDER = "custody_holder"
    YOUNG_PERSON = "young_person"
    PARENT = "parent"
    ABOUT_ONESELF = "about_oneself"
    OTHER = "other"


GIVER_CAPACITY_LABELS: Mapping[GiverCapacity, str] = {
    GiverCapacity.CUSTODY_HOLDER: "Holder of custody",
    GiverCapacity.YOUNG_PERSON: "The young person itself (15 or older)",
    GiverCapacity.PARENT: "Parent without custody",
    GiverCapacity.ABOUT_ONESELF: "Somebody, about herself",
    GiverCapacity.OTHER: "Somebody else",
}


class InformationKind(StrEnum):
    """What information is let go."""

    FAMILY = "family"
    SCHOOL = "school"
    HEALTH = "health"
    DEVELOPMENT = "development"
    NETWORK = "network"
    ECONOMY = "economy"
    CASE = "case"


INFORMATION_KIND_LABELS: Mapping[InformationKind, str] = {
    InformationKind.FAMILY: "Family life",
    InformationKind.SCHOOL: "School and day-care",
    InformationKind.HEALTH: "Health",
    InformationKind.DEVELOPMENT: "Development and behaviour",
    InformationKind.NETWORK: "Friends and network",
    InformationKind.ECONOMY: "Work and economy",
    InformationKind.CASE: "The case and its plan",
}


class ConsentUse(StrEnum):
    """What it was asked for: where the house looks for it by itself."""

    INTERNAL_MEETING = "internal_meeting"
    HANDOVER = "handover"
    NETWORK_MEETING = "network_meeting"
    RESOURCE_MEETING = "resource_meeting"


CONSENT_USE_LABELS: Mapping[ConsentUse, str] = {
    ConsentUse.INTERNAL_MEETING: "Internal meeting, with names",
    ConsentUse.HANDOVER: "Handover to another worker",
    ConsentUse.NETWORK_MEETING: "Network meeting",
    ConsentUse.RESOURCE_MEETING: "Resource-centre meeting",
}


class ConsentForm(StrEnum):
    """How it was given."""

    WRITTEN = "written"
    ORAL = "oral"
    ON_SCREEN = "on_screen"


CONSENT_FORM_LABELS: Mapping[ConsentForm, str] = {
    ConsentForm.WRITTEN: "In writing, on paper",
    ConsentForm.ORAL: "By word of mouth",
    ConsentForm.ON_SCREEN: "Signed on the screen",
}

MOST_POINTS = 20_000
"""Points a signature may have: some minutes of drawing."""
GRAIN = 1000
"""A signature's points are whole thousandths of its own width."""

Stroke = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature drawn with pen or mouse: strokes of points, ``x,y x,y;x,y …`` in thousandths of its width."""

    strokes: str


def signature_of(strokes: Sequence[Sequence[tuple[int, int]]]) -> Signature | None:
    """Return the signature of some strokes, ``None`` when nothing was drawn; what goes over the room is left out."""
    said: list[str] = []
    left = MOST_POINTS
    for stroke in strokes:
        points = list(stroke)[:left]
        left -= len(points)
        if points:
            said.append(" ".join(f"{x},{y}" for x, y in points))
    return Signature(";".join(said)) if said else None


def strokes_of(signature: Signature | None) -> tuple[Stroke, ...]:
    """Return the strokes of a signature; what cannot be read is left out."""
    if signature is None:
        return ()
    found: list[Stroke] = []
    for stroke in signature.strokes.split(";"):
        points: list[tuple[int, int]] = []
        for point in stroke.split():
            x, _comma, y = point.partition(",")
            if x.lstrip("-").isdecimal() and y.lstrip("-").isdecimal():
                points.append((int(x), int(y)))
        if points:
            found.append(tuple(points))
    return tuple(found)


@entity("consent", "Consent")
class Consent(Entity):
    """One consent. It stands from ``given_on`` until the day it is withdrawn, that day not included."""

    giver: str = field(TEXT, "Given by", default="")
    capacity: GiverCapacity = field(choice(GiverCapacity), "As", default=GiverCapacity.CUSTODY_HOLDER)
    recipient: str = field(TEXT, "The information may go to", default="")
    kinds: frozenset[InformationKind] = field(
        choices(InformationKind), "Kinds of information", default=frozenset(), many=True
    )
    uses: frozenset[ConsentUse] = field(choices(ConsentUse), "Asked for", default=frozenset(), many=True)
    purpose: str = field(TEXT, "What for", default="")
    given_on: dt.date | None = field(DATE, "Given on", default=None)
    form: ConsentForm = field(choice(ConsentForm), "How it was given", default=ConsentForm.WRITTEN)
    signature: Signature | None = field(record(Signature), "Signature", default=None)
    withdrawn_on: dt.date | None = field(DATE, "Withdrawn on", default=None)
    withdrawn_by: str = field(TEXT, "Withdrawn by", default="")
    note: str = field(TEXT, "Note", default="")

    def stands_on(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        begun = self.given_on is not None and self.given_on <= day
        return begun and not self.cancelled and (self.withdrawn_on is None or day < self.withdrawn_on)

    def old_health(self, day: dt.date) -> bool:
        """Whether it is about health and more than a year old on a day: it may have lapsed."""
        if InformationKind.HEALTH not in self.kinds or self.given_on is None:
            return False
        given = self.given_on
        last = 28 if (given.month, given.day) == (2, 29) else given.day
        return day >= dt.date(given.year + HEALTH_YEARS, given.month, last)


@entity("parents_hearing", "Party hearing of a parent")
class ParentsHearing(Entity):
    """A parent is heard about information to her disadvantage before a decision (forvaltningsloven § 19)."""

    who: str = field(TEXT, "Who is heard", default="")
    about: str = field(TEXT, "About which information", default="")
    sent_on: dt.date | None = field(DATE, "Sent on", default=None)
    deadline: dt.date | None = field(DATE, "Asked to answer by", default=None)
    answered_on: dt.date | None = field(DATE, "Answered on", default=None)
    answer: str = field(TEXT, "Answer", default="")
