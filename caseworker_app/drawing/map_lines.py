"""The lines and households of a netværkskort: six kinds of line told apart by form alone, and a band around a home.

Points are millimetres from the map's middle. One thick line is strong, never a double one (that means consanguinity in a
pedigree). Colour never carries the kind.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from caseworker_app.domain.network_map import Flow, Quality
from caseworker_app.drawing.display_list import Circle, Item, Line, Point, Polygon, Polyline, Rect, Stroke
from caseworker_app.drawing.map_parts import Box, Measures
from caseworker_app.drawing.map_theme import MapTheme

_STEPS: Final = 14
STRONG, ORDINARY, THIN = 1.9, 0.68, 0.55
"""Widths in mm on A4: the strong line is 2.8 times the ordinary one."""
_WAVE, _SWING = 2.3, 1.15
"""Length of one zig and how far it swings to each side, mm."""


def line_items(
    start: Point,
    end: Point,
    quality: Quality,
    flow: Flow | None,
    theme: MapTheme,
    m: Measures,
    *,
    gaps: tuple[float, float] = (0.0, 0.0),
    bend: float = 0.0,
) -> tuple[Item, ...]:
    """Return a line from ``start`` to ``end``; ``gaps`` are left free at its ends (mm), ``bend`` is how far its middle
    stands to the side. Two that stand on each other have no line."""
    u = m.unit * (0.5 + m.crowd / 2)
    route = line_route(start, end, bend)
    whole = _length(route)
    head = 2.6 * u
    arrows = (flow in (Flow.TO_A, Flow.BOTH), flow in (Flow.TO_B, Flow.BOTH))
    first, last = gaps[0], whole - gaps[1]
    if last - first < 1.0:
        return ()
    found: list[Item] = []
    tip = max(0.3, STRONG / 2) * u if quality is Quality.STRONG else 0.0
    for there, at, away in ((arrows[0], first, 1.0), (arrows[1], last, -1.0)):
        if there and last - first > 3 * head:
            found.append(_arrow(route, at, away, head + tip, theme.line))
    if found:
        first += (head + tip) * 0.8 * arrows[0]
        last -= (head + tip) * 0.8 * arrows[1]
    return (*_drawn(_cut(route, first, last), quality, theme.line, u), *found)


def line_route(start: Point, end: Point, bend: float = 0.0) -> tuple[Point, ...]:
    """Return the points a line goes through: two, or a curve of so many short steps."""
    if not bend:
        return (start, end)
    (x1, y1), (x2, y2) = start, end
    long = math.dist(start, end) or 1.0
    cx = (x1 + x2) / 2 - (y2 - y1) / long * 2 * bend
    cy = (y1 + y2) / 2 + (x2 - x1) / long * 2 * bend
    found = []
    for step in range(_STEPS + 1):
        t = step / _STEPS
        a, b, c = (1 - t) * (1 - t), 2 * t * (1 - t), t * t
        found.append((a * x1 + b * cx + c * x2, a * y1 + b * cy + c * y2))
    return tuple(found)


def _drawn(route: tuple[Point, ...], quality: Quality, color: str, u: float) -> tuple[Item, ...]:
    match quality:
        case Quality.STRONG:
            return (_through(route, Stroke(color, STRONG * u)),)
        case Quality.ORDINARY:
            return (_through(route, Stroke(color, ORDINARY * u)),)
        case Quality.WEAK:
            return (_through(route, Stroke(color, THIN * u, (2.4 * u, 1.9 * u))),)
        case Quality.UNSETTLED:
            return (_through(route, Stroke(color, 0.95 * u, (0.01, 2.1 * u), round_ends=True)),)
        case Quality.STRAINED:
            return (Polyline(_zigzag(route, u), Stroke(color, THIN * u, round_ends=True)),)
        case Quality.BROKEN:
            return _broken(route, color, u)


def _through(route: tuple[Point, ...], stroke: Stroke) -> Item:
    return Line(route[0], route[1], stroke) if len(route) == 2 else Polyline(route, stroke)


def _zigzag(route: tuple[Point, ...], u: float) -> tuple[Point, ...]:
    """Return a route that swings from side to side, with a short straight piece at each end."""
    whole = _length(route)
    waves = max(2, round((whole - 2 * u) / (_WAVE * u)))
    lead = min(1.0 * u, whole * 0.1)
    step = (whole - 2 * lead) / waves
    found = [route[0], _at(route, lead)[0]]
    for number in range(waves):
        (x, y), (dx, dy) = _at(route, lead + (number + 0.5) * step)
        swing = _SWING * u * (1 if number % 2 == 0 else -1)
        found.append((x - dy * swing, y + dx * swing))
    return (*found, _at(route, whole - lead)[0], route[-1])


def _broken(route: tuple[Point, ...], color: str, u: float) -> tuple[Item, ...]:
    """Return a line with a gap in its middle, and two strokes across the gap."""
    whole = _length(route)
    half = min(1.7 * u, whole * 0.3)
    pen = Stroke(color, ORDINARY * u)
    found: list[Item] = [
        _through(_cut(route, 0.0, whole / 2 - half), pen),
        _through(_cut(route, whole / 2 + half, whole), pen),
    ]
    for side in (-0.75 * u, 0.75 * u):
        (x, y), (dx, dy) = _at(route, whole / 2 + side)
        sx, sy = (dx * 0.45 - dy * 0.9) * 2.3 * u, (dy * 0.45 + dx * 0.9) * 2.3 * u
        found.append(Line((x - sx, y - sy), (x + sx, y + sy), Stroke(color, ORDINARY * u, round_ends=True)))
    return tuple(found)


def _arrow(route: tuple[Point, ...], at: float, away: float, head: float, color: str) -> Item:
    (x, y), (dx, dy) = _at(route, at)
    dx, dy = dx * away, dy * away
    bx, by, wide = x + dx * head, y + dy * head, head * 0.55
    return Polygon(((x, y), (bx - dy * wide, by + dx * wide), (bx + dy * wide, by - dx * wide)), None, color)


def _length(route: Sequence[Point]) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(route))


def _at(route: Sequence[Point], along: float) -> tuple[Point, Point]:
    """Return the point so far along a route, and the direction there."""
    left = along
    for number, (a, b) in enumerate(pairwise(route)):
        long = math.dist(a, b)
        if left <= long or number == len(route) - 2:
            long = long or 1.0
            dx, dy = (b[0] - a[0]) / long, (b[1] - a[1]) / long
            return (a[0] + dx * left, a[1] + dy * left), (dx, dy)
        left -= long
    return route[-1], (1.0, 0.0)


def _cut(route: tuple[Point, ...], first: float, last: float) -> tuple[Point, ...]:
    """Return the part of a route between two lengths along it."""
    found = [_at(route, first)[0]]
    along = 0.0
    for a, b in pairwise(route):
        along += math.dist(a, b)
        if first < along < last - 0.01:
            found.append(b)
    if len(route) == 2:
        found = found[:1]
    return (*found, _at(route, last)[0])


# --- households -------------------------------------------------------------------------------------------------


def hull_items(
    boxes: Sequence[Box],
    theme: MapTheme,
    m: Measures,
    *,
    child: bool = False,
) -> tuple[Item, ...]:
    """Return a band around those who belong together, and nobody else.

    ``boxes`` are the rooms of the members (disc and words) from the map's middle; ``child`` takes the middle in. The
    band is a room around each member and a neck along the shortest way between them, so it holds one, two or many. It
    is laid in two: the whole in the colour of its edge, then all of it again a little smaller in that of its ground.
    """
    u = m.unit
    rooms: list[Box] = [_grown(box, 1.5 * u) for box in boxes]
    centers: list[Point] = [((b[0] + b[2]) / 2, b[1] + m.disc) for b in boxes]
    if child:
        centers.append((0.0, 0.0))
    if not centers:
        return ()
    necks = _tree(centers)
    found: list[Item] = []
    for color, more in ((theme.hull, 0.42 * u), (theme.hull_ground, 0.0)):
        pen = Stroke(color, 4.6 * u + 2 * more, round_ends=True)
        found += [Line(a, b, pen) for a, b in necks]
        for box in rooms:
            left, top, right, foot = _grown(box, more)
            found.append(Rect(left, top, right - left, foot - top, None, color, 3.6 * u + more))
        if child:
            found.append(Circle((0.0, 0.0), m.child + 2.6 * u + more, None, color))
    return tuple(found)


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _tree(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Return the shortest lines that hold all points together (Prim)."""
    inside, outside = [points[0]], list(points[1:])
    found = []
    while outside:
        long, a, at = min((math.dist(a, b), a, n) for a in inside for n, b in enumerate(outside))
        b = outside.pop(at)
        inside.append(b)
        if long:
            found.append((a, b))
    return found
