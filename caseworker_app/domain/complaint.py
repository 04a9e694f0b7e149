"""Complaints over what was decided (klager) and placements that broke down (sammenbrud), each with days and outcome.

The authority that decided looks at it again within the weeks the rules give, then it goes to Ankestyrelsen (law sheet 2:
RSL § 66; the deadline is ``complaint`` of the rule files).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import EndReason
from caseworker_app.domain.kinds import DATE, REFERENCE, TEXT, choice, optional_choice


class ComplaintOutcome(StrEnum):
    """What a complaint came to."""

    UPHELD = "upheld"
    CHANGED = "changed"
    PARTLY_CHANGED = "partly_changed"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


COMPLAINT_OUTCOME_LABELS: Mapping[ComplaintOutcome, str] = {
    ComplaintOutcome.UPHELD: "The decision stands",
    ComplaintOutcome.CHANGED: "The decision is changed",
    ComplaintOutcome.PARTLY_CHANGED: "The decision is partly changed",
    ComplaintOutcome.SENT_BACK: "Sent back to be treated again",
    ComplaintOutcome.WITHDRAWN: "The complaint was taken back",
    ComplaintOutcome.REJECTED: "Not treated",
}


@entity("complaint", "Complaint")
class Complaint(Entity):
    """One complaint. ``about`` says over what in words; ``intervention`` names it when it is one of the case's."""

    received_on: dt.date | None = field(DATE, "Received on", default=None)
    sender: str = field(TEXT, "From", default="")
    intervention: Id | None = field(REFERENCE, "Intervention", default=None, indexed=True)
    about: str = field(TEXT, "Over which decision", default="")
    reassessed_on: dt.date | None = field(DATE, "Looked at again on", default=None)
    reassessment: str = field(TEXT, "What looking again came to", default="")
    sent_on: dt.date | None = field(DATE, "Sent to Ankestyrelsen on", default=None)
    outcome: ComplaintOutcome | None = field(optional_choice(ComplaintOutcome), "Outcome", default=None)
    settled_on: dt.date | None = field(DATE, "Settled on", default=None)
    note: str = field(TEXT, "Note", default="")

    @property
    def open(self) -> bool:
        """Whether it is not settled."""
        return self.settled_on is None


class BrokenBy(StrEnum):
    """Because of whom a placement broke down (T 3.1: the child leaves or the place gives up)."""

    CHILD_LEFT = "child_left"
    PLACE_GAVE_UP = "place_gave_up"


BROKEN_BY_LABELS: Mapping[BrokenBy, str] = {
    BrokenBy.CHILD_LEFT: "The child left",
    BrokenBy.PLACE_GAVE_UP: "The place gave up",
}
END_REASONS: Mapping[BrokenBy, EndReason] = {
    BrokenBy.CHILD_LEFT: EndReason.CHILD_LEFT,
    BrokenBy.PLACE_GAVE_UP: EndReason.PLACE_GAVE_UP,
}
"""What the end of the placement says then: the two are written once."""


@entity("breakdown", "Breakdown of a placement")
class Breakdown(Entity):
    """One placement that broke down: because of whom, why, and what comes next."""

    intervention: Id | None = field(REFERENCE, "Placement", default=None, indexed=True)
    happened_on: dt.date | None = field(DATE, "Happened on", default=None)
    by: BrokenBy = field(choice(BrokenBy), "It broke down because", default=BrokenBy.CHILD_LEFT)
    why: str = field(TEXT, "Why", default="")
    next_step: str = field(TEXT, "What comes next", default="")
