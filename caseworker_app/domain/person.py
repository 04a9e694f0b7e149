"""The people around the child. A card belongs to one case; the same human in a sibling's case has another card."""

from __future__ import annotations

from enum import StrEnum

from caseworker_app.domain.case import Address
from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import FLAG, REFERENCE, TEXT, choice, optional_choice, record


class Role(StrEnum):
    """Who somebody is to the child."""

    MOTHER = "mother"
    FATHER = "father"
    CO_PARENT = "co_parent"
    STEP_PARENT = "step_parent"
    FOSTER_PARENT = "foster_parent"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    RELATIVE = "relative"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    NETWORK_PERSON = "network_person"
    SCHOOL_LEADER = "school_leader"
    TEACHER = "teacher"
    PEDAGOGUE = "pedagogue"
    PSYCHOLOGIST = "psychologist"
    CASEWORKER = "caseworker"
    HEALTH_VISITOR = "health_visitor"
    TEAM_LEADER = "team_leader"
    CONTACT_PERSON = "contact_person"
    SUPPLIER = "supplier"
    DOCTOR = "doctor"
    PROFESSIONAL = "professional"


ROLE_LABELS = {
    Role.MOTHER: "Mother",
    Role.FATHER: "Father",
    Role.CO_PARENT: "Co-parent",
    Role.STEP_PARENT: "Step-parent",
    Role.FOSTER_PARENT: "Foster parent",
    Role.SIBLING: "Sibling",
    Role.GRANDPARENT: "Grandparent",
    Role.RELATIVE: "Relative",
    Role.FRIEND: "Friend",
    Role.NEIGHBOUR: "Neighbour",
    Role.NETWORK_PERSON: "Network person",
    Role.SCHOOL_LEADER: "School leader",
    Role.TEACHER: "Teacher",
    Role.PEDAGOGUE: "Pedagogue",
    Role.PSYCHOLOGIST: "Psychologist",
    Role.CASEWORKER: "Caseworker",
    Role.HEALTH_VISITOR: "Health visitor",
    Role.TEAM_LEADER: "Team leader",
    Role.CONTACT_PERSON: "Contact person",
    Role.SUPPLIER: "Supplier of a measure",
    Role.DOCTOR: "Doctor",
    Role.PROFESSIONAL: "Other professional",
}

PARENTS = frozenset({Role.MOTHER, Role.FATHER, Role.CO_PARENT})
FAMILY = PARENTS | {Role.STEP_PARENT, Role.FOSTER_PARENT, Role.SIBLING, Role.GRANDPARENT, Role.RELATIVE}
PRIVATE = FAMILY | {Role.FRIEND, Role.NEIGHBOUR, Role.NETWORK_PERSON}


class Custody(StrEnum):
    """Forældremyndighed."""

    SHARED = "shared"
    SOLE = "sole"
    NONE = "none"


CUSTODY_LABELS = {Custody.SHARED: "Shared custody", Custody.SOLE: "Sole custody", Custody.NONE: "No custody"}


def _flag_rank(value: bool) -> int:
    return int(value)


@entity("person", "Person")
class Person(Entity):
    """Somebody around the child; the stream is the child's case.

    ``role_words`` is what the family says ("mormor", "nabo Lis"); ``function`` the title of a professional and
    ``organisation`` where she works. ``same_as`` names another card of the same human in a sibling's case.
    """

    name: str = field(TEXT, "Name", default="")
    role: Role = field(choice(Role), "Role", default=Role.NETWORK_PERSON)
    role_words: str = field(TEXT, "What the family calls it", default="")
    custody: Custody | None = field(optional_choice(Custody), "Custody", default=None)
    lives_with_child: bool = field(FLAG, "Lives with the child", default=False)
    function: str = field(TEXT, "Function", default="")
    organisation: str = field(TEXT, "Workplace", default="")
    person_number: str = field(TEXT, "CPR number", default="", indexed=True)
    phone: str = field(TEXT, "Telephone", default="")
    email: str = field(TEXT, "E-mail", default="")
    address: Address | None = field(record(Address), "Address", default=None)
    address_protected: bool = field(FLAG, "Name and address protection", default=False, protective=_flag_rank)
    language: str = field(TEXT, "Language", default="")
    interpreter: bool = field(FLAG, "Needs an interpreter", default=False)
    support_person: str = field(TEXT, "Support person", default="")
    note: str = field(TEXT, "Note", default="")
    same_as: Id | None = field(REFERENCE, "Same person as", default=None)

    @property
    def has_custody(self) -> bool:
        """Whether the person is a custody holder."""
        return self.custody in (Custody.SHARED, Custody.SOLE)

    @property
    def private(self) -> bool:
        """Whether the person is family or private network, not a professional."""
        return self.role in PRIVATE
