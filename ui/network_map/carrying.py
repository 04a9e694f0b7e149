"""Somebody, or the end of a line, in the hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from caseworker_app.domain.ids import Id
from caseworker_app.drawing.display_list import Point
from ui.network_map import hits, saying
from ui.network_map.pointer import Hit, Spot
from ui.network_map.session_base import Selection

if TYPE_CHECKING:
    from ui.network_map.canvas import MapCanvas

_WORDS_ABOVE_PX = 64.0


class Carrying:
    """Lifts, carries and puts down; the map itself changes when it is put down, not before."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._held: Hit | None = None
        self._grip: Point = (0.0, 0.0)

    def know_as(self, stand_in: Id, real: Id) -> None:
        """Call who is carried by her own identity."""
        if self._held is not None and self._held.thing == stand_in:
            self._held = replace(self._held, thing=real)
            self._canvas.item.over.without = real

    def pick_up(self, hit: Hit, at: QPointF) -> None:
        canvas = self._canvas
        scenery, point = canvas.ensure(), canvas.to_mm(at)
        self._held = hit
        spot = scenery.laid.spots.get(hit.thing) if hit.thing is not None else None
        self._grip = (point.x() - spot[0], point.y() - spot[1]) if spot is not None else (0.0, 0.0)
        canvas.name_wanted.emit(None)
        if hit.spot is Spot.HANDLE:
            self._canvas.hand.line_from = replace(canvas.source.selection, relation=None)
        elif hit.thing is not None:
            canvas.source.choose(Selection((hit.thing,)))
            canvas.item.over.without = hit.thing

    def carry(self, at: QPointF) -> None:
        if self._held is None:
            return
        if self._held.spot is Spot.HANDLE:
            self._stretch_line(at)
        else:
            self._carry_person(self._held.thing or b"", at)
        self._canvas.viewport().update()

    def _carry_person(self, person: Id, at: QPointF) -> None:
        canvas = self._canvas
        over, scenery, point = canvas.item.over, canvas.ensure(), canvas.to_mm(at)
        outside = not canvas.viewport().rect().contains(at.toPoint())
        where = None if outside else canvas.hand.place_at(at, self._grip)
        here = (point.x() - self._grip[0], point.y() - self._grip[1])
        over.rings, over.handle = (), None
        over.lifted = scenery.lifted(person, where, here)
        view = scenery.view
        if where is None or view is None:
            over.cell, over.words = None, ""
        else:
            over.cell = hits.cell_path(view.template, where.ring, where.sector)
            over.words = saying.cell_words(view.template, where.ring, where.sector, view.wording)
            over.words_at = (here[0], here[1] - _WORDS_ABOVE_PX / canvas.px)
        canvas.carried.emit(person, at if outside or canvas.over_tray(at) else None)

    def _stretch_line(self, at: QPointF) -> None:
        canvas, start = self._canvas, self._canvas.hand.line_from
        if start is None:
            return
        point = canvas.to_mm(at)
        spot = (0.0, 0.0) if start.child else canvas.scenery.laid.spots.get(start.person or b"", (0.0, 0.0))
        canvas.item.over.link = (spot, (point.x(), point.y()))
        self._canvas.hand.cursor = self._line_target(at).person

    def _line_target(self, at: QPointF) -> Selection:
        """Return whom a line let go at a point would reach."""
        canvas, start = self._canvas, self._canvas.hand.line_from
        point = canvas.to_mm(at)
        near = (point.x(), point.y())
        own = start.person if start is not None else None
        reach = max(1.4 * hits.TARGET_PX / canvas.px, canvas.scenery.measures.disc)
        person = hits.nearest(canvas.scenery, near, reach, own)
        if person is not None:
            return Selection((person,))
        return Selection(child=math.hypot(*near) <= max(reach, canvas.scenery.measures.child))

    def put_down(self, at: QPointF) -> None:
        canvas, held = self._canvas, self._held
        start, grip = self._canvas.hand.line_from, self._grip
        self.put_back()
        if held is None:
            return
        if held.spot is Spot.HANDLE:
            self._canvas.hand.line_from = start
            target = self._line_target(at)
            if target.empty:
                self._canvas.hand.line_from = None
            else:
                canvas.hand.draw_line(target)
        elif held.thing is not None:
            self._let_go(held.thing, at, grip)
        self._canvas.marks.refresh()

    def _let_go(self, person: Id, at: QPointF, grip: Point) -> None:
        canvas = self._canvas
        if canvas.over_tray(at):
            if person in canvas.scenery.laid.spots:
                canvas.source.move(person, None)
            return
        inside = canvas.viewport().rect().contains(at.toPoint())
        where = canvas.hand.place_at(at, grip) if inside else None
        if where is not None:
            canvas.source.move(person, where)

    def put_back(self) -> None:
        over = self._canvas.item.over
        over.lifted = over.without = over.cell = over.link = None
        over.words = ""
        self._held, self._canvas.hand.line_from, self._canvas.hand.cursor = None, None, None
        self._canvas.carried.emit(None, None)
        self._canvas.marks.refresh()
