"""The family as a genogram tells it: who is a parent of whom, who lives or lived with whom, who is a sibling of whom.

Facts, not opinions: how near somebody is stands on the netværkskort. Everything lies in the child's case. Somebody may
be there without a card of her own, without a name, or only as "siblings nobody knows"; no parents are made up to say
that two are siblings. Network map design 2 (the five rules of a genogram in a case of a placed child) and 11.
"""

from __future__ import annotations

from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import FLAG, NUMBER, REFERENCE, TEXT, choice, optional_choice, references


class Sex(StrEnum):
    """Told by the shape: a circle, a square; a diamond where it is not known."""

    FEMALE = "female"
    MALE = "male"


class MemberKind(StrEnum):
    """What stands in the genogram: somebody, an unborn child, "?", or siblings of whom only that they are is known."""

    PERSON = "person"
    UNBORN = "unborn"
    UNKNOWN = "unknown"
    SIBLINGS = "siblings"


class TieKind(StrEnum):
    """What a parent is to a child. The biological parents stay where they are whoever has the care now."""

    BIOLOGICAL = "biological"
    ADOPTIVE = "adoptive"
    STEP = "step"
    FOSTER = "foster"
    DONOR = "donor"


class CoupleKind(StrEnum):
    """What two are or were to each other. A cohabitation that ended is neither a marriage nor a divorce."""

    MARRIED = "married"
    COHABITING = "cohabiting"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    PARTED = "parted"
    SHORT = "short"


class SiblingTie(StrEnum):
    """How two are siblings, said without their parents."""

    FULL = "full"
    HALF = "half"
    STEP = "step"
    FOSTER = "foster"
    UNKNOWN = "unknown"


SEX_LABELS = {Sex.FEMALE: "Woman or girl", Sex.MALE: "Man or boy"}
MEMBER_KIND_LABELS = {
    MemberKind.PERSON: "A person in the family",
    MemberKind.UNBORN: "An unborn child",
    MemberKind.UNKNOWN: "Somebody nobody knows who is (?)",
    MemberKind.SIBLINGS: "Siblings nobody knows more about",
}
TIE_LABELS = {
    TieKind.BIOLOGICAL: "Biological",
    TieKind.ADOPTIVE: "By adoption",
    TieKind.STEP: "Step-parent to the child",
    TieKind.FOSTER: "Foster carer",
    TieKind.DONOR: "Donor",
}
COUPLE_LABELS = {
    CoupleKind.MARRIED: "Are married",
    CoupleKind.COHABITING: "Live together as a couple",
    CoupleKind.SEPARATED: "Are separated",
    CoupleKind.DIVORCED: "Are divorced",
    CoupleKind.PARTED: "Lived together, have parted",
    CoupleKind.SHORT: "A short relation",
}
SIBLING_LABELS = {
    SiblingTie.FULL: "Full siblings",
    SiblingTie.HALF: "Half-siblings",
    SiblingTie.STEP: "Step-siblings",
    SiblingTie.FOSTER: "Foster siblings",
    SiblingTie.UNKNOWN: "Siblings, how is not known",
}
ENDED = frozenset({CoupleKind.SEPARATED, CoupleKind.DIVORCED, CoupleKind.PARTED, CoupleKind.SHORT})
"""Couples that are one no more."""


@entity("family_member", "In the genogram")
class FamilyMember(Entity):
    """Somebody in the genogram.

    ``child`` marks the one the case is about. ``card`` is her card among the case's persons, ``other_case`` the case of a
    sibling who has one; without either she is only known here. ``count`` is how many siblings nobody knows more about,
    if that much is known.
    """

    name: str = field(TEXT, "Name", default="")
    role_words: str = field(TEXT, "What the family calls it", default="")
    kind: MemberKind = field(choice(MemberKind), "Kind", default=MemberKind.PERSON)
    child: bool = field(FLAG, "The child of the case", default=False)
    card: Id | None = field(REFERENCE, "Person in the case", default=None)
    other_case: Id | None = field(REFERENCE, "Case of the sibling", default=None)
    sex: Sex | None = field(optional_choice(Sex), "Sex, for the shape", default=None)
    born: int | None = field(NUMBER, "Year of birth", default=None)
    dead: bool = field(FLAG, "Dead", default=False)
    died: int | None = field(NUMBER, "Year of death", default=None)
    count: int | None = field(NUMBER, "How many", default=None)
    note: str = field(TEXT, "Note", default="")


@entity("family_tie", "Parent and child")
class FamilyTie(Entity):
    """``parent`` is or was a parent of ``child``; the years are those of a step-parent's, carer's or adoption's time."""

    parent: Id | None = field(REFERENCE, "Parent", default=None)
    child: Id | None = field(REFERENCE, "Child", default=None)
    kind: TieKind = field(choice(TieKind), "What the parent is", default=TieKind.BIOLOGICAL)
    begun: int | None = field(NUMBER, "From the year", default=None)
    ended: int | None = field(NUMBER, "Until the year", default=None)


@entity("family_couple", "Couple")
class FamilyCouple(Entity):
    """Two who are or were a couple. ``related`` says that they are of one blood: the only double line there is."""

    a: Id | None = field(REFERENCE, "One", default=None)
    b: Id | None = field(REFERENCE, "The other", default=None)
    kind: CoupleKind = field(choice(CoupleKind), "What they are", default=CoupleKind.COHABITING)
    begun: int | None = field(NUMBER, "From the year", default=None)
    ended: int | None = field(NUMBER, "Until the year", default=None)
    related: bool = field(FLAG, "They are of one blood", default=False)


@entity("family_sibling", "Siblings")
class FamilySibling(Entity):
    """Two who are siblings, whoever their parents are."""

    a: Id | None = field(REFERENCE, "One", default=None)
    b: Id | None = field(REFERENCE, "The other", default=None)
    kind: SiblingTie = field(choice(SiblingTie), "How siblings", default=SiblingTie.UNKNOWN)


@entity("family_home", "Home in the genogram")
class FamilyHome(Entity):
    """Those who live together now. A child may live in two homes."""

    label: str = field(TEXT, "Name", default="")
    members: frozenset[Id] = field(references(), "Who lives there", default=frozenset(), many=True)
