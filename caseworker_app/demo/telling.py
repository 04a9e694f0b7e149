"""A family's cases and cards as the caseworker wrote them down, sitting by sitting."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from caseworker_app.demo import numbers
from caseworker_app.demo.agenda import Act, Agenda
from caseworker_app.demo.families import MAKE_UP, ChildStory, EditStory, Family, PersonStory, Plain, values_of
from caseworker_app.demo.when import Days, grade, shift
from caseworker_app.domain.case import Address, Case, SiblingKind
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import PRIVATE, Person
from caseworker_app.services import cases, history, people
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer

_AT_ONCE: Final = 3
"""How many cards are written in the sitting that opens the case; the others follow in the next days."""
_LAST_GRADE: Final = 10
_DRIFT, _ROUGH = 20, 6
"""How many days a family's months may be off, and how many one of them more."""


@dataclass
class Known:
    """What is known of a family while it is told: ids by the keys of the story, and when each came to be."""

    family: Family
    days: Days
    seed: str
    agenda: Agenda
    worker: str = ""
    cases: dict[str, Id] = field(default_factory=dict)
    cards: dict[tuple[str, str], Id] = field(default_factory=dict)
    helped: dict[str, Id] = field(default_factory=dict)
    plans: dict[str, Id] = field(default_factory=dict)
    goals: dict[str, Id] = field(default_factory=dict)
    investigations: dict[str, Id] = field(default_factory=dict)

    rng: random.Random = field(init=False)
    _drift: int = field(init=False)

    def __post_init__(self) -> None:
        self.rng = self._dice()
        self._drift = self.rng.randrange(_DRIFT)

    def _dice(self, *of: str) -> random.Random:
        return random.Random("/".join((self.seed, self.family.name, *of)))  # noqa: S311 - dice, no secrets

    def on(self, span: str) -> dt.date:
        """Return the working day of a span from today. "Fourteen months ago" is rough, and the day is too.

        One family's days keep their order: all months are moved together, and each span by a few days more.
        """
        day, own = shift(self.days.today, span), self._dice(span).randrange(_ROUGH)
        if "m" in span or "y" in span:
            day -= dt.timedelta(days=self._drift + own)
        elif "w" in span and day < self.days.today:
            day += dt.timedelta(days=own % 4)
        return self.days.near(day)

    def opened(self, child: ChildStory) -> dt.date:
        """Return the working day on which the case was opened."""
        return self.on(child.opened)

    def child(self, key: str) -> ChildStory:
        """Return a child of the family by its key."""
        return next(child for child in self.family.children if child.key == key)

    def children_of(self, person: PersonStory) -> list[ChildStory]:
        """Return the children in whose cases the person stands."""
        return [child for child in self.family.children if not person.of or child.key in person.of]


def edits_of(writer: Writer, of: type[Entity], entity: Id, values: Mapping[str, Any]) -> dict[str, Edit]:
    """Return new values as a form gives them: with the heads that its author saw."""
    shown = writer.fields(of, entity)
    return {name: Edit(value, shown[name].heads) for name, value in values.items()}


def tell(known: Known) -> None:
    """Lay everything of a family but its meetings on the agenda."""
    for child in known.family.children:
        _tell_child(known, child)
    for person in known.family.people:
        _tell_person(known, person)
    for one, other, kind in known.family.siblings:
        _tell_siblings(known, one, other, SiblingKind(kind))
    for edit in known.family.edits:
        _tell_edit(known, edit)


# --- Children ------------------------------------------------------------------------------------------------


def _tell_child(known: Known, child: ChildStory) -> None:
    opened, rng = known.opened(child), known.rng
    born = _born(known, child)
    values = values_of(Case, child.plain)
    values.setdefault("address", Address(**known.family.home))
    values.setdefault("record_number", numbers.record(opened, rng))
    if values.get("phone") == MAKE_UP:
        values["phone"] = numbers.phone(rng)
    grown: dict[str, Any] = {}
    if child.term:
        values["term"] = shift(known.days.today, child.term)
    elif born is not None:
        number = {"person_number": numbers.cpr(born, child.sex, rng)} if child.numbered else {"born": born}
        grown = {"child_name": values["child_name"], "unborn_of": "", **number}
        if child.born_later:
            values["term"] = born + dt.timedelta(days=rng.randrange(-6, 9))
            del values["child_name"]
        else:
            values |= number
    if child.letter and born is not None:
        values["school_class"] = f"{max(0, grade(born, opened))}.{child.letter}"
        _tell_school_years(known, child, born)
    known.agenda.add(known.days.some_moment(opened, rng), _opening(known, child, values))
    if child.born_later and born is not None:
        registered = known.days.past(born + dt.timedelta(days=rng.randrange(5, 12)))
        known.agenda.add(known.days.some_moment(registered, rng), _changing(known, child.key, grown))
    if child.closed:
        _tell_closing(known, child)


def _born(known: Known, child: ChildStory) -> dt.date | None:
    """Return the birth date: as old as the story says, and up to three weeks younger."""
    if not child.age:
        return None
    return shift(known.days.today, f"-{child.age}") + dt.timedelta(days=known.rng.randrange(21))


def _opening(known: Known, child: ChildStory, values: Mapping[str, Any]) -> Act:
    def register(writer: Writer) -> None:
        known.cases[child.key] = cases.register(writer, values)

    return register


def _changing(known: Known, child: str, values: Mapping[str, Any]) -> Act:
    def change(writer: Writer) -> None:
        case = known.cases[child]
        cases.edit(writer, case, edits_of(writer, Case, case, values))

    return change


def _tell_school_years(known: Known, child: ChildStory, born: dt.date) -> None:
    """Lay the new class of each August the case was open in."""
    opened = known.opened(child)
    ended = known.on(child.closed) if child.closed else known.days.yesterday
    for year in range(opened.year, ended.year + 1):
        first = known.days.forward(dt.date(year, 8, 12) + dt.timedelta(days=known.rng.randrange(9)))
        level = grade(born, first)
        if opened + dt.timedelta(days=5) < first < ended and 0 <= level <= _LAST_GRADE:
            moved = {"school_class": f"{level}.{child.letter}"}
            known.agenda.add(known.days.some_moment(first, known.rng), _changing(known, child.key, moved))


def _tell_closing(known: Known, child: ChildStory) -> None:
    on = known.on(child.closed)
    at = known.days.some_moment(on, known.rng, 14 * 60)
    known.agenda.add(at, lambda writer: cases.close(writer, known.cases[child.key], on, child.close_reason))


# --- People --------------------------------------------------------------------------------------------------


def _tell_person(known: Known, person: PersonStory) -> None:
    """Lay the person's card in the first child's case, and a copy in each sibling's."""
    values = _card(known, person)
    first, *others = sorted(known.children_of(person), key=known.opened)
    position = known.family.people.index(person)
    added = known.on(person.since) if person.since else _noted(known, known.opened(first), position)
    at = _after_opening(known, first, added)
    known.agenda.add(at, _adding(known, person.key, first.key, values))
    for other in others:
        later = _after_opening(known, other, max(added, _noted(known, known.opened(other), position)))
        known.agenda.add(max(at, later), _copying(known, person.key, first.key, other.key))


def _noted(known: Known, opened: dt.date, position: int) -> dt.date:
    """Return the day a card is written: the first ones when the case is opened, the others soon after."""
    days = 0 if position < _AT_ONCE else known.rng.randrange(1, 6)
    return known.days.past(opened + dt.timedelta(days=days))


def _after_opening(known: Known, child: ChildStory, day: dt.date) -> dt.datetime:
    """Return a moment of the day; on the very day the case was opened, the end of it."""
    earliest = 15 * 60 + 42 if day <= known.opened(child) else 8 * 60 + 10
    return known.days.some_moment(max(day, known.opened(child)), known.rng, earliest)


def _card(known: Known, person: PersonStory) -> dict[str, Any]:
    """Return the fields of a person's card, with what the story leaves to be made up."""
    rng, values = known.rng, values_of(Person, person.plain)
    private = values["role"] in PRIVATE
    values.setdefault("phone", numbers.phone(rng, office=not private))
    if not private:
        values.setdefault("email", numbers.email(values["name"]))
    if values.get("lives_with_child"):
        values.setdefault("address", Address(**known.family.home))
    if person.age:
        born = shift(known.days.today, f"-{person.age}y") - dt.timedelta(days=rng.randrange(1, 360))
        values["person_number"] = numbers.cpr(born, "d" if values["role"] == "father" else "p", rng)
    return values


def _adding(known: Known, person: str, child: str, values: Mapping[str, Any]) -> Act:
    def add(writer: Writer) -> None:
        known.cards[person, child] = people.add(writer, known.cases[child], values)

    return add


def _copying(known: Known, person: str, child: str, other: str) -> Act:
    def copy(writer: Writer) -> None:
        card = known.cards[person, child]
        known.cards[person, other] = people.copy_to(writer, card, known.cases[other])

    return copy


def _tell_siblings(known: Known, one: str, other: str, kind: SiblingKind) -> None:
    both = max(known.opened(known.child(key)) for key in (one, other))
    day = known.days.past(both + dt.timedelta(days=1))
    at = known.days.some_moment(day, known.rng, 15 * 60 + 42 if day <= both else 8 * 60 + 10)
    known.agenda.add(
        at, lambda writer: cases.link_siblings(writer, known.cases[one], known.cases[other], kind)
    )


# --- What became another -------------------------------------------------------------------------------------


def _tell_edit(known: Known, edit: EditStory) -> None:
    day = known.days.past(known.on(edit.at))
    values = _made_up(edit.set, known.rng)
    acts: list[Act] = []
    if edit.person:
        person = next(one for one in known.family.people if one.key == edit.person)
        among = [known.child(edit.child)] if edit.child else known.children_of(person)
        acts += [_rewriting(known, person.key, child.key, values_of(Person, values)) for child in among]
    else:
        acts.append(_changing(known, edit.child, values_of(Case, values)))
    if edit.undo:
        acts.append(history.undo)
    known.agenda.add(known.days.some_moment(day, known.rng), *acts)


def _made_up(plain: Plain, rng: random.Random) -> Plain:
    return {name: numbers.phone(rng) if value == MAKE_UP else value for name, value in plain.items()}


def _rewriting(known: Known, person: str, child: str, values: Mapping[str, Any]) -> Act:
    def rewrite(writer: Writer) -> None:
        card = known.cards[person, child]
        people.edit(writer, card, edits_of(writer, Person, card, values))

    return rewrite
