"""Underretninger: word from somebody who is worried about a child, the clock it starts, and what becomes of it.

Herningmodellen 7: received → judged within 24 hours by the duty worker → given to a worker; in an existing case with
interventions a second opinion, without one its worker is told. Barnets lov §§ 18, 136-138.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, MOMENT, REFERENCE, TEXT, choice, optional_choice


class SenderKind(StrEnum):
    """As what somebody is worried about the child."""

    PROFESSIONAL = "professional"
    CITIZEN = "citizen"
    FAMILY = "family"
    CHILD = "child"
    ANONYMOUS = "anonymous"


SENDER_KIND_LABELS: Mapping[SenderKind, str] = {
    SenderKind.PROFESSIONAL: "Professional",
    SenderKind.CITIZEN: "Citizen",
    SenderKind.FAMILY: "Family",
    SenderKind.CHILD: "The child itself",
    SenderKind.ANONYMOUS: "Anonymous",
}


class SecondReader(StrEnum):
    """Who gives the second opinion: never somebody who was in the case earlier (BL § 137 stk. 1)."""

    DUTY_WORKER = "duty_worker"
    NOT_EARLIER = "not_earlier"


SECOND_READER_LABELS: Mapping[SecondReader, str] = {
    SecondReader.DUTY_WORKER: "The duty worker",
    SecondReader.NOT_EARLIER: "A colleague not earlier in the case",
}


class Screening(StrEnum):
    """What the screening comes to (barnets lov § 18)."""

    NOTHING_MORE = "nothing_more"
    SCOPING = "scoping"
    INVESTIGATION = "investigation"


SCREENING_LABELS: Mapping[Screening, str] = {
    Screening.NOTHING_MORE: "1. No further looking into it",
    Screening.SCOPING: "2. Scoping of one or more matters (§ 19)",
    Screening.INVESTIGATION: "3. Investigation of the child's needs (§ 20)",
}


class ContactKind(StrEnum):
    """What a first contact was."""

    PHONE = "phone"
    TALK_WITH_CHILD = "talk_with_child"
    TALK_WITH_PARENTS = "talk_with_parents"
    HOME_VISIT = "home_visit"
    NETWORK_MEETING_ASKED = "network_meeting_asked"
    INTERROGATION = "interrogation"
    CROSS_DISCIPLINARY = "cross_disciplinary"
    OTHER = "other"


CONTACT_KIND_LABELS: Mapping[ContactKind, str] = {
    ContactKind.PHONE: "Telephone call",
    ContactKind.TALK_WITH_CHILD: "Talk with the child",
    ContactKind.TALK_WITH_PARENTS: "Talk with the parents",
    ContactKind.HOME_VISIT: "Home visit",
    ContactKind.NETWORK_MEETING_ASKED: "A network meeting was asked for",
    ContactKind.INTERROGATION: "Interrogation by the police",
    ContactKind.CROSS_DISCIPLINARY: "Cross-disciplinary meeting",
    ContactKind.OTHER: "Something else",
}


@entity("notification", "Notification of concern")
class Notification(Entity):
    """One notification (underretning).

    Whether the child must be helped at once is judged within 24 hours of ``received_at``, by the clock, weekends and
    nights included (law sheet D01); the sender has a receipt within six weekdays (D02). ``second_*`` is the second
    opinion in a case with interventions (D03), ``told_on`` the day the worker of a case without was told.
    ``child_heard_on`` is the talk with the child when abuse is suspected (D04). ``given_to`` is who got it to go on
    with. ``investigation`` is what the screening began.
    """

    received_at: dt.datetime | None = field(MOMENT, "Received at", default=None)
    sender: str = field(TEXT, "From", default="")
    about: str = field(TEXT, "About", default="")
    abuse_suspected: bool = field(FLAG, "Abuse is suspected", default=False)
    assessed_at: dt.datetime | None = field(MOMENT, "Assessed at", default=None)
    assessed_by: str = field(TEXT, "Assessed by", default="")
    assessment: str = field(TEXT, "Urgent assessment", default="")
    acute: bool = field(FLAG, "Needs help at once", default=False)
    receipt_sent_on: dt.date | None = field(DATE, "Receipt sent on", default=None)
    capacity: SenderKind | None = field(optional_choice(SenderKind), "The sender is", default=None)
    sender_address: str = field(TEXT, "Where the sender is reached", default="")
    told_on: dt.date | None = field(DATE, "The case's worker was told on", default=None)
    second_role: SecondReader | None = field(
        optional_choice(SecondReader), "The second opinion is by", default=None
    )
    second_by: str = field(TEXT, "Name of who gave the second opinion", default="")
    second_on: dt.date | None = field(DATE, "Second opinion on", default=None)
    second_conclusion: str = field(TEXT, "Conclusion of the second opinion", default="")
    child_heard_on: dt.date | None = field(DATE, "Talk with the child about abuse on", default=None)
    given_to: str = field(TEXT, "Given to", default="")
    given_on: dt.date | None = field(DATE, "Given on", default=None)
    screening: Screening | None = field(optional_choice(Screening), "Result of the screening", default=None)
    screened_on: dt.date | None = field(DATE, "Screened on", default=None)
    screening_why: str = field(TEXT, "Reasons for the screening", default="")
    investigation: Id | None = field(REFERENCE, "What was begun", default=None)

    @property
    def answerable(self) -> bool:
        """Whether somebody can be sent a receipt."""
        return self.capacity is not SenderKind.ANONYMOUS


@entity("first_contact", "First contact")
class FirstContact(Entity):
    """What was done with a notification first: a call, a meeting asked for, an interrogation."""

    notification: Id | None = field(REFERENCE, "Notification of concern", default=None, indexed=True)
    held_on: dt.date | None = field(DATE, "Held on", default=None)
    kind: ContactKind = field(choice(ContactKind), "What it was", default=ContactKind.PHONE)
    who: str = field(TEXT, "With whom", default="")
    text: str = field(TEXT, "What came of it", default="")
