"""What was agreed with somebody, wherever: what, who, when and why; open until it is settled with the day it was held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, REFERENCE, TEXT, choice


class AgreementSource(StrEnum):
    """Where something was agreed."""

    MEETING = "meeting"
    VISIT = "visit"
    FOLLOW_UP = "follow_up"
    ENTRY = "entry"
    MAP = "map"
    TELEPHONE = "telephone"
    OTHER = "other"


SOURCE_LABELS: Mapping[AgreementSource, str] = {
    AgreementSource.MEETING: "At a meeting",
    AgreementSource.VISIT: "On a visit",
    AgreementSource.FOLLOW_UP: "At a follow-up",
    AgreementSource.ENTRY: "In the journal",
    AgreementSource.MAP: "At the network map",
    AgreementSource.TELEPHONE: "On the telephone",
    AgreementSource.OTHER: "Elsewhere",
}


@entity("agreement", "Agreement")
class Agreement(Entity):
    """What was agreed or decided: what, who, when. ``reason`` is the plain meeting's begrundelse.

    ``meeting`` is set for what was agreed at one; else ``source_type`` says where, and ``source`` names the follow-up or
    the entry. ``who`` is in free words; ``person`` is her card, or ``worker`` the author who does it, when it is known.
    ``done_on`` is the day it was settled: held, or with ``dropped`` let fall; ``went`` is how it went, or why it fell.
    ``family_knows`` lets one from the telephone, the journal or elsewhere stand on the family's papers.
    """

    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    what: str = field(TEXT, "What", default="")
    who: str = field(TEXT, "Who", default="")
    due: dt.date | None = field(DATE, "When", default=None)
    reason: str = field(TEXT, "Reason", default="")
    order: str = field(TEXT, "Order", default="")
    done_on: dt.date | None = field(DATE, "Done on", default=None, indexed=True)
    source_type: AgreementSource = field(
        choice(AgreementSource), "Where it was agreed", default=AgreementSource.MEETING
    )
    source: Id | None = field(REFERENCE, "Agreed at", default=None, indexed=True)
    agreed_on: dt.date | None = field(DATE, "Agreed on", default=None)
    person: Id | None = field(REFERENCE, "Person in the case", default=None)
    worker: Id | None = field(REFERENCE, "Colleague", default=None)
    went: str = field(TEXT, "How it went", default="")
    dropped: bool = field(FLAG, "It fell away", default=False)
    signed: bool = field(FLAG, "In signed minutes", default=False, seals=True)
    family_knows: bool = field(FLAG, "The family knows of it", default=False)


@entity("agreement_move", "Postponed agreement")
class AgreementMove(Entity):
    """An agreement was given a later day: ``agreement`` names it, whichever kind of thing it is kept as."""

    agreement: Id | None = field(REFERENCE, "Agreement", default=None, indexed=True)
    was: dt.date | None = field(DATE, "Was to be done by", default=None)
    until: dt.date | None = field(DATE, "Postponed until", default=None)
    why: str = field(TEXT, "Why", default="")
    moved_on: dt.date | None = field(DATE, "Postponed on", default=None)


@entity("unannounced_visits", "Agreement about unannounced visits")
class UnannouncedVisits(Entity):
    """The family has agreed that somebody comes without saying so first: who, how often, until when, and who said yes.

    It stands from ``agreed_on`` to ``until``, both included, or to the day before it was taken back.
    """

    who: str = field(TEXT, "Who comes", default="")
    how_often: str = field(TEXT, "How often", default="")
    why: str = field(TEXT, "Why", default="")
    agreed_on: dt.date | None = field(DATE, "Agreed on", default=None)
    until: dt.date | None = field(DATE, "Until", default=None)
    consent_by: str = field(TEXT, "Consent from", default="")
    ended_on: dt.date | None = field(DATE, "Taken back on", default=None)
    note: str = field(TEXT, "Note", default="")

    def stands_on(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        begun = self.agreed_on is not None and self.agreed_on <= day and not self.cancelled
        over = self.until is not None and day > self.until
        return begun and not over and (self.ended_on is None or day < self.ended_on)


@entity("expectations", "Expectations sheet")
class Expectations(Entity):
    """What a family and we may expect of each other, as it is written for one case; empty texts are the standard ones.

    Light text: a line that begins with a dash is a point of its own.
    """

    why: str = field(TEXT, "Why we meet", default="")
    from_us: str = field(TEXT, "What you can expect of us", default="")
    from_family: str = field(TEXT, "What we expect of you", default="")
    whom_to_call: str = field(TEXT, "Whom to call", default="")
    talked_on: dt.date | None = field(DATE, "Talked through on", default=None)
