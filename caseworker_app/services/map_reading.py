"""A netværkskort opened whole, the list of a case's maps, and what every command asks first: may this map be drawn on?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from caseworker_app.domain.case import Case
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_polar import cell_at
from caseworker_app.domain.map_template import MapTemplate, Templates
from caseworker_app.domain.network_map import (
    MapGroup,
    MapPerson,
    MapQuote,
    MapRelation,
    MapState,
    NetworkMap,
    NetworkTask,
)
from caseworker_app.domain.person import Person
from caseworker_app.services.ports import Reader

C = TypeVar("C", bound=Entity)


class MapIsKept(UserError):
    """A map that is kept as a version is looked at and drawn on from, never changed."""

    def __init__(self) -> None:
        super().__init__(
            "This map is kept as it was drawn and cannot be changed.",
            "Draw on: a copy is made, and this one stays as it is.",
        )


@dataclass(frozen=True, slots=True)
class OpenMap:
    """A map opened: everything on it, and the cards of those who have one.

    People stand in the list's order; lines, households and words only name people who are on the map. ``tasks`` are
    what was agreed with them at this map or an earlier one. ``locked``: it is kept as a version.
    """

    map: NetworkMap
    template: MapTemplate
    people: tuple[MapPerson, ...]
    relations: tuple[MapRelation, ...]
    groups: tuple[MapGroup, ...]
    quotes: tuple[MapQuote, ...]
    tasks: tuple[NetworkTask, ...]
    case: Case
    cards: Mapping[Id, Person]
    locked: bool

    def person(self, one: Id) -> MapPerson:
        """Return somebody on the map. Raises ``KeyError``."""
        for person in self.people:
            if person.id == one:
                return person
        raise KeyError("nobody of that id is on the map")


@dataclass(frozen=True, slots=True)
class MapRow:
    """A map in the list of a case's maps: ``people`` stand on it, ``waiting`` are in the tray."""

    map: NetworkMap
    people: int
    waiting: int


def known(reader: Reader, map_id: Id) -> NetworkMap:
    """Return a map, also one that was taken back. Raises ``KeyError`` when there is none."""
    found = reader.get(NetworkMap, map_id)
    if found is None:
        raise KeyError("no such map")
    return found


def drawable(reader: Reader, map_id: Id) -> NetworkMap:
    """Return a map that may be drawn on. Raises :class:`MapIsKept`, ``UserError`` for a removed one, ``KeyError``."""
    found = known(reader, map_id)
    if found.state is not MapState.DRAFT:
        raise MapIsKept
    if found.cancelled:
        raise UserError("This map has been removed.", "Undo brings it back.")
    return found


def thing_on(reader: Reader, cls: type[C], thing: Id) -> C:
    """Return something of a map. Raises ``KeyError`` when it is not there, or not any more."""
    found = reader.get(cls, thing)
    if found is None or found.cancelled:
        raise KeyError("nothing of that id is on a map")
    return found


def template_of(found: NetworkMap, templates: Templates) -> MapTemplate:
    """Return the rings and sectors a map was drawn on. Raises ``UserError`` for those of a newer program."""
    template = templates.get((found.template, found.template_version or 1))
    if template is None:
        raise UserError(
            "This map was drawn on rings and sectors that this program does not know.",
            "Update the program, and open the map again.",
        )
    return template


def case_of(reader: Reader, stream: Id) -> Case:
    """Return the case whose log holds a map."""
    return next(iter(reader.find(Case, stream=stream, cancelled=True)))


def open_map(reader: Reader, map_id: Id, templates: Templates) -> OpenMap:
    """Return a map with everything on it. Raises ``KeyError`` when there is none, ``UserError`` for a newer template.

    What came together from two devices is put right in reading: a line to somebody who was removed is left out, a place
    in a ring the template does not have is read from its angle and radius.
    """
    found = known(reader, map_id)
    template = template_of(found, templates)
    on_it = {"map": map_id}
    people = ordered(_in_cell(one, template) for one in reader.find(MapPerson, where=on_it))
    here = {one.id for one in people}
    relations = (one for one in reader.find(MapRelation, where=on_it) if _stands(one, here))
    groups = (replace(one, members=one.members & here) for one in reader.find(MapGroup, where=on_it))
    quotes = (
        one if one.person is None or one.person in here else replace(one, person=None)
        for one in reader.find(MapQuote, where=on_it)
    )
    cards = {one.case_person: None for one in people if one.case_person is not None}
    persons = {one.id: one for one in reader.find(Person, stream=found.stream)} if cards else {}
    return OpenMap(
        map=found,
        template=template,
        people=people,
        relations=tuple(relations),
        groups=tuple(one for one in groups if one.members or one.with_child),
        quotes=ordered(quotes),
        tasks=tasks_of(reader, found.stream, people),
        case=case_of(reader, found.stream),
        cards={one: persons[one] for one in cards if one in persons},
        locked=found.state is not MapState.DRAFT,
    )


def ordered(things: Iterable[C]) -> tuple[C, ...]:
    """Return things by their place in the list."""
    return tuple(sorted(things, key=lambda one: (getattr(one, "order", ""), one.id)))


def _in_cell(person: MapPerson, template: MapTemplate) -> MapPerson:
    at = person.placement
    if at is None:
        return person
    rings = {ring.id for ring in template.rings}
    if at.ring in rings and any(at.sector == sector.id for sector in template.sectors):
        return person
    ring, sector = cell_at(template, at.angle, at.radius)
    return replace(person, placement=replace(at, ring=ring, sector=sector))


def _stands(line: MapRelation, here: set[Id]) -> bool:
    return all(end is None or end in here for end in (line.a, line.b))


def tasks_of(reader: Reader, stream: Id, people: Iterable[MapPerson]) -> tuple[NetworkTask, ...]:
    """Return what was agreed with people at any map of the case: those not done first, by day."""
    found = reader.find(NetworkTask, stream=stream)
    if not found:
        return ()
    cards = {one.case_person for one in people if one.case_person is not None}
    roots = {one.origin or one.id for one in people}

    def theirs(task: NetworkTask) -> bool:
        if task.case_person is not None and task.case_person in cards:
            return True
        person = None if task.person is None else reader.get(MapPerson, task.person)
        return person is not None and (person.origin or person.id) in roots

    def when(task: NetworkTask) -> tuple[bool, dt.date, Id]:
        return task.done_on is not None, task.due or dt.date.max, task.id

    return tuple(sorted((task for task in found if theirs(task)), key=when))


def maps_of(reader: Reader, case: Id) -> tuple[MapRow, ...]:
    """Return the maps of a case, latest first; drafts before versions of the same day. Raises ``KeyError``."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    placed: dict[Id | None, int] = {}
    waiting: dict[Id | None, int] = {}
    for one in reader.find(MapPerson, stream=found.stream):
        side = waiting if one.placement is None else placed
        side[one.map] = side.get(one.map, 0) + 1
    rows = [
        MapRow(one, placed.get(one.id, 0), waiting.get(one.id, 0))
        for one in reader.find(NetworkMap, stream=found.stream)
    ]

    def age(row: MapRow) -> tuple[dt.date, bool, int]:
        kept = row.map.state is not MapState.DRAFT
        return row.map.drawn_on or dt.date.min, not kept, row.map.number or 0

    rows.reverse()  # of one day and number the one made last comes first
    return tuple(sorted(rows, key=age, reverse=True))


def not_yet(reader: Reader, map_id: Id) -> tuple[Person, ...]:
    """Return persons of the case who are not on the map, by name. Never shown to the family (network map design 7)."""
    found = known(reader, map_id)
    there = {one.case_person for one in reader.find(MapPerson, where={"map": map_id})}
    missing = (one for one in reader.find(Person, stream=found.stream) if one.id not in there)
    return tuple(sorted(missing, key=lambda one: (sort_key(one.name), one.id)))
