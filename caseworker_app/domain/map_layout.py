"""Room on a netværkskort: a free place in a cell, and "Ryd op". Nobody is ever moved unasked.

A person takes a box round her place (:mod:`~caseworker_app.domain.map_floor`). What is free is looked for on a fixed grid
of each cell, so the same map is always tidied the same way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_floor import (
    Floor,
    node_size,
)
from caseworker_app.domain.map_polar import TURN, UNIT, angular_room, arc, radial_room, to_xy
from caseworker_app.domain.map_template import MapTemplate, Ring, Sector
from caseworker_app.domain.network_map import Placement

_RADIAL: Final = 22
_ALONG: Final = 0.035
_AMPLE: Final = 0.5
"""More room around a place than this, in radii of the map, is no better."""
_INSETS: Final = (0.22, 0.12, 0.0)
"""How far from a sector's sides people are packed, in shares of it: far where there is room."""


@lru_cache(maxsize=64)
def _grid(ring: Ring, sector: Sector) -> tuple[Placement, ...]:
    """Return the places looked at in a cell, from its inner left corner."""
    start = arc(sector)[0]
    return tuple(
        Placement((start + along) % TURN, radius, ring.id, sector.id)
        for radius in _levels(ring)
        for along in _spread(*angular_room(sector, radius), round(_ALONG * UNIT / radius * 573))
    )


def _levels(ring: Ring) -> tuple[int, ...]:
    return _spread(*radial_room(ring), _RADIAL)


def _spread(low: int, high: int, step: int) -> tuple[int, ...]:
    """Return numbers from ``low`` to ``high``, both among them, at most ``step`` apart."""
    count = max(1, -(-(high - low) // max(step, 1)))
    return tuple(dict.fromkeys(low + (high - low) * n // count for n in range(count + 1)))


def _distance(one: Placement, other: Placement) -> float:
    ax, ay = to_xy(one.angle, one.radius)
    bx, by = to_xy(other.angle, other.radius)
    return (ax - bx) ** 2 + (ay - by) ** 2


def cell_centre(
    template: MapTemplate,
    ring: str,
    sector: str,
    taken: Collection[Placement] = (),
    *,
    pinned: bool = False,
) -> Placement:
    """Return the middle of a cell, else the free place with most room around it; the least crowded where none is free.

    Raises ``KeyError`` when the template has no such ring or sector.
    """
    found_ring, found_sector = template.ring(ring), template.sector(sector)
    floor = Floor(node_size(len(taken) + 1))
    for one in taken:
        floor.take(one)
    low, high = radial_room(found_ring)
    start, end = arc(found_sector)
    middle = Placement(((start + end) // 2) % TURN, (low + high) // 2, ring, sector)
    if floor.free(middle):
        return replace(middle, pinned=pinned)
    grid = _grid(found_ring, found_sector)
    free = [spot for spot in grid if floor.free(spot)]
    if not free:
        return replace(min((middle, *grid), key=floor.overlap), pinned=pinned)
    others = [to_xy(one.angle, one.radius) for one in taken]
    best = max(free, key=lambda spot: (_room_around(spot, found_sector, others), -_distance(spot, middle)))
    return replace(best, pinned=pinned)


def _room_around(spot: Placement, sector: Sector, others: Collection[tuple[float, float]]) -> float:
    """Return how much room there is around a place: to whoever stands nearest, and twice that to the sector's sides."""
    x, y = to_xy(spot.angle, spot.radius)
    along, wide = (spot.angle - arc(sector)[0]) % TURN, arc(sector)[1] - arc(sector)[0]
    aside = min(along, wide - along) / 10
    to_side = spot.radius / UNIT * math.sin(math.radians(min(aside, 90.0))) if wide < TURN else _AMPLE
    nearest = min((math.hypot(x - ox, y - oy) for ox, oy in others), default=_AMPLE)
    return round(min(nearest, 2 * to_side, _AMPLE), 3)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A ring's part of a sector with those of it who may be moved, clockwise."""

    ring: Ring
    sector: Sector
    people: tuple[Id, ...]

    def along(self, placement: Placement) -> int:
        return (placement.angle - arc(self.sector)[0]) % TURN


def tidy(
    template: MapTemplate, placements: Mapping[Id, Placement], order: Sequence[Id] = ()
) -> dict[Id, Placement]:
    """Return everybody's place after "Ryd op": nobody over another where there is room.

    Ring and sector are kept, and who stands before whom clockwise in a cell where that leaves room. Who stands free
    stays; the others slide along the arc, or else in or out within their cell. Pinned people stay where they are.
    ``order`` decides between two on the same spot. The same map is always tidied the same way.
    """
    rank = {one: n for n, one in enumerate(order)}
    everybody = sorted(placements, key=lambda one: (rank.get(one, len(rank)), one))
    done, crowded = dict(placements), _crowded(placements)
    while crowded:
        better = _less_crowded(template, done, everybody)
        left = _crowded(better)
        if left >= crowded:  # nobody is moved for nothing: so tidying again moves nobody
            break
        done, crowded = better, left
    return {one: done[one] for one in placements}


def _less_crowded(
    template: MapTemplate, placements: Mapping[Id, Placement], everybody: Sequence[Id]
) -> dict[Id, Placement]:
    """Return everybody's place after one try."""
    done = _tidied(template, placements, everybody, stay=True)
    crowded = _crowded(done)
    if crowded:  # there may be room if those who stand free give way to whoever stands further in
        other = _tidied(template, placements, everybody, stay=False)
        done = other if _crowded(other) < crowded else done
    return done


def _tidied(
    template: MapTemplate, placements: Mapping[Id, Placement], everybody: Sequence[Id], *, stay: bool
) -> dict[Id, Placement]:
    floor = Floor(node_size(len(placements)))
    done = {one: placements[one] for one in everybody if placements[one].pinned}
    for at in done.values():
        floor.take(at)
    for one in everybody if stay else ():
        if one not in done and floor.free(placements[one]):
            done[one] = placements[one]
            floor.take(placements[one])
    for cell in _cells(template, placements, everybody):
        _settle(cell, placements, done, floor)
    return done


def _crowded(placements: Mapping[Id, Placement]) -> int:
    """Return how many stand over somebody."""
    floor = Floor(node_size(len(placements)))
    count = 0
    for one in sorted(placements):
        count += not floor.free(placements[one])
        floor.take(placements[one])
    return count


def _cells(
    template: MapTemplate, placements: Mapping[Id, Placement], everybody: Sequence[Id]
) -> Iterator[_Cell]:
    for ring in template.rings:
        for sector in template.sectors:
            start = arc(sector)[0]
            people = [
                one
                for one in everybody
                if (placements[one].ring, placements[one].sector) == (ring.id, sector.id)
                and not placements[one].pinned
            ]
            people.sort(key=lambda one: ((placements[one].angle - start) % TURN, placements[one].radius))
            yield _Cell(ring, sector, tuple(people))


def _settle(cell: _Cell, placements: Mapping[Id, Placement], done: dict[Id, Placement], floor: Floor) -> None:
    """Find a place for those of a cell who stand over somebody: between their neighbours, then packed, then anywhere."""
    waiting = [one for one in cell.people if one not in done]
    if not waiting:
        return
    before = dict(done)
    if all(_between(cell, one, placements, done, floor) for one in waiting):
        return
    _lift(cell, done, floor)
    if _packed(cell, done, floor):
        return
    for one in cell.people:
        if one in before:
            done[one] = before[one]
            floor.take(before[one])
    free = [spot for spot in _grid(cell.ring, cell.sector) if floor.free(spot)]
    for one in waiting:
        wish = placements[one]
        free = [spot for spot in free if floor.free(spot)]
        done[one] = min(free, key=lambda spot: _distance(spot, wish), default=wish)
        floor.take(done[one])


def _between(
    cell: _Cell, one: Id, placements: Mapping[Id, Placement], done: dict[Id, Placement], floor: Floor
) -> bool:
    """Put somebody free and nearest to where she stands, between those before and after her; along the arc first."""
    wish, at = placements[one], cell.people.index(one)
    low = max((cell.along(done[other]) for other in cell.people[:at] if other in done), default=0)
    high = min((cell.along(done[other]) for other in cell.people[at + 1 :] if other in done), default=TURN)
    start = arc(cell.sector)[0]
    room = angular_room(cell.sector, wish.radius)
    same = (
        replace(wish, angle=(start + along) % TURN)
        for along in _spread(*room, round(_ALONG * UNIT / max(wish.radius, 1) * 573))
    )
    for spots in ((wish,), same, _grid(cell.ring, cell.sector)):
        fitting = [s for s in spots if low <= cell.along(s) <= high and floor.free(s)]
        if fitting:
            done[one] = min(fitting, key=lambda spot: _distance(spot, wish))
            floor.take(done[one])
            return True
    return False


def _packed(cell: _Cell, done: dict[Id, Placement], floor: Floor) -> bool:
    """Put all of a cell in their order, each at the first free place clockwise; return whether there was room.

    They are kept off the sector's sides while there is room; along the outer side there is most, so that is tried first.
    """
    start, end = arc(cell.sector)
    for off, side in ((share, side) for share in _INSETS for side in (-1, 1)):
        inset = (end - start) * off
        inner = (s for s in _grid(cell.ring, cell.sector) if inset <= cell.along(s) <= end - start - inset)
        clockwise = sorted(inner, key=_clockwise(cell, side))
        for one in cell.people:
            found = next((spot for spot in clockwise if floor.free(spot)), None)
            if found is None:
                break
            done[one] = found
            floor.take(found)
        else:
            return True
        _lift(cell, done, floor)
    return False


def _clockwise(cell: _Cell, side: int) -> Callable[[Placement], tuple[int, int]]:
    return lambda spot: (cell.along(spot), side * spot.radius)


def _lift(cell: _Cell, done: dict[Id, Placement], floor: Floor) -> None:
    """Take everybody of a cell off the floor."""
    for one in cell.people:
        if one in done:
            floor.leave(done.pop(one))
