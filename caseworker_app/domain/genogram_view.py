"""A genogram as somebody may see it: what drawing, paper and list get, and nothing else.

Nothing here knows a personal number, an address or a case. Views are made by ``services.genogram_profiles``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from caseworker_app.domain.family import CoupleKind, MemberKind, Sex, SiblingTie, TieKind
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_, Phrase


class GenogramProfile(StrEnum):
    """For whom a copy is."""

    FILE = "file"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class SeenMember:
    """Somebody as this reader sees her. ``withheld`` says that who she is, is not for this reader."""

    id: Id
    kind: MemberKind = MemberKind.PERSON
    name: str = ""
    role_words: str = ""
    sex: Sex | None = None
    born: int | None = None
    dead: bool = False
    died: int | None = None
    count: int | None = None
    child: bool = False
    note: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class SeenTie:
    """A parent and a child."""

    parent: Id
    child: Id
    kind: TieKind = TieKind.BIOLOGICAL
    begun: int | None = None
    ended: int | None = None
    id: Id = b""


@dataclass(frozen=True, slots=True)
class SeenCouple:
    """Two who are or were a couple."""

    a: Id
    b: Id
    kind: CoupleKind = CoupleKind.COHABITING
    begun: int | None = None
    ended: int | None = None
    related: bool = False
    id: Id = b""


@dataclass(frozen=True, slots=True)
class SeenSibling:
    """Two who are siblings, said without parents."""

    a: Id
    b: Id
    kind: SiblingTie = SiblingTie.UNKNOWN
    id: Id = b""


@dataclass(frozen=True, slots=True)
class SeenHome:
    """Those who live together."""

    label: str
    members: frozenset[Id]
    id: Id = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class GenogramView:
    """A genogram filtered for one kind of reader; ``left_out`` says in words what this copy does not hold."""

    profile: GenogramProfile = GenogramProfile.FILE
    members: tuple[SeenMember, ...] = ()
    ties: tuple[SeenTie, ...] = ()
    couples: tuple[SeenCouple, ...] = ()
    siblings: tuple[SeenSibling, ...] = ()
    homes: tuple[SeenHome, ...] = ()
    left_out: tuple[Phrase, ...] = field(default=())

    def member(self, wanted: Id | None) -> SeenMember | None:
        """Return somebody by her id."""
        return next((one for one in self.members if one.id == wanted), None)

    @property
    def index(self) -> SeenMember | None:
        """The child the case is about."""
        return next((one for one in self.members if one.child), None)


def called(member: SeenMember) -> str | Phrase:
    """Return what somebody is called in a list or a sentence: her name, else what is known instead of it."""
    if member.name:
        return member.name
    if member.withheld:
        return Phrase(N_("An adult")) if member.born is None else Phrase(N_("A person"))
    if member.kind is MemberKind.SIBLINGS:
        if member.count is None:
            return Phrase(N_("Unknown siblings"))
        return Phrase.counted("{n} sibling nobody knows", "{n} siblings nobody knows", member.count)
    if member.kind is MemberKind.UNBORN:
        return Phrase(N_("Unborn child"))
    return member.role_words or Phrase(N_("Unknown person"))
