"""The case: one child, what is known of her, and whether the case is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, REFERENCE, TEXT, choice, choices, record


class CaseKind(StrEnum):
    """What the case is about; one may be several (Herningmodellen 5.2; barnets lov, earlier serviceloven)."""

    CROSS_DISCIPLINARY = "cross_disciplinary"
    EARLY_PREVENTIVE = "early_preventive"
    INVESTIGATION = "investigation"
    PREVENTIVE = "preventive"
    PLACEMENT = "placement"
    AFTERCARE = "aftercare"
    HEALTH_VISITING = "health_visiting"


CASE_KIND_LABELS = {
    CaseKind.CROSS_DISCIPLINARY: "Cross-disciplinary prevention",
    CaseKind.EARLY_PREVENTIVE: "Early preventive support",
    CaseKind.INVESTIGATION: "Investigation",
    CaseKind.PREVENTIVE: "Preventive measure",
    CaseKind.PLACEMENT: "Placement",
    CaseKind.AFTERCARE: "Aftercare",
    CaseKind.HEALTH_VISITING: "Health visiting",
}


class CaseState(StrEnum):
    """Open cases count towards the limit, closed ones do not."""

    ACTIVE = "active"
    CLOSED = "closed"


class ChildWord(StrEnum):
    """The word on screen and paper for the child of this case."""

    CHILD = "child"
    YOUNG_PERSON = "young_person"


class SiblingKind(StrEnum):
    """How two children are siblings."""

    FULL = "full"
    HALF = "half"
    STEP = "step"
    FOSTER = "foster"


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives. A person means it at once, so it is one field."""

    street: str = ""
    postcode: str = ""
    city: str = ""

    def lines(self) -> tuple[str, ...]:
        """Return the lines of an envelope, empty ones left out."""
        return tuple(line for line in (self.street, f"{self.postcode} {self.city}".strip()) if line)

    def __bool__(self) -> bool:
        return bool(self.lines())


@dataclass(frozen=True, slots=True)
class LimitException:
    """The team leader's recorded exception from the limit of active cases."""

    agreed_on: dt.date
    agreed_by: str
    reason: str


def _flag_rank(value: bool) -> int:
    return int(value)


@entity("case", "Case")
class Case(Entity):
    """One child's case; its id is also the id of nothing else, its stream is the case's log.

    ``person_number`` is normalised (``0101261234``-like, ten characters, no hyphen) or empty; ``born`` follows from
    it or is written; an unborn child has ``unborn_of`` and ``term``. ``step`` is the ladder's (1-6).
    """

    child_name: str = field(TEXT, "Name", default="")
    called: str = field(TEXT, "Called", default="")
    person_number: str = field(TEXT, "CPR number", default="", indexed=True)
    born: dt.date | None = field(DATE, "Born", default=None)
    unborn_of: str = field(TEXT, "Unborn child of", default="")
    term: dt.date | None = field(DATE, "Expected date of birth", default=None)
    child_word: ChildWord = field(choice(ChildWord), "Word for the child", default=ChildWord.CHILD)
    state: CaseState = field(choice(CaseState), "State", default=CaseState.ACTIVE, indexed=True)
    opened_on: dt.date | None = field(DATE, "Opened on", default=None)
    closed_on: dt.date | None = field(DATE, "Closed on", default=None)
    close_reason: str = field(TEXT, "Reason for closing", default="")
    unmeasured: str = field(TEXT, "Why the measurements after are not taken", default="")
    kinds: frozenset[CaseKind] = field(choices(CaseKind), "Kinds of case", default=frozenset(), many=True)
    step: int | None = field(NUMBER, "Step on the ladder", default=None)
    record_number: str = field(TEXT, "Number in the record system", default="")
    school: str = field(TEXT, "School or day-care", default="")
    school_class: str = field(TEXT, "Class or group", default="")
    district: str = field(TEXT, "District", default="")
    address: Address | None = field(record(Address), "Address", default=None)
    address_protected: bool = field(FLAG, "Name and address protection", default=False, protective=_flag_rank)
    phone: str = field(TEXT, "Telephone", default="")
    language: str = field(TEXT, "Language", default="")
    interpreter: bool = field(FLAG, "Needs an interpreter", default=False)
    support_person: str = field(TEXT, "Support person", default="")
    note: str = field(TEXT, "Note", default="")
    above_limit: bool = field(FLAG, "Above the limit", default=False)
    limit_exception: LimitException | None = field(
        record(LimitException), "Exception from the limit", default=None
    )

    @property
    def active(self) -> bool:
        """Whether the case counts."""
        return self.state is CaseState.ACTIVE and not self.cancelled

    @property
    def unborn(self) -> bool:
        """Whether the child is not born yet, as far as the case says."""
        return bool(self.unborn_of) and self.born is None and not self.person_number

    @property
    def first_name(self) -> str:
        """What the child is called on screen and in letters."""
        return self.called or self.child_name.split(" ")[0]


@entity("sibling_link", "Sibling")
class SiblingLink(Entity):
    """Says in one child's case that another case is a sibling's. Each of the two cases has its own."""

    other_case: Id | None = field(REFERENCE, "Sibling", default=None)
    kind: SiblingKind = field(choice(SiblingKind), "How siblings", default=SiblingKind.FULL)
