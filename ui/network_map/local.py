"""An open map changed before the store has answered: each function returns the map as it will be read again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from caseworker_app.domain.ids import Id
from caseworker_app.domain.network_map import MapGroup, MapPerson, MapQuote, MapRelation, Placement
from caseworker_app.services.network_maps import OpenMap


def person_of(opened: OpenMap, person: Id) -> MapPerson | None:
    """Return somebody on the map, ``None`` when she is not there."""
    return next((one for one in opened.people if one.id == person), None)


def relation_of(opened: OpenMap, relation: Id) -> MapRelation | None:
    """Return a line, ``None`` when it is not there."""
    return next((one for one in opened.relations if one.id == relation), None)


def line_between(opened: OpenMap, a: Id | None, b: Id | None) -> MapRelation | None:
    """Return a line between two (``None`` is the child), whichever way it was drawn."""
    return next((one for one in opened.relations if {one.a, one.b} == {a, b}), None)


def put_person(opened: OpenMap, person: MapPerson) -> OpenMap:
    """Return the map with somebody new at the end of the list."""
    return replace(opened, people=(*opened.people, person))


def set_person(opened: OpenMap, person: Id, values: dict[str, Any]) -> OpenMap:
    """Return the map with fields of somebody changed."""
    people = tuple(replace(one, **values) if one.id == person else one for one in opened.people)
    return replace(opened, people=people)


def place_people(opened: OpenMap, places: dict[Id, Placement | None]) -> OpenMap:
    """Return the map with people put somewhere; ``None`` is the tray."""
    people = tuple(
        replace(one, placement=places[one.id]) if one.id in places else one for one in opened.people
    )
    return replace(opened, people=people)


def drop_person(opened: OpenMap, person: Id) -> OpenMap:
    """Return the map without somebody, her lines and her place in households."""
    groups = tuple(
        replace(g, members=g.members - {person}) if person in g.members else g for g in opened.groups
    )
    return replace(
        opened,
        people=tuple(one for one in opened.people if one.id != person),
        relations=tuple(one for one in opened.relations if person not in (one.a, one.b)),
        groups=groups,
    )


def put_relation(opened: OpenMap, relation: MapRelation) -> OpenMap:
    """Return the map with one more line."""
    return replace(opened, relations=(*opened.relations, relation))


def set_relation(opened: OpenMap, relation: Id, values: dict[str, Any]) -> OpenMap:
    """Return the map with fields of a line changed."""
    lines = tuple(replace(one, **values) if one.id == relation else one for one in opened.relations)
    return replace(opened, relations=lines)


def drop_relation(opened: OpenMap, relation: Id) -> OpenMap:
    """Return the map without a line."""
    return replace(opened, relations=tuple(one for one in opened.relations if one.id != relation))


def put_group(opened: OpenMap, group: MapGroup) -> OpenMap:
    """Return the map with one more household."""
    return replace(opened, groups=(*opened.groups, group))


def set_group(opened: OpenMap, group: Id, values: dict[str, Any]) -> OpenMap:
    """Return the map with fields of a household changed."""
    groups = tuple(replace(one, **values) if one.id == group else one for one in opened.groups)
    return replace(opened, groups=groups)


def drop_group(opened: OpenMap, group: Id) -> OpenMap:
    """Return the map without a household; those who live there stay."""
    return replace(opened, groups=tuple(one for one in opened.groups if one.id != group))


def put_quote(opened: OpenMap, quote: MapQuote) -> OpenMap:
    """Return the map with more words said at it."""
    return replace(opened, quotes=(*opened.quotes, quote))


def set_quote(opened: OpenMap, quote: Id, values: dict[str, Any]) -> OpenMap:
    """Return the map with fields of somebody's words changed."""
    quotes = tuple(replace(one, **values) if one.id == quote else one for one in opened.quotes)
    return replace(opened, quotes=quotes)


def drop_quote(opened: OpenMap, quote: Id) -> OpenMap:
    """Return the map without somebody's words."""
    return replace(opened, quotes=tuple(one for one in opened.quotes if one.id != quote))


def difference(before: OpenMap, after: OpenMap) -> frozenset[Id] | None:
    """Return the ids of what differs, ``None`` when it is more than people, lines, households and words."""
    if (before.map, before.case, before.cards, before.template) != (
        after.map,
        after.case,
        after.cards,
        after.template,
    ):
        return None
    changed: set[Id] = set()
    for old, new in (
        (before.people, after.people),
        (before.relations, after.relations),
        (before.groups, after.groups),
        (before.quotes, after.quotes),
    ):
        changed |= {one.id for one in set(old) ^ set(new)}
    return frozenset(changed)


def called_by(opened: OpenMap, old: Id, new: Id) -> OpenMap:
    """Return the map with one identity for another, wherever it stands."""

    def own(thing: Any) -> Any:
        return replace(thing, id=new) if thing.id == old else thing

    def end(one: Id | None) -> Id | None:
        return new if one == old else one

    return replace(
        opened,
        people=tuple(own(one) for one in opened.people),
        relations=tuple(replace(own(one), a=end(one.a), b=end(one.b)) for one in opened.relations),
        groups=tuple(
            replace(own(g), members=(g.members - {old}) | {new}) if old in g.members else own(g)
            for g in opened.groups
        ),
        quotes=tuple(replace(own(one), person=end(one.person)) for one in opened.quotes),
    )
