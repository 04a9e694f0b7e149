"""The rings around who is chosen, the handle a line is drawn from, and the line that is lit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from caseworker_app.drawing.display_list import Point
from ui.network_map import hits
from ui.network_map.session_base import Selection

if TYPE_CHECKING:
    from ui.network_map.canvas import MapCanvas

_HANDLE_AWAY_PX = 21.0


class Marks:
    """What lies over the map while nothing is carried."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self.handle: Point | None = None
        """Where the handle is, in mm."""

    def refresh(self) -> None:
        """Lay rings, handle and lit line anew after the map or the choice has changed."""
        canvas = self._canvas
        hand, over, chosen = canvas.hand, canvas.item.over, canvas.source.selection
        spots, m = canvas.scenery.laid.spots, canvas.scenery.measures
        ring, middle = m.disc + 3.4 / canvas.px + 0.6 * m.unit, m.child + 2.0 * m.unit
        rings = [(spots[one], ring, False) for one in chosen.people if one in spots]
        if chosen.child:
            rings.append(((0.0, 0.0), middle, False))
        if hand.child_cursor:
            rings.append(((0.0, 0.0), middle + 1.1 * m.unit, True))
        if hand.cursor is not None and hand.cursor in spots:
            rings.append((spots[hand.cursor], ring + 1.1 * m.unit, True))
        over.rings = tuple(rings)
        self.handle = None if over.lifted is not None else self._handle_at(chosen)
        over.handle = None if self.handle is None else (self.handle, hits.HANDLE_PX / canvas.px)
        over.route = self._route(chosen)
        canvas.viewport().update()

    def _handle_at(self, chosen: Selection) -> Point | None:
        canvas = self._canvas
        if canvas.source.locked or canvas.hand.busy:
            return None
        m = canvas.scenery.measures
        if chosen.child and not chosen.people:
            return _beside((0.0, 0.0), m.child + _HANDLE_AWAY_PX / canvas.px)
        spot = canvas.scenery.laid.spots.get(chosen.person) if chosen.person is not None else None
        if spot is None:
            return None
        away = m.disc + _HANDLE_AWAY_PX / canvas.px
        return _freest(spot, away, [*canvas.scenery.laid.spots.values(), (0.0, 0.0)])

    def _route(self, chosen: Selection) -> QPainterPath | None:
        scenery = self._canvas.scenery
        view = scenery.view
        line = (
            next((r for r in view.relations if r.id == chosen.relation), None) if view is not None else None
        )
        if line is None or line.id not in scenery.laid.bends:
            return None
        points = hits.route_of(scenery, line)
        path = QPainterPath(QPointF(*points[0]))
        for point in points[1:]:
            path.lineTo(*point)
        return path


def _beside(spot: Point, away: float, degrees: float = 50.0) -> Point:
    """Return a point beside another, up and to the right unless another way is said."""
    turned = math.radians(degrees)
    return spot[0] + away * math.sin(turned), spot[1] - away * math.cos(turned)


def _freest(spot: Point, away: float, others: list[Point]) -> Point:
    """Return the point beside somebody that is farthest from everybody else; up and to the right if it is free."""

    def room(point: Point) -> float:
        return min((math.dist(point, one) for one in others if one != spot), default=away)

    points = [_beside(spot, away, 50.0 + turn) for turn in (0, -100, 80, 180)]
    if room(points[0]) > 1.6 * away:
        return points[0]
    return max(points, key=room)
