"""Room on a netværkskort: a free place in a cell, and "Ryd op". Nobody is ever moved unasked.

A person takes a box of :func:`node_size` round her place. What is free is looked for on a fixed grid of each cell, so
the same map is always tidied the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_polar import TURN, UNIT, angular_room, arc, radial_room, to_xy
from caseworker_app.domain.map_template import MapTemplate, Ring, Sector
from caseworker_app.domain.network_map import Placement

WIDTH, HEIGHT = 0.24, 0.185
"""The box of a person at full size, in radii of the map: 80 by 61 px on a map of 330 px radius."""
FULL_SIZE_TO: Final = 30
SMALLEST_FROM: Final = 50
SMALLEST: Final = 0.8
_RADIAL: Final = 22
_ALONG: Final = 0.035
_SLACK: Final = 1e-6


def node_scale(people: int) -> float:
    """Return how large people are drawn: full size up to 30 on the map, 80 % from 50 on."""
    over = min(max(people - FULL_SIZE_TO, 0), SMALLEST_FROM - FULL_SIZE_TO)
    return 1 - (1 - SMALLEST) * over / (SMALLEST_FROM - FULL_SIZE_TO)


def node_size(people: int) -> tuple[float, float]:
    """Return width and height of a person's box in radii of the map."""
    scale = node_scale(people)
    return WIDTH * scale, HEIGHT * scale


class _Floor:
    """What is taken: boxes by the square of a grid their middle is in. The child's own is always taken."""

    def __init__(self, size: tuple[float, float]) -> None:
        self._width, self._height = size
        self._squares: dict[tuple[int, int], list[tuple[float, float]]] = {}
        self._take((0.0, 0.0))

    def _square(self, point: tuple[float, float]) -> tuple[int, int]:
        return int(point[0] // self._width), int(point[1] // self._height)

    def _take(self, point: tuple[float, float]) -> None:
        self._squares.setdefault(self._square(point), []).append(point)

    def take(self, placement: Placement) -> None:
        self._take(to_xy(placement.angle, placement.radius))

    def leave(self, placement: Placement) -> None:
        point = to_xy(placement.angle, placement.radius)
        self._squares[self._square(point)].remove(point)

    def overlap(self, placement: Placement) -> float:
        """Return how deep a box here would lie in its worst neighbour's, 0-1."""
        point = to_xy(placement.angle, placement.radius)
        column, row = self._square(point)
        worst = 0.0
        for near in ((c, r) for c in (column - 1, column, column + 1) for r in (row - 1, row, row + 1)):
            for x, y in self._squares.get(near, ()):
                aside = 1 - abs(point[0] - x) / self._width
                down = 1 - abs(point[1] - y) / self._height
                worst = max(worst, min(aside, down))
        return worst

    def free(self, placement: Placement) -> bool:
        return self.overlap(placement) <= _SLACK


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
    """Return the free place nearest the middle of a cell; the least crowded one where there is no room.

    Raises ``KeyError`` when the template has no such ring or sector.
    """
    found_ring, found_sector = template.ring(ring), template.sector(sector)
    floor = _Floor(node_size(len(taken) + 1))
    for one in taken:
        floor.take(one)
    low, high = radial_room(found_ring)
    start, end = arc(found_sector)
    middle = Placement(((start + end) // 2) % TURN, (low + high) // 2, ring, sector)
    near = sorted((middle, *_grid(found_ring, found_sector)), key=lambda spot: _distance(spot, middle))
    free = next((spot for spot in near if floor.free(spot)), None)
    return replace(free or min(near, key=floor.overlap), pinned=pinned)


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
    done = _tidied(template, placements, everybody, stay=True)
    crowded = _crowded(done)
    if crowded:  # there may be room if those who stand free give way to whoever stands further in
        other = _tidied(template, placements, everybody, stay=False)
        done = other if _crowded(other) < crowded else done
    return {one: done[one] for one in placements}


def _tidied(
    template: MapTemplate, placements: Mapping[Id, Placement], everybody: Sequence[Id], *, stay: bool
) -> dict[Id, Placement]:
    floor = _Floor(node_size(len(placements)))
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
    floor = _Floor(node_size(len(placements)))
    count = 0
    for at in placements.values():
        count += not floor.free(at)
        floor.take(at)
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


def _settle(
    cell: _Cell, placements: Mapping[Id, Placement], done: dict[Id, Placement], floor: _Floor
) -> None:
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
    cell: _Cell, one: Id, placements: Mapping[Id, Placement], done: dict[Id, Placement], floor: _Floor
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


def _packed(cell: _Cell, done: dict[Id, Placement], floor: _Floor) -> bool:
    """Put all of a cell in their order, each at the first free place clockwise; return whether there was room.

    Along the outer side there is most room, so that is tried first.
    """
    for side in (-1, 1):
        clockwise = sorted(_grid(cell.ring, cell.sector), key=_clockwise(cell, side))
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


def _lift(cell: _Cell, done: dict[Id, Placement], floor: _Floor) -> None:
    """Take everybody of a cell off the floor."""
    for one in cell.people:
        if one in done:
            floor.leave(done.pop(one))
