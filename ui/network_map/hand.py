"""What a hand does to the map: choosing, carrying, drawing a line, and the three modes in which taps alone do the same.

Every drag has its taps (WCAG 2.5.7): "Streg" and two people, "Flyt" and a cell, "Gruppe" and some people.
"""

from __future__ import annotations

import math
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_geometry import place
from caseworker_app.domain.map_template import OUTER_EDGE
from caseworker_app.domain.network_map import Placement
from caseworker_app.drawing.display_list import Point
from ui.network_map import hits
from ui.network_map.pointer import Hit, Spot
from ui.network_map.scenery import RADIUS
from ui.network_map.session_base import Selection

if TYPE_CHECKING:
    from ui.network_map.canvas import MapCanvas

_BEYOND = 0.05
"""How far beyond the outermost edge somebody may be let go and is still drawn in, in radii."""


class Mode(Enum):
    """What the next taps do."""

    CHOOSE = auto()
    LINE = auto()
    MOVE = auto()
    GROUP = auto()


class Hand:
    """The :class:`~ui.network_map.pointer.Table` of a :class:`MapCanvas`."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self.mode = Mode.CHOOSE
        self.line_from: Selection | None = None
        """The end that a line is being drawn from: one person, or the child."""
        self.cursor: Id | None = None
        """Who the keyboard is at, when it is not who is chosen."""
        self.busy_field = False
        """Whether a name is being typed on the map: the next tap on the ground ends that."""
        self.child_cursor = False
        """Whether the keyboard is at the child."""

    # looking

    def hit(self, at: QPointF, *, touch: bool) -> Hit:
        """Return what is under a point of the view."""
        canvas = self._canvas
        scenery, point = canvas.ensure(), canvas.to_mm(at)
        return hits.under(scenery, (point.x(), point.y()), canvas.px, self._canvas.marks.handle, touch=touch)

    def hover(self, at: QPointF) -> None:
        """Show by the pointer's shape what can be taken."""
        spot = self.hit(at, touch=False).spot
        shape = Qt.CursorShape.ArrowCursor if spot is Spot.GROUND else Qt.CursorShape.PointingHandCursor
        self._canvas.viewport().setCursor(shape)

    def know_as(self, stand_in: Id, real: Id) -> None:
        """Call somebody new by her own identity."""
        if self.cursor == stand_in:
            self.cursor = real
        self._canvas.carrying.know_as(stand_in, real)

    # modes

    def turn(self, mode: Mode) -> None:
        """Begin a mode; the same again, or ``CHOOSE``, ends it."""
        canvas = self._canvas
        self.mode = Mode.CHOOSE if mode is self.mode or canvas.source.locked else mode
        chosen = canvas.source.selection
        self.line_from = None
        if self.mode is Mode.LINE and (chosen.person is not None or (chosen.child and not chosen.people)):
            self.line_from = chosen
        if self.mode is Mode.MOVE and chosen.person is None:
            self.mode = Mode.CHOOSE
        canvas.mode_changed.emit(self.mode)
        self._canvas.marks.refresh()

    def escape(self) -> bool:
        """Let go of the most passing thing: what is carried, the mode, what is chosen. Return whether there was any."""
        canvas = self._canvas
        if canvas.pointer.cancel():
            return True
        if self.mode is not Mode.CHOOSE:
            self.turn(Mode.CHOOSE)
            return True
        if not canvas.source.selection.empty:
            canvas.source.choose(Selection())
            return True
        return False

    # tapping

    def tap(self, hit: Hit, at: QPointF, *, more: bool) -> None:
        if self.mode is Mode.LINE:
            self._tap_line_end(hit)
        elif self.mode is Mode.MOVE:
            self._tap_place(at)
        elif self.mode is Mode.GROUP or more:
            self._tap_more(hit)
        else:
            self._tap(hit, at)

    def _tap(self, hit: Hit, at: QPointF) -> None:
        canvas, chosen = self._canvas, self._canvas.source.selection
        self.cursor = None
        if hit.spot in (Spot.PERSON, Spot.CHIP) and hit.thing is not None:
            if chosen.person == hit.thing:
                canvas.card_wanted.emit(hit.thing)
            canvas.source.choose(Selection((hit.thing,)))
        elif hit.spot is Spot.CHILD:
            canvas.source.choose(Selection(child=True))
        elif hit.spot is Spot.HANDLE:
            self.turn(Mode.LINE)
        elif hit.spot is Spot.LINE:
            canvas.source.choose(Selection(relation=hit.thing))
            canvas.line_wanted.emit(hit.thing)
        elif not chosen.empty:
            canvas.source.choose(Selection())
            canvas.name_wanted.emit(None)
        elif not canvas.source.locked and self.place_at(at) is not None:
            canvas.name_wanted.emit(at)
        elif self.busy_field:
            canvas.name_wanted.emit(None)

    def _tap_more(self, hit: Hit) -> None:
        chosen = self._canvas.source.selection
        if hit.spot in (Spot.PERSON, Spot.CHIP) and hit.thing is not None:
            self.mark(hit.thing)
        elif hit.spot is Spot.CHILD:
            self._canvas.source.choose(replace(chosen, child=not chosen.child, relation=None))

    def mark(self, person: Id) -> None:
        """Add somebody to what is chosen, or take her out."""
        chosen = self._canvas.source.selection
        people = tuple(one for one in chosen.people if one != person)
        if len(people) == len(chosen.people):
            people = (*people, person)
        self._canvas.source.choose(replace(chosen, people=people, relation=None))

    def _tap_line_end(self, hit: Hit) -> None:
        end = self._end(hit)
        if end is None or end == self.line_from:
            self.turn(Mode.CHOOSE)
        elif self.line_from is None:
            self.line_from = end
            self._canvas.source.choose(end)
        else:
            self.draw_line(end)

    def _end(self, hit: Hit) -> Selection | None:
        if hit.spot is Spot.CHILD:
            return Selection(child=True)
        in_sight = hit.spot is Spot.PERSON and hit.thing is not None
        return Selection((hit.thing,)) if in_sight and hit.thing is not None else None

    def draw_line(self, end: Selection) -> None:
        """Draw the line that was begun to another end, and ask of what kind it is."""
        canvas, start = self._canvas, self.line_from
        self.turn(Mode.CHOOSE)
        if start is not None and start != end:
            line = canvas.source.add_relation(start.person, end.person)
            if line is not None:
                canvas.source.choose(Selection(relation=line))
                canvas.line_wanted.emit(line)

    def _tap_place(self, at: QPointF) -> None:
        canvas = self._canvas
        person, where = canvas.source.selection.person, self.place_at(at)
        self.turn(Mode.CHOOSE)
        if person is not None and where is not None:
            canvas.source.move(person, where)

    def place_at(self, at: QPointF, off: Point = (0.0, 0.0)) -> Placement | None:
        """Return where somebody let go at a point of the view would stand; ``None`` off the map."""
        canvas = self._canvas
        view = canvas.ensure().view
        if view is None:
            return None
        point = canvas.to_mm(at)
        x, y = (point.x() - off[0]) / RADIUS, (point.y() - off[1]) / RADIUS
        if math.hypot(x, y) > OUTER_EDGE + _BEYOND:
            return None
        return place(view.template, x, y)

    def held(self, hit: Hit, at: QPointF) -> None:
        canvas = self._canvas
        if hit.spot is Spot.HANDLE:
            return
        if hit.spot in (Spot.PERSON, Spot.CHIP) and hit.thing not in canvas.source.selection.people:
            canvas.source.choose(Selection((hit.thing,) if hit.thing is not None else ()))
        elif hit.spot is Spot.CHILD:
            canvas.source.choose(Selection(child=True))
        elif hit.spot is Spot.LINE:
            canvas.source.choose(Selection(relation=hit.thing))
        canvas.menu_wanted.emit(hit, at)

    # carrying

    def may_drag(self, hit: Hit) -> bool:
        return not self._canvas.source.locked

    def pan(self, by: QPointF) -> None:
        self._canvas.name_wanted.emit(None)
        self._canvas.pan_by(by)

    def zoom(self, factor: float, at: QPointF) -> None:
        self._canvas.zoom_by(factor, at)

    def pick_up(self, hit: Hit, at: QPointF) -> None:
        self._canvas.carrying.pick_up(hit, at)

    def carry(self, at: QPointF) -> None:
        self._canvas.carrying.carry(at)

    def put_down(self, at: QPointF) -> None:
        self._canvas.carrying.put_down(at)

    def put_back(self) -> None:
        self._canvas.carrying.put_back()

    @property
    def busy(self) -> bool:
        """Whether taps do something else than choosing."""
        return self.mode is not Mode.CHOOSE
