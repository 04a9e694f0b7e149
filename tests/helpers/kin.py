"""Families for tests of the genogram: a small language that builds a view, and the shapes of its drawing."""

from __future__ import annotations

from caseworker_app.domain.family import CoupleKind, MemberKind, Sex, SiblingTie, TieKind
from caseworker_app.domain.genogram_view import (
    GenogramView,
    SeenCouple,
    SeenHome,
    SeenMember,
    SeenSibling,
    SeenTie,
)

_SEXES = {"f": Sex.FEMALE, "m": Sex.MALE, "": None}


class Kin:
    """Builds a family: ``kin.person("mia", "f", 1986)``, ``kin.children("mia jonas", "emma noah")``."""

    def __init__(self) -> None:
        self._members: list[SeenMember] = []
        self._ties: list[SeenTie] = []
        self._couples: list[SeenCouple] = []
        self._siblings: list[SeenSibling] = []
        self._homes: list[SeenHome] = []

    def person(self, name: str, sex: str = "", born: int | None = None, **more: object) -> Kin:
        """Add somebody; her id is her name."""
        self._members.append(
            SeenMember(id=name.encode(), name=name.title(), sex=_SEXES[sex], born=born, **more)
        )
        return self

    def unknown(self, name: str, kind: str, sex: str = "", count: int | None = None) -> Kin:
        """Add somebody without a name."""
        self._members.append(
            SeenMember(id=name.encode(), kind=MemberKind(kind), sex=_SEXES[sex], count=count)
        )
        return self

    def children(self, parents: str, children: str, kind: str = "biological", **years: int) -> Kin:
        """Say who are whose parents."""
        for child in children.split():
            for parent in parents.split():
                self._ties.append(SeenTie(parent.encode(), child.encode(), TieKind(kind), **years))
        return self

    def couple(self, a: str, b: str, kind: str, begun: int | None = None, ended: int | None = None,
               *, related: bool = False) -> Kin:  # fmt: skip
        """Say that two are or were a couple."""
        self._couples.append(SeenCouple(a.encode(), b.encode(), CoupleKind(kind), begun, ended, related))
        return self

    def siblings(self, a: str, b: str, kind: str = "unknown") -> Kin:
        """Say that two are siblings."""
        self._siblings.append(SeenSibling(a.encode(), b.encode(), SiblingTie(kind)))
        return self

    def home(self, label: str, people: str) -> Kin:
        """Say who lives together."""
        self._homes.append(SeenHome(label, frozenset(one.encode() for one in people.split())))
        return self

    def view(self) -> GenogramView:
        """Return what was built."""
        return GenogramView(
            members=tuple(self._members), ties=tuple(self._ties), couples=tuple(self._couples),
            siblings=tuple(self._siblings), homes=tuple(self._homes),
        )  # fmt: skip
