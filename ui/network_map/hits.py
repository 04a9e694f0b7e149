"""What lies under a point of the map, and the shapes of its cells. Everything in mm from the middle."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_template import OUTER_EDGE, MapTemplate
from caseworker_app.domain.map_view import SeenRelation
from caseworker_app.drawing.display_list import Point
from caseworker_app.drawing.map_lines import line_route
from ui.network_map.pointer import Hit, Spot
from ui.network_map.scenery import RADIUS, Scenery

TARGET_PX = 22.0
"""Half of the least target, 44 px."""
_LINE_PX = 11.0
HANDLE_PX = 13.0


def under(scenery: Scenery, at: Point, px: float, handle: Point | None, *, touch: bool) -> Hit:
    """Return what is under a point; ``px`` is how many px a mm has. Who is nearest wins, people before lines."""
    reach = TARGET_PX / px
    if handle is not None and math.dist(at, handle) <= reach:
        return Hit(Spot.HANDLE)
    person = nearest(scenery, at, max(reach, scenery.measures.disc))
    if person is not None:
        return Hit(Spot.PERSON, person)
    if math.hypot(*at) <= max(reach, scenery.measures.child):
        return Hit(Spot.CHILD)
    line = _line(scenery, at, (TARGET_PX if touch else _LINE_PX) / px)
    return Hit(Spot.GROUND) if line is None else Hit(Spot.LINE, line)


def nearest(scenery: Scenery, at: Point, reach: float, but: Id | None = None) -> Id | None:
    """Return who stands nearest to a point within ``reach``, if anybody."""
    best, found = reach, None
    x, y = at
    for who, (px, py) in scenery.laid.spots.items():
        if abs(px - x) <= best and abs(py - y) <= best and who != but:
            far = math.hypot(px - x, py - y)
            if far <= best:
                best, found = far, who
    return found


def _line(scenery: Scenery, at: Point, reach: float) -> Id | None:
    view = scenery.view
    best, found = reach, None
    for line in view.relations if view is not None else ():
        if line.id in scenery.laid.bends:
            far = min(_away(at, a, b) for a, b in pairwise(route_of(scenery, line)))
            if far < best:
                best, found = far, line.id
    return found


def route_of(scenery: Scenery, line: SeenRelation) -> tuple[Point, ...]:
    """Return the points a line goes through, from middle to middle."""
    spots = scenery.laid.spots
    start = (0.0, 0.0) if line.a is None else spots[line.a]
    end = (0.0, 0.0) if line.b is None else spots[line.b]
    return line_route(start, end, scenery.laid.bends[line.id])


def _away(at: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    long = dx * dx + dy * dy
    t = 0.0 if not long else min(1.0, max(0.0, ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / long))
    return math.hypot(at[0] - a[0] - t * dx, at[1] - a[1] - t * dy)


@lru_cache(maxsize=128)
def _cell(inner: float, outer: float, start: float, end: float) -> QPainterPath:
    path = QPainterPath()
    sweep = end - start
    big = QRectF(-outer, -outer, 2 * outer, 2 * outer)
    small = QRectF(-inner, -inner, 2 * inner, 2 * inner)
    path.arcMoveTo(big, 90 - start)
    path.arcTo(big, 90 - start, -sweep)
    if inner > 0:
        path.arcTo(small, 90 - end, sweep)
    else:
        path.lineTo(0.0, 0.0)
    path.closeSubpath()
    return path


def cell_path(template: MapTemplate, ring: str, sector: str) -> QPainterPath:
    """Return the outline of a cell."""
    found, part = template.ring(ring), template.sector(sector)
    outer = min(found.outer, OUTER_EDGE)
    return _cell(found.inner * RADIUS, outer * RADIUS, part.start, part.end)


def cell_point(at: QPointF) -> tuple[float, float]:
    """Return a point in radii of the map."""
    return at.x() / RADIUS, at.y() / RADIUS
