"""Places on a netværkskort: angle and radius, the cell they fall in, and how a finger or a key moves somebody.

Angles are tenths of a degree (0 upwards, clockwise, 0-3599), radii thousandths of the map's radius; x goes right and y
down, in radii of the map, the child at (0, 0). Borders belong to the outer ring and to the sector that begins there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from caseworker_app.domain.map_template import OUTER_EDGE, MapTemplate, Ring, Sector
from caseworker_app.domain.network_map import Placement

TURN: Final = 3600
"""A whole turn in tenths of a degree."""
UNIT: Final = 1000
"""The map's radius in the unit of a placement's radius."""
FARTHEST: Final = round(OUTER_EDGE * UNIT)
NEAREST: Final = 300
"""Nobody is put nearer to the middle than this: so far out her disc is clear of the child's, and a line's kind is seen."""
MAGNET: Final = 0.018
"""How far from a border somebody is held, in radii of the map: 6 px on a map of 330 px radius."""


class Placed(Protocol):
    """Somebody who may have a place on the map."""

    @property
    def placement(self) -> Placement | None:
        """Where she stands; ``None`` in the tray."""


P = TypeVar("P", bound=Placed)


def to_xy(angle: int, radius: int) -> tuple[float, float]:
    """Return the point of an angle and a radius."""
    turned = math.radians(angle / 10)
    return radius / UNIT * math.sin(turned), -radius / UNIT * math.cos(turned)


def to_polar(x: float, y: float) -> tuple[int, int]:
    """Return angle and radius of a point; the middle itself is (0, 0)."""
    radius = round(math.hypot(x, y) * UNIT)
    if not radius:
        return 0, 0
    return round(math.degrees(math.atan2(x, -y)) * 10) % TURN, radius


def bounds(ring: Ring) -> tuple[int, int]:
    """Return where a ring begins and ends, in thousandths."""
    return round(ring.inner * UNIT), round(ring.outer * UNIT)


def arc(sector: Sector) -> tuple[int, int]:
    """Return where a sector begins and ends, in tenths of a degree; the end may pass a turn."""
    return round(sector.start * 10), round(sector.end * 10)


def within(angle: int, sector: Sector) -> int | None:
    """Return how far into a sector an angle is, in tenths of a degree; ``None`` when it is not in it."""
    start, end = arc(sector)
    along = (angle - start) % TURN
    return along if along < end - start else None


def cell_at(template: MapTemplate, angle: int, radius: int) -> tuple[str, str]:
    """Return ids of the ring and the sector a place falls in; what is beyond the map is in its outermost ring."""
    ring = next((one for one in template.rings if radius < bounds(one)[1]), template.rings[-1])
    sector = next(one for one in template.sectors if within(angle % TURN, one) is not None)
    return ring.id, sector.id


def place(
    template: MapTemplate, x: float, y: float, *, pinned: bool = False, magnet: float = MAGNET
) -> Placement:
    """Return where somebody stands who is let go at a point: the cell under it, a little off its borders.

    What is let go beyond the map is drawn in to its edge, what is let go on the child is put beside her.
    """
    angle, radius = to_polar(x, y)
    ring_id, sector_id = cell_at(template, angle, radius)
    ring, sector = template.ring(ring_id), template.sector(sector_id)
    radius = _held(radius, *radial_room(ring, magnet))
    low, high = angular_room(sector, radius, magnet)
    start = arc(sector)[0]
    angle = (start + _held((angle - start) % TURN, low, high)) % TURN
    return Placement(angle, radius, ring_id, sector_id, pinned)


def radial_room(ring: Ring, magnet: float = MAGNET) -> tuple[int, int]:
    """Return the smallest and largest radius somebody of a ring is put at."""
    inner, outer = bounds(ring)
    keep = min(round(magnet * UNIT), (outer - inner) // 4)
    low = max(inner + keep, NEAREST) if inner < NEAREST else inner + keep
    high = outer if outer >= FARTHEST else outer - keep
    return min(low, high), high


def angular_room(sector: Sector, radius: int, magnet: float = MAGNET) -> tuple[int, int]:
    """Return the smallest and largest angle into a sector at a radius, in tenths of a degree from its start."""
    start, end = arc(sector)
    if end - start >= TURN:
        return 0, TURN - 1
    share = min(1.0, magnet * UNIT / max(radius, 1))
    keep = min(math.ceil(math.degrees(math.asin(share)) * 10), (end - start) // 4)
    return keep, end - start - max(keep, 1)


def _held(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))


class Nudge(StrEnum):
    """The four ways an arrow key moves somebody."""

    CLOCKWISE = "clockwise"
    BACK = "back"
    OUT = "out"
    IN = "in"


_ANGLE, _FINE_ANGLE = 50, 10
_RADIUS, _FINE_RADIUS = 30, 6


def step(
    template: MapTemplate, placement: Placement, nudge: Nudge, *, fine: bool = False, magnet: float = MAGNET
) -> Placement:
    """Return where an arrow key moves somebody: along the arc or in and out, over a border in one step."""
    if nudge in (Nudge.CLOCKWISE, Nudge.BACK):
        return _turned(template, placement, nudge is Nudge.CLOCKWISE, fine, magnet)
    out = nudge is Nudge.OUT
    by = (_FINE_RADIUS if fine else _RADIUS) * (1 if out else -1)
    at = [ring.id for ring in template.rings].index(placement.ring)
    low, high = radial_room(template.rings[at], magnet)
    radius = placement.radius + by
    if out and radius > high and at + 1 < len(template.rings):
        at += 1
        radius = max(radius, radial_room(template.rings[at], magnet)[0])
    elif not out and radius < low and at > 0:
        at -= 1
        radius = min(radius, radial_room(template.rings[at], magnet)[1])
    ring = template.rings[at]
    moved = replace(placement, radius=_held(radius, *radial_room(ring, magnet)), ring=ring.id)
    return _off_sides(template, moved, magnet)


def _turned(
    template: MapTemplate, placement: Placement, clockwise: bool, fine: bool, magnet: float
) -> Placement:
    by = (_FINE_ANGLE if fine else _ANGLE) * (1 if clockwise else -1)
    at = [sector.id for sector in template.sectors].index(placement.sector)
    sector = template.sectors[at]
    start, end = arc(sector)
    along = (placement.angle - start) % TURN + by
    low, high = angular_room(sector, placement.radius, magnet)
    if end - start < TURN and not low <= along <= high:
        sector = template.sectors[(at + (1 if clockwise else -1)) % len(template.sectors)]
        start = arc(sector)[0]
        low, high = angular_room(sector, placement.radius, magnet)
        along = low if clockwise else high
    return replace(placement, angle=(start + along) % TURN, sector=sector.id)


def _off_sides(template: MapTemplate, placement: Placement, magnet: float) -> Placement:
    """Return a place held off its sector's sides, which are nearer the nearer the middle is."""
    sector = template.sector(placement.sector)
    start = arc(sector)[0]
    along = _held((placement.angle - start) % TURN, *angular_room(sector, placement.radius, magnet))
    return replace(placement, angle=(start + along) % TURN)


def reading_order(people: Iterable[P]) -> tuple[P, ...]:
    """Return people from the innermost ring to the outermost, each ring clockwise; the tray last, as it was."""
    everybody = tuple(people)
    nearest: dict[str, int] = {}
    for one in everybody:
        if one.placement is not None:
            ring = one.placement.ring
            nearest[ring] = min(nearest.get(ring, FARTHEST), one.placement.radius)

    def key(one: P) -> tuple[int, int, int]:
        at = one.placement
        return (FARTHEST + 1, 0, 0) if at is None else (nearest[at.ring], at.angle, at.radius)

    return tuple(sorted(everybody, key=key))
