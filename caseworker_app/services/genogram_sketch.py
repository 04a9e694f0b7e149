"""A change to a genogram while it is made: written to the log and drawn in mind at once, so that what cannot be true is
seen before anything is kept.

A writer shows what was there before the act; the sketch shows what will be there after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.family import (
    CoupleKind,
    FamilyCouple,
    FamilyHome,
    FamilyMember,
    FamilySibling,
    FamilyTie,
    Sex,
    SiblingTie,
    TieKind,
)
from caseworker_app.domain.genogram_view import GenogramProfile, GenogramView
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinship import contradictions
from caseworker_app.domain.person import Person
from caseworker_app.services.forms import Edit
from caseworker_app.services.genogram_profiles import Family, see
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

_EARLIEST: Final = 1800
_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody to put beside another: one of the genogram, one of the case's persons, or somebody new by ``values``.

    ``another`` says that a new one with a name that is there already is somebody else.
    """

    member: Id | None = None
    card: Id | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    another: bool = False


@dataclass(frozen=True, slots=True)
class Years:
    """When something between two began and ended, as far as it is known."""

    begun: int | None = None
    ended: int | None = None


NO_YEARS = Years()


def family_of(reader: Reader, case: Id) -> Family:
    """Return everything of a case's genogram. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    stream = found.stream
    members = tuple(reader.find(FamilyMember, stream=stream))
    cards = {card.id: card for card in reader.find(Person, stream=stream, cancelled=True)}
    others = {one.other_case: reader.get(Case, one.other_case) for one in members if one.other_case}
    return Family(
        case=found,
        members=members,
        ties=tuple(reader.find(FamilyTie, stream=stream)),
        couples=tuple(reader.find(FamilyCouple, stream=stream)),
        siblings=tuple(reader.find(FamilySibling, stream=stream)),
        homes=tuple(reader.find(FamilyHome, stream=stream)),
        cards=cards,
        cases={one: case for one, case in others.items() if case is not None},
    )


class Sketch:
    """The genogram of a case as it will be when the act under way is done."""

    def __init__(self, writer: Writer, case: Id) -> None:
        self._writer = writer
        self._read = family_of(writer, case)
        self._things: dict[type[Entity], dict[Id, Any]] = {
            FamilyMember: {one.id: one for one in self._read.members},
            FamilyTie: {one.id: one for one in self._read.ties},
            FamilyCouple: {one.id: one for one in self._read.couples},
            FamilySibling: {one.id: one for one in self._read.siblings},
            FamilyHome: {one.id: one for one in self._read.homes},
        }
        self._before = frozenset(map(str, contradictions(self.view)))

    @property
    def family(self) -> Family:
        """Everything as it will be."""
        return replace(
            self._read,
            members=tuple(self._things[FamilyMember].values()),
            ties=tuple(self._things[FamilyTie].values()),
            couples=tuple(self._things[FamilyCouple].values()),
            siblings=tuple(self._things[FamilySibling].values()),
            homes=tuple(self._things[FamilyHome].values()),
        )

    @property
    def view(self) -> GenogramView:
        """The whole genogram as it will be."""
        return see(self.family, GenogramProfile.FILE)

    # --- writing --------------------------------------------------------------------------------------------

    def create(self, thing: Entity) -> Id:
        """Make a thing; return its id."""
        self._writer.create(thing)
        self._things[type(thing)][thing.id] = thing
        return thing.id

    def new(self, cls: type[Entity], **values: Any) -> Id:
        """Make a thing of the case with fresh identity; return its id."""
        return self.create(cls(id=self._writer.new_id(), stream=self._read.case.stream, **values))

    def set(self, cls: type[Entity], thing: Id, name: str, value: Any) -> None:
        """Set a field that nobody looked at in a form."""
        self._writer.set(cls, thing, name, value, parents=None)
        self._things[cls][thing] = replace(self._things[cls][thing], **{name: value})

    def edit(self, cls: type[Entity], thing: Id, edits: Mapping[str, Edit]) -> None:
        """Set fields with the heads their author saw."""
        for name, edit in edits.items():
            self._writer.set(cls, thing, name, edit.value, parents=edit.parents)
            self._things[cls][thing] = replace(self._things[cls][thing], **{name: edit.value})

    def cancel(self, cls: type[Entity], thing: Id) -> None:
        """Take a thing back."""
        self._writer.cancel(cls, thing)
        self._things[cls].pop(thing, None)

    def check(self, *, strictly: bool = False) -> None:
        """Raise :class:`UserError` for a contradiction this act brings, with ``strictly`` for any."""
        for fault in contradictions(self.view):
            if strictly or str(fault) not in self._before:
                raise UserError(
                    fault.msgid,
                    "Nothing was changed. Put right what is wrong here or in the genogram, and try again.",
                    **fault.values,
                )

    # --- people ---------------------------------------------------------------------------------------------

    def child(self) -> Id:
        """Return the child of the case, put in when it is not there yet."""
        there = next((one for one in self.family.members if one.child), None)
        if there is not None:
            return there.id
        return self.new(FamilyMember, child=True, sex=sex_of_number(self._read.case.person_number))

    def take_in(self, who: Who) -> Id:
        """Return the id of somebody who is there, or is put in. Raises :class:`UserError` for somebody there already."""
        if who.member is not None:
            found: FamilyMember = self._things[FamilyMember][who.member]
            return found.id
        family = self.family
        if who.card is not None:
            there = next((one for one in family.members if one.card == who.card), None)
            if there is not None:
                _agree(there, who.values)
                return there.id
            if who.card not in family.cards:
                raise KeyError("no such person in the case")
        values = checked(dict(who.values))
        check_years(values, self._writer)
        name = values.get("name", "")
        same = next(
            (one for one in see(family, GenogramProfile.FILE).members if name and _same(one.name, name)), None
        )
        if same is not None and not who.another:
            raise UserError(
                "{name} is in the genogram already.",
                "Choose the one who is there, so that nobody is drawn twice.",
                "If it is another person of the same name, say so.",
                name=name,
            )
        if who.card is not None:
            values.pop("name", None)
            values.setdefault("sex", sex_of_number(family.cards[who.card].person_number))
        return self.new(FamilyMember, card=who.card, **values)

    # --- lines ----------------------------------------------------------------------------------------------

    def tie(self, parent: Id, child: Id, kind: TieKind, years: Years = NO_YEARS) -> None:
        """Write a parent and a child; a line that is there with the same kind is not doubled."""
        if not any(t.parent == parent and t.child == child and t.kind is kind for t in self.family.ties):
            self.new(FamilyTie, parent=parent, child=child, kind=kind, **self._years(years))

    def couple(
        self, a: Id, b: Id, kind: CoupleKind, years: Years = NO_YEARS, *, related: bool = False
    ) -> None:
        """Write a couple."""
        if not any({c.a, c.b} == {a, b} and c.kind is kind for c in self.family.couples):
            self.new(FamilyCouple, a=a, b=b, kind=kind, related=related, **self._years(years))

    def sibling(self, a: Id, b: Id, kind: SiblingTie) -> None:
        """Write two siblings."""
        if not any({s.a, s.b} == {a, b} and s.kind is kind for s in self.family.siblings):
            self.new(FamilySibling, a=a, b=b, kind=kind)

    def _years(self, years: Years) -> dict[str, int | None]:
        values = {"begun": years.begun, "ended": years.ended}
        check_years(values, self._writer)
        return values


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _agree(there: FamilyMember, values: Mapping[str, Any]) -> None:
    """Refuse what contradicts somebody who is there already, loudly: a quiet choice would be a wrong line."""
    for name in ("sex", "born", "died"):
        new, old = values.get(name), getattr(there, name)
        if new is not None and old is not None and new != old:
            raise InvalidInput(
                name, "The same person stands in the genogram already, with something else written here."
            )


def sex_of_number(number: str) -> Sex | None:
    """Return the sex a personal number was issued for, ``None`` without a number; the worker may write another."""
    if not number or not number[-1].isdigit():
        return None
    return Sex.MALE if int(number[-1]) % 2 else Sex.FEMALE


def checked(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a member tidied. Raises :class:`InvalidInput`."""
    for name in ("name", "role_words", "label"):
        if name in values:
            values[name] = tidy(name, str(values[name]), NAME_LENGTH)
    if "note" in values:
        values["note"] = tidy("note", str(values["note"]), TEXT_LENGTH)
    count = values.get("count")
    if count is not None and not 1 <= count <= _MOST:
        raise InvalidInput("count", "Write a number from 1 to {most}, or nothing.", most=_MOST)
    return values


def check_years(values: Mapping[str, Any], reader: Reader) -> None:
    """Refuse a year that cannot be. Raises :class:`InvalidInput`."""
    latest = reader.today.year + 1
    for name in ("born", "died", "begun", "ended"):
        year = values.get(name)
        if year is not None and not _EARLIEST <= year <= latest:
            raise InvalidInput(name, "Write a year between {first} and {last}.", first=_EARLIEST, last=latest)
