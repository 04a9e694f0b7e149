"""How big things are on a netværkskort, and where its people and sectors are: lengths in mm, text in points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from caseworker_app.domain.map_polar import to_xy
from caseworker_app.domain.map_template import MapTemplate, Ring, Sector
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import Placement
from caseworker_app.drawing.display_list import Group, Item, Point

MM: Final = 25.4 / 72
CAP: Final = 0.357
"""Half the height of a capital, in em: how far below its middle a text has its baseline."""
SCALE_RADIUS: Final = 74.0
"""The radius (mm) at which names are set in 9.5 points: an A4 page held sideways."""
_FEW, _MANY = 30, 50
_LEAST, _MOST = 0.8, 1.2
_SPARSE: Final = (6, 20)
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Measures:
    """How big everything is on a map of ``radius`` mm. ``unit`` is one at an A4 page; ``crowd`` is 1.2 (few) to 0.8.

    ``disc`` and ``child`` are radii in mm, ``name`` and ``role`` sizes in points, ``wide`` the widest name in mm.
    """

    radius: float
    unit: float
    crowd: float
    disc: float
    child: float
    name: float
    role: float
    wide: float


@lru_cache(maxsize=64)
def measures(radius: float, people: int = 0, boost: float = 1.0) -> Measures:
    """Return the measures of a map of ``radius`` mm with so many people.

    Below 20 they grow, to 120 % at 6; past 30 they shrink, to 80 % at 50.

    ``boost`` makes discs, names and lines larger than they are on a page of their own.
    """
    unit = radius / SCALE_RADIUS * boost
    few = max(0.0, min(1.0, (_SPARSE[1] - people) / (_SPARSE[1] - _SPARSE[0])))
    many = max(0.0, min(1.0, (people - _FEW) / (_MANY - _FEW)))
    crowd = 1.0 + (_MOST - 1.0) * few - (1.0 - _LEAST) * many
    k = unit * crowd
    return Measures(radius, unit, crowd, 4.9 * k, 8.6 * unit * (0.5 + crowd / 2), 9.5 * k, 8.0 * k, 27.0 * k)


def spot(placement: Placement, m: Measures) -> Point:
    """Return where somebody stands, in mm from the middle."""
    x, y = to_xy(placement.angle, placement.radius)
    return x * m.radius, y * m.radius


def hue_at(template: MapTemplate, sector: str) -> str:
    """Return the hue of a sector; of the first when the template has none of that id."""
    return next((s.color for s in template.sectors if s.id == sector), template.sectors[0].color)


def named(part: Ring | Sector, wording: Wording) -> str:
    """Return what a ring or sector is called."""
    return part.child if wording is Wording.CHILD else part.professional


def sector_at(template: MapTemplate, degrees: float) -> Sector:
    """Return the sector at an angle."""
    for sector in template.sectors:
        if sector.start <= degrees < sector.end or sector.start <= degrees + 360 < sector.end:
            return sector
    return template.sectors[0]


def turned(degrees: float, radius: float) -> Point:
    """Return the point so far from the middle at an angle."""
    angle = math.radians(degrees)
    return math.sin(angle) * radius, -math.cos(angle) * radius


def moved(item: Item, x: float, y: float) -> Item:
    """Return an item moved."""
    return Group((item,), (x, y))
