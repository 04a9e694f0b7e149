"""The line round a household on a netværkskort: a convex, rounded outline at a distance from everybody in it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

Point = tuple[float, float]
_STEP: Final = math.radians(15)
_SAME: Final = 1e-9


def hull(points: Iterable[Point], margin: float) -> tuple[Point, ...]:
    """Return the outline, clockwise on screen and closed by its first point; nothing for nobody.

    One member gives a circle, two (or more on a line) a capsule. ``points`` and ``margin`` are in radii of the map.
    """
    corners = _corners(points)
    if not corners:
        return ()
    if len(corners) == 1:
        return _bow(corners[0], margin, 0.0, math.tau)[:-1]
    outline: list[Point] = []
    for at, corner in enumerate(corners):
        before, after = corners[at - 1], corners[(at + 1) % len(corners)]
        begin = _normal(before, corner)
        sweep = (_normal(corner, after) - begin) % math.tau
        outline.extend(_bow(corner, margin, begin, sweep))
    return tuple(outline)


def _corners(points: Iterable[Point]) -> list[Point]:
    """Return the corners of the convex hull (Andrew's monotone chain); those on a line with others are left out."""
    found = sorted(set(points))
    if len(found) < 3:
        return found
    lower = _chain(found)
    upper = _chain(found[::-1])
    return lower[:-1] + upper[:-1]


def _chain(points: list[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= _SAME:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _normal(a: Point, b: Point) -> float:
    """Return the direction out of the hull from the side a-b."""
    return math.atan2(b[1] - a[1], b[0] - a[0]) - math.pi / 2


def _bow(middle: Point, radius: float, begin: float, sweep: float) -> tuple[Point, ...]:
    """Return points of a bow, both ends among them."""
    count = max(1, math.ceil(sweep / _STEP - _SAME))
    turns = (begin + sweep * n / count for n in range(count + 1))
    return tuple((middle[0] + radius * math.cos(t), middle[1] + radius * math.sin(t)) for t in turns)
