"""The keyboard on the map: everything a hand can do, without one.

Tab goes from person to person, from the innermost ring outwards and clockwise. 1-4 and 5 put the one chosen in a ring (5
is outside), a sector's letter in a sector, arrows along the arc and in and out, with Shift a little. R draws a line, G a
household, Space chooses several, Enter opens the card, Backspace puts back in the tray, Delete takes off the map. Nothing
chosen: arrows push the map. + - 0 stretch it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_geometry import Nudge, cell_centre, reading_order, step
from caseworker_app.domain.map_view import MapView, SeenPerson
from caseworker_app.domain.network_map import Placement
from ui.network_map.hand import Mode
from ui.network_map.session_base import Selection
from ui.network_map.stage import STEP

if TYPE_CHECKING:
    from ui.network_map.canvas import MapCanvas

Key = Qt.Key
_ARROWS = {
    Key.Key_Right: Nudge.CLOCKWISE,
    Key.Key_Left: Nudge.BACK,
    Key.Key_Up: Nudge.OUT,
    Key.Key_Down: Nudge.IN,
}
_PUSH_PX = 48.0
_PUSH = {
    Key.Key_Right: QPointF(-_PUSH_PX, 0),
    Key.Key_Left: QPointF(_PUSH_PX, 0),
    Key.Key_Up: QPointF(0, _PUSH_PX),
    Key.Key_Down: QPointF(0, -_PUSH_PX),
}
_ENTER = (Key.Key_Return, Key.Key_Enter)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Keys:
    """Turns keys into what a :class:`MapCanvas` and its source can do."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._typed = ""

    def press(self, event: QKeyEvent) -> bool:
        """Answer a key; return whether it was one of ours."""
        canvas, key = self._canvas, event.key()
        if key == Key.Key_Escape:
            return canvas.hand.escape()
        view = canvas.source.view
        if view is None or event.modifiers() & _COMMANDS:
            return False
        if canvas.hand.mode is Mode.LINE:
            return self._choose_end(view, event)
        return self._look(event) or self._choose(view, event) or self._change(view, event)

    def _look(self, event: QKeyEvent) -> bool:
        canvas, key = self._canvas, event.key()
        if key in (Key.Key_Plus, Key.Key_Equal):
            canvas.zoom_by(STEP)
        elif key in (Key.Key_Minus, Key.Key_Underscore):
            canvas.zoom_by(1 / STEP)
        elif key == Key.Key_0:
            canvas.fit()
        elif key in _PUSH and canvas.source.selection.empty:
            canvas.pan_by(_PUSH[Key(key)])
        else:
            return False
        return True

    # going about

    def order(self, view: MapView) -> tuple[SeenPerson, ...]:
        """Return those on the map as the keyboard goes through them."""
        return reading_order(view.placed)

    def tab(self, forwards: bool) -> bool:
        """Go to the next person; return whether there was one."""
        canvas = self._canvas
        view = canvas.source.view
        if view is None or canvas.hand.mode is Mode.LINE:
            return view is not None and self._next_end(view, 1 if forwards else -1)
        people = [one.id for one in self.order(view)]
        here = canvas.hand.cursor or canvas.source.selection.person
        at = people.index(here) if here in people else (-1 if forwards else len(people))
        at += 1 if forwards else -1
        if not 0 <= at < len(people):
            return False
        self._go(people[at])
        return True

    def _go(self, person: Id) -> None:
        canvas = self._canvas
        if len(canvas.source.selection.people) > 1 or canvas.hand.mode is Mode.GROUP:
            canvas.hand.cursor = person
            canvas.marks.refresh()
        else:
            canvas.hand.cursor = person
            canvas.source.choose(Selection((person,)))
        spot = canvas.ensure().laid.spots.get(person)
        if spot is not None:
            canvas.show_point(QPointF(*spot))

    def _choose(self, view: MapView, event: QKeyEvent) -> bool:
        canvas, key = self._canvas, event.key()
        chosen = canvas.source.selection
        if key in _ENTER and chosen.person is not None:
            canvas.card_wanted.emit(chosen.person)
        elif key in _ENTER and chosen.relation is not None:
            canvas.line_wanted.emit(chosen.relation)
        elif key == Key.Key_Space:
            self._mark(view)
        elif key == Key.Key_Home:
            canvas.source.choose(Selection(child=True))
        elif key == Key.Key_Menu and not chosen.empty:
            self._menu(chosen)
        else:
            return False
        return True

    def _mark(self, view: MapView) -> None:
        """Begin to choose several, or take one in or out."""
        hand = self._canvas.hand
        if hand.mode is not Mode.GROUP:
            hand.cursor = hand.cursor or self._canvas.source.selection.person
            hand.turn(Mode.GROUP)
        elif hand.cursor is not None:
            hand.mark(hand.cursor)

    def _menu(self, chosen: Selection) -> None:
        from ui.network_map.pointer import Hit, Spot

        canvas = self._canvas
        at = canvas.person_px(chosen.person) if chosen.person is not None else None
        hit = Hit(Spot.CHILD) if chosen.child else Hit(Spot.PERSON, chosen.person)
        if chosen.relation is not None:
            hit = Hit(Spot.LINE, chosen.relation)
        canvas.menu_wanted.emit(hit, at or QPointF(canvas.viewport().rect().center()))

    # changing

    def _change(self, view: MapView, event: QKeyEvent) -> bool:
        canvas, key = self._canvas, event.key()
        chosen = canvas.source.selection
        if canvas.source.locked:
            return False
        if key == Key.Key_R:
            self._typed = ""
            canvas.hand.turn(Mode.LINE)
            return True
        if chosen.relation is not None and key in (Key.Key_Delete, Key.Key_Backspace):
            canvas.source.remove_relation(chosen.relation)
            return True
        one = next((p for p in view.people if p.id == chosen.person), None)
        return one is not None and self._move(view, one, event)

    def _move(self, view: MapView, one: SeenPerson, event: QKeyEvent) -> bool:
        canvas, key = self._canvas, event.key()
        where = self._cell(view, one, event)
        if where is None and key in _ARROWS and one.placement is not None:
            fine = bool(event.modifiers() & _SHIFT)
            where = step(view.template, one.placement, _ARROWS[Key(key)], fine=fine)
        if where is not None:
            if where != one.placement:
                canvas.source.move(one.id, where)
            return True
        if key == Key.Key_Backspace and one.placement is not None:
            canvas.source.move(one.id, None)
        elif key == Key.Key_Delete:
            canvas.source.remove_person(one.id)
        else:
            return False
        return True

    def _cell(self, view: MapView, one: SeenPerson, event: QKeyEvent) -> Placement | None:
        """Return the place a ring's number or a sector's letter sends somebody to."""
        template, letter = view.template, event.text().upper()
        ring = sector = ""
        if letter.isdigit() and 0 < int(letter) <= len(template.rings):
            ring = template.rings[int(letter) - 1].id
        else:
            sector = next((s.id for s in template.sectors if s.key == letter), "")
        if not ring and not sector:
            return None
        now = one.placement
        ring = ring or (now.ring if now is not None else template.rings[1].id)
        sector = sector or (now.sector if now is not None else template.sectors[0].id)
        if now is not None and (now.ring, now.sector) == (ring, sector):
            return now
        taken = [p.placement for p in view.placed if p.id != one.id and p.placement is not None]
        return cell_centre(template, ring, sector, taken)

    # a line

    def _choose_end(self, view: MapView, event: QKeyEvent) -> bool:
        """Tab, arrows or letters find the other end, Enter draws the line."""
        canvas, key = self._canvas, event.key()
        hand = canvas.hand
        if key in (Key.Key_Right, Key.Key_Down):
            return self._next_end(view, 1)
        if key in (Key.Key_Left, Key.Key_Up):
            return self._next_end(view, -1)
        if key in _ENTER or key == Key.Key_Space:
            self._take_end()
            return True
        if key == Key.Key_R and not self._typed:
            hand.turn(Mode.CHOOSE)
            return True
        if event.text().isprintable() and event.text():
            self._typed += event.text()
            return self._find_end(view)
        return False

    def _ends(self, view: MapView) -> list[Id | None]:
        """Return who a line can be drawn to: the child first."""
        start = self._canvas.hand.line_from
        ends: list[Id | None] = [None] if start is None or not start.child else []
        own = start.person if start is not None else None
        return ends + [one.id for one in self.order(view) if one.id != own]

    def _next_end(self, view: MapView, by: int) -> bool:
        hand, ends = self._canvas.hand, self._ends(view)
        if not ends:
            return True
        here = None if hand.child_cursor else hand.cursor
        known = (hand.child_cursor or hand.cursor is not None) and here in ends
        self._point(ends[(ends.index(here) + by) % len(ends)] if known else ends[0 if by > 0 else -1])
        self._typed = ""
        return True

    def _find_end(self, view: MapView) -> bool:
        begun = sort_key(self._typed).partition("\x01")[0]
        names = {one.id: one.called for one in view.placed}
        for end in self._ends(view):
            name = view.child if end is None else names[end]
            if sort_key(name).partition("\x01")[0].startswith(begun):
                self._point(end)
                return True
        self._typed = self._typed[-1:] if len(self._typed) > 1 else ""
        return True

    def _point(self, end: Id | None) -> None:
        canvas = self._canvas
        canvas.hand.child_cursor, canvas.hand.cursor = end is None, end
        canvas.marks.refresh()
        spot = (0.0, 0.0) if end is None else canvas.ensure().laid.spots.get(end, (0.0, 0.0))
        canvas.show_point(QPointF(*spot))

    def _take_end(self) -> None:
        hand = self._canvas.hand
        end = Selection(child=True) if hand.child_cursor else Selection((hand.cursor,) if hand.cursor else ())
        hand.cursor, hand.child_cursor, self._typed = None, False, ""
        if end.empty:
            return
        if hand.line_from is None:
            hand.line_from = end
            self._canvas.source.choose(end)
        else:
            hand.draw_line(end)
