"""Visits in the home: planned, held, what was seen under each topic, and what was agreed.

Herningmodellen 11 ("Graviditetsbesøg", "Behovsbesøg") and 10 ("Fælles hjemmebesøg"). What is written under a topic goes
to the child's journal (**Kontakt og samspil**, **Udvikling**) or to the parents' (**Sociale forhold**): the two are kept,
printed and copied apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import (
    DATE,
    FLAG,
    MOMENT,
    NUMBER,
    REFERENCE,
    TEXT,
    choice,
    record,
    references,
    texts,
)
from caseworker_app.domain.meeting import TimeSpan


class VisitKind(StrEnum):
    """What a visit is; each has its form (``resources/forms``)."""

    PREGNANCY = "pregnancy_visit"
    NEEDS = "needs_visit"
    SCHEDULED = "scheduled_visit"
    HOME = "home_visit"
    JOINT = "joint_home_visit"
    OTHER = "other"


VISIT_KIND_LABELS: Mapping[VisitKind, str] = {
    VisitKind.PREGNANCY: "Pregnancy visit",
    VisitKind.NEEDS: "Needs visit",
    VisitKind.SCHEDULED: "Visit by the visit plan",
    VisitKind.HOME: "Home visit",
    VisitKind.JOINT: "Joint home visit",
    VisitKind.OTHER: "Other visit",
}
VISIT_HEADINGS: Mapping[VisitKind, str] = {
    VisitKind.PREGNANCY: "Graviditetsbesøg",
    VisitKind.NEEDS: "Behovsbesøg",
    VisitKind.SCHEDULED: "Sundhedsplejebesøg",
    VisitKind.HOME: "Hjemmebesøg",
    VisitKind.JOINT: "Fælles hjemmebesøg",
    VisitKind.OTHER: "Besøg",
}
"""As the visit is registered: Danish, whatever language the screen has."""
FORM_OF: Mapping[VisitKind, str] = {
    VisitKind.PREGNANCY: "pregnancy_visit",
    VisitKind.NEEDS: "needs_visit",
    VisitKind.SCHEDULED: "needs_visit",
    VisitKind.HOME: "home_visit",
    VisitKind.JOINT: "needs_visit",
    VisitKind.OTHER: "home_visit",
}


class VisitState(StrEnum):
    """Where a visit is on its way."""

    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called_off"


VISIT_STATE_LABELS: Mapping[VisitState, str] = {
    VisitState.PLANNED: "Planned",
    VisitState.HELD: "Held",
    VisitState.CALLED_OFF: "Called off",
}


class Side(StrEnum):
    """Whose journal."""

    CHILD = "child"
    PARENTS = "parents"


SIDE_LABELS: Mapping[Side, str] = {
    Side.CHILD: "The child's journal",
    Side.PARENTS: "The parents' journal",
}


class Area(StrEnum):
    """Under which heading of which journal something is written; ``goes_to`` of a form's topic."""

    CASE = "case"
    CONTACT = "contact"
    DEVELOPMENT = "development"
    SOCIAL = "social"

    @property
    def side(self) -> Side:
        """Whose journal it is kept in."""
        return Side.PARENTS if self is Area.SOCIAL else Side.CHILD


AREA_LABELS: Mapping[Area, str] = {
    Area.CASE: "The child's journal",
    Area.CONTACT: "The child's journal: contact and interplay",
    Area.DEVELOPMENT: "The child's journal: development",
    Area.SOCIAL: "The parents' journal: social circumstances",
}
AREA_HEADINGS: Mapping[Area, str] = {
    Area.CASE: "",
    Area.CONTACT: "Kontakt og samspil",
    Area.DEVELOPMENT: "Udvikling",
    Area.SOCIAL: "Sociale forhold",
}
"""The headings of the health visitor's record, word for word (K "Behovsbesøg", "Registrering")."""


def area_of(goes_to: str) -> Area:
    """Return the area a form's topic names; the child's journal for a word that is none."""
    return Area(goes_to) if goes_to in Area.__members__.values() else Area.CASE


@entity("visit", "Visit")
class Visit(Entity):
    """One visit in one child's case.

    ``joint_with`` names whom it is held with; ``step`` is the visit of the visit plan it is. ``form`` and
    ``form_version`` name the page it is written on, frozen when the first word is written. A visit that is written once for
    several siblings stands in each child's case: ``together`` is the same in all of them, ``siblings`` are the other
    children's cases.
    """

    kind: VisitKind = field(choice(VisitKind), "Kind of visit", default=VisitKind.HOME)
    state: VisitState = field(choice(VisitState), "State", default=VisitState.PLANNED, indexed=True)
    when: TimeSpan | None = field(record(TimeSpan), "Planned for", default=None)
    place: str = field(TEXT, "Place", default="")
    joint_with: str = field(TEXT, "Together with", default="")
    purpose: str = field(TEXT, "What the visit is for", default="")
    held_on: dt.date | None = field(DATE, "Held on", default=None)
    written_on: dt.date | None = field(DATE, "Written on", default=None)
    participants: tuple[str, ...] = field(texts(), "Who was there", default=())
    step: str = field(TEXT, "Visit of the visit plan", default="")
    form: str = field(TEXT, "Form", default="")
    form_version: int | None = field(NUMBER, "Version of the form", default=None)
    called_off_why: str = field(TEXT, "Why it was called off", default="")
    together: Id | None = field(REFERENCE, "Written once with", default=None, indexed=True)
    siblings: frozenset[Id] = field(references(), "Also for", default=frozenset())

    @property
    def day(self) -> dt.date | None:
        """The day it was held, else the day it is planned for."""
        return self.held_on or (None if self.when is None else self.when.day)


@entity("visit_note", "Written on a visit")
class VisitNote(Entity):
    """What is written under one topic of a visit's form; its id follows from both.

    ``to_investigation`` says that this point may go to the investigation: chosen point by point, never by itself.
    ``common`` is written once for the siblings of a visit together and stands in each child's; ``text`` is of this child
    alone.
    """

    visit: Id | None = field(REFERENCE, "Visit", default=None, indexed=True)
    topic: str = field(TEXT, "Topic", default="", indexed=True)
    area: Area = field(choice(Area), "Goes to", default=Area.CASE)
    text: str = field(TEXT, "Text", default="")
    common: str = field(TEXT, "Common to the siblings", default="")
    tags: tuple[str, ...] = field(texts(), "Seen", default=())
    chosen: str = field(TEXT, "Chosen", default="")
    number: int | None = field(NUMBER, "Number", default=None)
    to_investigation: bool = field(FLAG, "May go to the investigation", default=False)

    @property
    def empty(self) -> bool:
        """Whether nothing is written."""
        return (
            not (self.text.strip() or self.common.strip() or self.tags or self.chosen) and self.number is None
        )


@entity("visit_agreement", "Agreed on a visit")
class VisitAgreement(Entity):
    """What was agreed on a visit: what, who, when; open until it is settled with the day it was held.

    ``siblings`` are the cases of the others it was agreed for at the same time: each has its own.

    Read together with every other agreement by :mod:`caseworker_app.services.tasks`.
    """

    visit: Id | None = field(REFERENCE, "Visit", default=None, indexed=True)
    what: str = field(TEXT, "What", default="")
    who: str = field(TEXT, "Who", default="")
    due: dt.date | None = field(DATE, "When", default=None)
    done_on: dt.date | None = field(DATE, "Done on", default=None)
    siblings: frozenset[Id] = field(references(), "Also for", default=frozenset())
    reason: str = field(TEXT, "Reason", default="")
    person: Id | None = field(REFERENCE, "Person in the case", default=None)
    worker: Id | None = field(REFERENCE, "Colleague", default=None)
    went: str = field(TEXT, "How it went", default="")
    dropped: bool = field(FLAG, "It fell away", default=False)


@entity("parents_entry", "Entry in the parents' journal")
class ParentsEntry(Entity):
    """What of a visit stands in the parents' journal. It is written signed, and never changed: what was wrong is said
    in a new one that points at it.

    It is no :class:`~caseworker_app.domain.journal.Entry`, so that nothing that prints, copies or shares the child's
    journal can hold a word of it.
    """

    visit: Id | None = field(REFERENCE, "Visit", default=None, indexed=True)
    heading: str = field(TEXT, "Heading", default="")
    held_on: dt.date | None = field(DATE, "Held on", default=None)
    written_on: dt.date | None = field(DATE, "Written on", default=None)
    participants: tuple[str, ...] = field(texts(), "Who was there", default=())
    text: str = field(TEXT, "Text", default="")
    corrects: Id | None = field(REFERENCE, "Corrects", default=None, indexed=True)
    signed_at: dt.datetime | None = field(MOMENT, "Signed at", default=None)
    signed_by: str = field(TEXT, "Signed by", default="")
    parent: Id | None = field(REFERENCE, "About one parent alone", default=None)


@entity("home_facts", "At the door")
class HomeFacts(Entity):
    """What one must know before ringing the bell, once a case."""

    dog: str = field(TEXT, "Dog or other animals", default="")
    way_in: str = field(TEXT, "How one comes in", default="")
    mind: str = field(TEXT, "To mind", default="")
