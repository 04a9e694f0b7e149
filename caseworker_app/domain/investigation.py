"""Screening, scoping and the investigation (børnefaglig undersøgelse): when they ran, what was found out, who contributed.

Topics are data (``resources/forms``); what is written under one is an :class:`InvestigationAnswer`. The law's own demands
(BL § 22, § 21) are topics too, known by where their text goes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, REFERENCE, TEXT, choice, texts
from caseworker_app.domain.phrases import N_


class InvestigationKind(StrEnum):
    """How far the looking goes (barnets lov §§ 18, 19, 20)."""

    SCREENING = "screening"
    SCOPING = "scoping"
    INVESTIGATION = "investigation"


INVESTIGATION_KIND_LABELS = {
    InvestigationKind.SCREENING: "Screening",
    InvestigationKind.SCOPING: "Scoping",
    InvestigationKind.INVESTIGATION: "Investigation of the child's needs",
}
FORM_OF: Mapping[InvestigationKind, str] = {
    InvestigationKind.SCREENING: "screening",
    InvestigationKind.SCOPING: "scoping",
    InvestigationKind.INVESTIGATION: "ics",
}
"""The form each kind is filled in with."""
MONTHS = 4
"""From the day the need was known (BL § 20 stk. 3)."""
TRIANGLE = "triangle"
"""Topics whose text goes here have challenges, resources, the child's view and the parents' view."""
PRELIMINARY = "preliminary"
DEMANDED: Mapping[str, str] = {
    "child_view": N_("The child's view of the support"),
    "parents_view": N_("The parents' view of the support"),
    "network_help": N_("What family and surroundings can help with"),
    "siblings": N_("Whether the siblings in the home are to be looked at too"),
    "conclusion": N_("The conclusion, with its reasons"),
}
"""What an investigation must come to (BL § 22, § 21), by where a topic's text goes."""
TWO_WORKERS = "two_workers"
"""Two workers at the meetings that matter, where the family meets the municipality for the first time (BL § 21 stk. 5)."""


@entity("investigation", "Investigation")
class Investigation(Entity):
    """One investigation of one child. Four months run from ``known_on``, when the need was known (BL § 20 stk. 3).

    ``form`` and ``form_version`` are what its topics were written in; empty until something is written. ``first_time``
    says that the family meets the municipality for the first time.
    """

    kind: InvestigationKind = field(
        choice(InvestigationKind), "Kind", default=InvestigationKind.INVESTIGATION
    )
    known_on: dt.date | None = field(DATE, "The need was known on", default=None)
    preliminary_on: dt.date | None = field(DATE, "Preliminary assessment on", default=None)
    ended_on: dt.date | None = field(DATE, "Concluded on", default=None)
    form: str = field(TEXT, "Form", default="")
    form_version: int | None = field(NUMBER, "Version of the form", default=None)
    first_time: bool = field(FLAG, "The family's first case", default=False)


@entity("investigation_answer", "What an investigation says")
class InvestigationAnswer(Entity):
    """What is written under one topic of an investigation; which fields are used follows from the topic.

    ``sources`` are links (``kind:hex``) to entries, contributions, maps and documents it rests on.
    """

    investigation: Id | None = field(REFERENCE, "Investigation", default=None, indexed=True)
    topic: str = field(TEXT, "Topic", default="")
    text: str = field(TEXT, "Text", default="")
    tags: tuple[str, ...] = field(texts(), "Tags", default=())
    chosen: str = field(TEXT, "Chosen", default="")
    number: int | None = field(NUMBER, "Number", default=None)
    challenges: str = field(TEXT, "Challenges", default="")
    resources: str = field(TEXT, "Resources", default="")
    child_words: str = field(TEXT, "The child's view", default="")
    parents_words: str = field(TEXT, "The parents' view", default="")
    sources: tuple[str, ...] = field(texts(), "Rests on", default=())


@entity("contribution", "Contribution")
class Contribution(Entity):
    """What another profession was asked to contribute with: whom, what, by when, and what came."""

    investigation: Id | None = field(REFERENCE, "Investigation", default=None, indexed=True)
    whom: str = field(TEXT, "Whom", default="")
    profession: str = field(TEXT, "Profession", default="")
    what: str = field(TEXT, "What was asked for", default="")
    asked_on: dt.date | None = field(DATE, "Asked on", default=None)
    due_by: dt.date | None = field(DATE, "Wanted by", default=None)
    received_on: dt.date | None = field(DATE, "Received on", default=None)
    text: str = field(TEXT, "What it says", default="")

    def overdue(self, today: dt.date) -> bool:
        """Whether it was wanted before today and has not come."""
        return self.received_on is None and self.due_by is not None and self.due_by < today
