"""The professional network: who in which department has an active case with this family, how to reach her, what she does.

Practice report 8.1, 8.1.1, 8.4 (Thisted): a family may meet many professionals who do not know of each other. One contact
is one actor; she stands in the case of the child somebody wrote her in, and is counted once for the whole family.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, REFERENCE, TEXT, choice

MANY = 7
"""From so many actors on the number is shown as something to mind: nobody has the whole of it in hand any more."""


class Department(StrEnum):
    """Where an actor comes from."""

    CHILDREN = "children"
    HEALTH_VISITING = "health_visiting"
    EDUCATIONAL_PSYCHOLOGY = "educational_psychology"
    SCHOOL = "school"
    DAY_CARE = "day_care"
    EMPLOYMENT = "employment"
    ADULT_SUPPORT = "adult_support"
    MISUSE = "misuse"
    HOSPITAL = "hospital"
    DOCTOR = "doctor"
    SUPPLIER = "supplier"
    POLICE = "police"
    FAMILY_LAW = "family_law"
    OTHER = "other"


DEPARTMENT_LABELS: Mapping[Department, str] = {
    Department.CHILDREN: "Children and families",
    Department.HEALTH_VISITING: "Health visiting",
    Department.EDUCATIONAL_PSYCHOLOGY: "Educational psychology (PPR)",
    Department.SCHOOL: "School",
    Department.DAY_CARE: "Day-care",
    Department.EMPLOYMENT: "Job centre",
    Department.ADULT_SUPPORT: "Support for adults, disability",
    Department.MISUSE: "Treatment of misuse",
    Department.HOSPITAL: "Hospital and psychiatry",
    Department.DOCTOR: "Own doctor",
    Department.SUPPLIER: "Supplier of a measure",
    Department.POLICE: "Police and SSP",
    Department.FAMILY_LAW: "Agency of family law",
    Department.OTHER: "Another place",
}


@entity("professional_contact", "Professional in the family")
class ProfessionalContact(Entity):
    """One actor of one family. ``person`` is her card in the case, if she has one; ``ended_on`` her last day with them."""

    name: str = field(TEXT, "Name", default="")
    function: str = field(TEXT, "Function", default="")
    department: Department = field(choice(Department), "Department", default=Department.CHILDREN)
    workplace: str = field(TEXT, "Workplace", default="")
    about: str = field(TEXT, "Whom the case is about", default="")
    role: str = field(TEXT, "What she does for the family", default="")
    phone: str = field(TEXT, "Telephone", default="")
    email: str = field(TEXT, "E-mail", default="")
    begun_on: dt.date | None = field(DATE, "Active from", default=None)
    ended_on: dt.date | None = field(DATE, "Ended on", default=None)
    person: Id | None = field(REFERENCE, "Person in the case", default=None)
    note: str = field(TEXT, "Note", default="")

    def active_on(self, day: dt.date) -> bool:
        """Whether she has an active case with the family on a day; the last day is still one of it."""
        begun = self.begun_on is None or self.begun_on <= day
        return not self.cancelled and begun and (self.ended_on is None or self.ended_on >= day)

    @property
    def same(self) -> tuple[str, str]:
        """What tells an actor from the others of a family: the name, or the function where nobody wrote one; and
        where she is from."""
        return (self.name or self.function).casefold(), self.department.value


def distinct(contacts: Iterable[ProfessionalContact]) -> tuple[ProfessionalContact, ...]:
    """Return each actor once, though she may stand in the cases of several siblings."""
    found: dict[tuple[str, str], ProfessionalContact] = {}
    for one in contacts:
        found.setdefault(one.same, one)
    return tuple(found.values())
