"""What is different between two netværkskort: who is new, gone, nearer, farther, in another sector; lines; households.

A person is the same on both by her card in the case, else by whom she was copied from. Where exactly somebody stands
within a cell says nothing and is not compared. Somebody in the tray is not on the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_json import MapContents
from caseworker_app.domain.map_polar import reading_order
from caseworker_app.domain.map_template import MapTemplate, Ring, Sector
from caseworker_app.domain.network_map import MapGroup, MapPerson, MapRelation, NetworkMap, Voice


class Drawn(Protocol):
    """A map to compare: one that is open, or :class:`KeptMap`."""

    @property
    def map(self) -> NetworkMap: ...

    @property
    def template(self) -> MapTemplate: ...

    @property
    def people(self) -> tuple[MapPerson, ...]: ...

    @property
    def relations(self) -> tuple[MapRelation, ...]: ...

    @property
    def groups(self) -> tuple[MapGroup, ...]: ...


@dataclass(frozen=True, slots=True)
class KeptMap:
    """A map as it was kept, with the rings and sectors it was drawn on."""

    map: NetworkMap
    template: MapTemplate
    people: tuple[MapPerson, ...]
    relations: tuple[MapRelation, ...]
    groups: tuple[MapGroup, ...]


def kept(contents: MapContents, template: MapTemplate) -> KeptMap:
    """Return a kept map's contents as something to compare."""
    return KeptMap(contents.map, template, contents.people, contents.relations, contents.groups)


class Change(StrEnum):
    """What became of somebody, a line or a household."""

    NEW = "new"
    GONE = "gone"
    NEARER = "nearer"
    FARTHER = "farther"
    OTHER_SECTOR = "other_sector"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Cell:
    """The ring and sector somebody stands in."""

    ring: Ring
    sector: Sector


@dataclass(frozen=True, slots=True)
class PersonChange:
    """Somebody new, gone, or in another cell. ``other_sector`` also where she came nearer or went farther.

    ``in_tray``: she is gone from the map but waits in its tray.
    """

    kind: Change
    old: MapPerson | None
    new: MapPerson | None
    old_cell: Cell | None
    new_cell: Cell | None
    other_sector: bool = False
    in_tray: bool = False

    @property
    def person(self) -> MapPerson:
        """Whom it is about, as the newer map has her."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a change is about somebody")
        return found


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line drawn, no longer drawn, or of another kind; ``None`` as an end is the child."""

    kind: Change
    a: MapPerson | None
    b: MapPerson | None
    said_by: Voice
    old: MapRelation | None
    new: MapRelation | None


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A household drawn, no longer drawn, renamed, or of others. ``child`` says what became of the child in it."""

    kind: Change
    old: MapGroup | None
    new: MapGroup | None
    joined: tuple[MapPerson, ...] = ()
    left: tuple[MapPerson, ...] = ()
    child: Change | None = None


@dataclass(frozen=True, slots=True)
class MapDiff:
    """What is different. ``pairs`` gives by the id of somebody on the newer map the same one on the older."""

    people: tuple[PersonChange, ...]
    lines: tuple[LineChange, ...]
    groups: tuple[GroupChange, ...]
    pairs: Mapping[Id, MapPerson]
    voice: Voice
    everybody: tuple[MapPerson, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is different."""
        return not (self.people or self.lines or self.groups)


def placed(drawn: Drawn) -> tuple[MapPerson, ...]:
    """Return those who stand on a map, inner rings first, clockwise."""
    return reading_order(one for one in drawn.people if one.placement is not None)


def cell_of(person: MapPerson, template: MapTemplate) -> Cell:
    """Return the cell somebody stands in. Raises ``ValueError`` for somebody in the tray."""
    if person.placement is None:
        raise ValueError("somebody in the tray has no cell")
    return Cell(template.ring(person.placement.ring), template.sector(person.placement.sector))


def pair(old: Iterable[MapPerson], new: Iterable[MapPerson]) -> dict[Id, MapPerson]:
    """Return by the id of each of ``new`` the same one among ``old``."""
    left = list(old)
    by_card = {one.case_person: one for one in left if one.case_person is not None}
    by_root = {one.origin or one.id: one for one in left}
    fresh, taken = list(new), set[Id]()
    pairs: dict[Id, MapPerson] = {}

    def take(one: MapPerson, match: MapPerson | None) -> None:
        if match is not None and one.id not in pairs and match.id not in taken:
            pairs[one.id] = match
            taken.add(match.id)

    for one in fresh:
        take(one, by_card.get(one.case_person) if one.case_person is not None else None)
    for one in fresh:
        take(one, by_root.get(one.origin or one.id))
    return pairs


def diff(old: Drawn, new: Drawn) -> MapDiff:
    """Return what is different on ``new`` from ``old``."""
    was, now = placed(old), placed(new)
    pairs = pair(was, now)
    return MapDiff(
        tuple(_people(old, new, was, now, pairs)),
        tuple(_lines(old, new, pairs)),
        tuple(_groups(old, new)),
        pairs,
        new.map.voice,
        (*now, *unpaired(was, pairs)),
    )


def _people(
    old: Drawn, new: Drawn, was: Sequence[MapPerson], now: Sequence[MapPerson], pairs: Mapping[Id, MapPerson]
) -> Iterable[PersonChange]:
    for one in now:
        before, cell = pairs.get(one.id), cell_of(one, new.template)
        if before is None:
            yield PersonChange(Change.NEW, None, one, None, cell)
            continue
        earlier = cell_of(before, old.template)
        moved = _moved(earlier, cell, old.template, new.template)
        if moved is not None:
            yield PersonChange(moved[0], before, one, earlier, cell, other_sector=moved[1])
    waiting = [one for one in new.people if one.placement is None]
    there = {one.id for one in pair(was, waiting).values()}
    for one in unpaired(was, pairs):
        cell = cell_of(one, old.template)
        yield PersonChange(Change.GONE, one, None, cell, None, in_tray=one.id in there)


def unpaired(was: Iterable[MapPerson], pairs: Mapping[Id, MapPerson]) -> list[MapPerson]:
    """Return those of the older map who are nobody on the newer one."""
    taken = {one.id for one in pairs.values()}
    return [one for one in was if one.id not in taken]


def _moved(old: Cell, new: Cell, before: MapTemplate, after: MapTemplate) -> tuple[Change, bool] | None:
    """Return what a change of cell is. A sector only one of two templates has is no move."""
    both = {one.id for one in before.sectors} & {one.id for one in after.sectors}
    other = old.sector.id != new.sector.id and {old.sector.id, new.sector.id} <= both
    if old.ring.id != new.ring.id and old.ring.inner != new.ring.inner:
        return (Change.NEARER if new.ring.inner < old.ring.inner else Change.FARTHER), other
    return (Change.OTHER_SECTOR, True) if other else None


def _lines(old: Drawn, new: Drawn, pairs: Mapping[Id, MapPerson]) -> Iterable[LineChange]:
    names_old = {one.id: one for one in placed(old)}
    names_new = {one.id: one for one in placed(new)}
    back = {one.id: key for key, one in pairs.items()}

    def key(line: MapRelation, now: bool) -> tuple[frozenset[Id | None], Voice]:
        ends = (line.a, line.b)
        return frozenset(one if now or one is None else back.get(one, one) for one in ends), line.said_by

    def on(line: MapRelation, names: Mapping[Id, MapPerson]) -> bool:
        return all(end is None or end in names for end in (line.a, line.b))

    before = {key(line, False): line for line in old.relations if on(line, names_old)}
    after = {key(line, True): line for line in new.relations if on(line, names_new)}
    for at, line in after.items():
        a, b = (None if end is None else names_new[end] for end in (line.a, line.b))
        was = before.get(at)
        if was is None:
            yield LineChange(Change.NEW, a, b, line.said_by, None, line)
        elif was.quality is not line.quality or _support(was, back) != _support(line, {}):
            yield LineChange(Change.CHANGED, a, b, line.said_by, was, line)
    for at, line in before.items():
        stay = all(end is None or end in back for end in (line.a, line.b))
        if at not in after and stay:  # the line of somebody who is gone goes without saying
            a, b = (None if end is None else names_new[back[end]] for end in (line.a, line.b))
            yield LineChange(Change.GONE, a, b, line.said_by, line, None)


def _support(line: MapRelation, back: Mapping[Id, Id]) -> frozenset[Id | None]:
    """Return who gets support along a line, by the ids of the newer map."""
    to = {None: (), "to_a": (line.a,), "to_b": (line.b,), "both": (line.a, line.b)}[line.flow]
    return frozenset(one if one is None else back.get(one, one) for one in to)


def _groups(old: Drawn, new: Drawn) -> Iterable[GroupChange]:
    """Compare households, also of those in the tray. Who left the map has left her household without saying."""
    pairs = pair(old.people, new.people)
    back = {one.id: key for key, one in pairs.items()}
    names = {one.id: one for one in new.people}
    left = list(old.groups)
    for group in new.groups:
        twin = _twin(group, left, back)
        if twin is None:
            members = tuple(names[one] for one in sorted(group.members) if one in names)
            yield GroupChange(Change.NEW, None, group, members)
            continue
        left.remove(twin)
        before = {back.get(one, one) for one in twin.members}
        joined = tuple(names[one] for one in sorted(group.members - before) if one in names)
        gone = tuple(names[one] for one in sorted(before - group.members) if one in names)
        child = None
        if twin.with_child is not group.with_child:
            child = Change.NEW if group.with_child else Change.GONE
        if joined or gone or child or twin.label != group.label:
            yield GroupChange(Change.CHANGED, twin, group, joined, gone, child)
    for group in left:
        yield GroupChange(Change.GONE, group, None)


def _twin(group: MapGroup, among: Sequence[MapGroup], back: Mapping[Id, Id]) -> MapGroup | None:
    """Return the same household on the older map: by its name, else by most of its members."""
    label = group.label.casefold()
    for one in among:
        if label and one.label.casefold() == label:
            return one

    def shared(one: MapGroup) -> int:
        same = {back.get(member, member) for member in one.members} & group.members
        return len(same) + (one.with_child and group.with_child)

    best = max(among, key=shared, default=None)
    most = 0 if best is None else len(best.members | group.members)
    return (
        best
        if best is not None and shared(best) * 2 > min(most, len(group.members) + group.with_child)
        else None
    )
