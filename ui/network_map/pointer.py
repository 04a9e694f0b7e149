"""Mouse, pen and fingers as one hand: what is pressed, whether it moved far enough, and what is being done with it.

The states are those of the network map design, section 11. Coordinates are pixels of the view. The controller knows
nothing of maps: what is under a point, and what happens, is the :class:`Table`'s business.

    IDLE  -- press --> ARMED -- past the slop --> DRAG (somebody), LINK (the handle), PAN (empty ground)
    ARMED -- held 500 ms --> the menu; ARMED or PAN -- a second finger --> PINCH, until all fingers are up
    DRAG, LINK -- a second finger --> it is let be; Esc, TouchCancel, the window loses the keys --> as it was
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum, auto
from math import hypot
from typing import Protocol

from PySide6.QtCore import QObject, QPointF, QTimer

from caseworker_app.domain.ids import Id

MOUSE_SLOP = 10.0
TOUCH_SLOP = 16.0
"""How far something pressed must be moved, in px, before it is dragged."""
HOLD_MS = 500
"""How long something is pressed before its menu opens."""
MOUSE: Hashable = "mouse"
"""The contact that is the mouse; fingers are called by their number."""


class State(Enum):
    """What the hand is doing."""

    IDLE = auto()
    ARMED = auto()
    DRAG = auto()
    LINK = auto()
    PAN = auto()
    PINCH = auto()
    SPENT = auto()
    """What was pressed has been answered (a menu, Esc): nothing more until it is let go."""


class Spot(Enum):
    """What a point of the view is on."""

    GROUND = auto()
    PERSON = auto()
    CHILD = auto()
    HANDLE = auto()
    LINE = auto()
    CHIP = auto()
    """Somebody in the tray."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What is under a point; ``thing`` is the person or the line."""

    spot: Spot
    thing: Id | None = None


class Table(Protocol):
    """What a hand works on."""

    def hit(self, at: QPointF, *, touch: bool) -> Hit:
        """Return what is under a point; fingers reach further than a mouse."""

    def may_drag(self, hit: Hit) -> bool:
        """Return whether it can be moved at all now."""

    def tap(self, hit: Hit, at: QPointF, *, more: bool) -> None:
        """Something was pressed and let go. ``more`` adds it to what is chosen."""

    def held(self, hit: Hit, at: QPointF) -> None:
        """Something was pressed for a while, or with the right button."""

    def pick_up(self, hit: Hit, at: QPointF) -> None:
        """Somebody (or a line's end, from the handle) is lifted."""

    def carry(self, at: QPointF) -> None:
        """What was lifted is here now."""

    def put_down(self, at: QPointF) -> None:
        """What was lifted is let go here."""

    def put_back(self) -> None:
        """What was lifted stays where it was."""

    def pan(self, by: QPointF) -> None:
        """The ground is pushed."""

    def zoom(self, factor: float, at: QPointF) -> None:
        """The ground is stretched around a point."""


class Pointer(QObject):
    """The state machine."""

    def __init__(self, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.state = State.IDLE
        self._down: dict[Hashable, QPointF] = {}
        self._lead: Hashable | None = None
        self._start = QPointF()
        self._hit = Hit(Spot.GROUND)
        self._slop = MOUSE_SLOP
        self._more = False
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_MS)
        self._hold.timeout.connect(self._held)

    @property
    def lifting(self) -> bool:
        """Whether something is in the hand."""
        return self.state in (State.DRAG, State.LINK)

    # contacts

    def press(
        self,
        contact: Hashable,
        at: QPointF,
        *,
        touch: bool = False,
        more: bool = False,
        hit: Hit | None = None,
    ) -> None:
        """A finger or the button goes down. ``hit`` says what is under it where the table cannot know (the tray)."""
        first = not self._down
        self._down[contact] = QPointF(at)
        if first:
            self._lead, self._start, self._more = contact, QPointF(at), more
            self._slop = TOUCH_SLOP if touch else MOUSE_SLOP
            self._hit = hit or self._table.hit(at, touch=touch)
            self.state = State.ARMED
            self._hold.start()
        elif self.state in (State.ARMED, State.PAN):
            self._hold.stop()
            self.state = State.PINCH

    def move(self, contact: Hashable, at: QPointF) -> None:
        """A finger or the mouse with its button down has moved."""
        before = self._down.get(contact)
        if before is None or before == at:
            return
        if self.state is State.PINCH:
            self._stretch(contact, at)
            return
        self._down[contact] = QPointF(at)
        if contact != self._lead:
            return
        if self.state is State.ARMED and self._far(at):
            self._begin(at)
        elif self.lifting:
            self._table.carry(at)
        elif self.state is State.PAN:
            self._table.pan(at - before)

    def release(self, contact: Hashable, at: QPointF) -> None:
        """A finger or the button comes up."""
        if self._down.pop(contact, None) is None:
            return
        state = self.state
        if contact == self._lead and state is not State.PINCH:
            self._hold.stop()
            self._lead = None
            self.state = State.SPENT if self._down else State.IDLE
            if state is State.ARMED:
                self._table.tap(self._hit, at, more=self._more)
            elif state in (State.DRAG, State.LINK):
                self._let_go(at)
        if not self._down:
            self.state, self._lead = State.IDLE, None

    def cancel(self) -> bool:
        """Esc, TouchCancel, another window: everything as it was. Return whether anything was in the hand."""
        lifted = self.lifting
        self._hold.stop()
        if lifted:
            self._table.put_back()
        self.state = State.SPENT if self._down and self.state is not State.IDLE else State.IDLE
        return lifted

    def lose(self) -> None:
        """All contacts are gone without having been let go."""
        self.cancel()
        self._down.clear()
        self._lead, self.state = None, State.IDLE

    # within

    def _far(self, at: QPointF) -> bool:
        return hypot(at.x() - self._start.x(), at.y() - self._start.y()) > self._slop

    def _begin(self, at: QPointF) -> None:
        self._hold.stop()
        hit = self._hit
        if hit.spot is Spot.HANDLE and self._table.may_drag(hit):
            self.state = State.LINK
        elif hit.spot in (Spot.PERSON, Spot.CHIP) and self._table.may_drag(hit):
            self.state = State.DRAG
        elif hit.spot is Spot.CHIP:
            self.state = State.SPENT
            return
        else:
            self.state = State.PAN
            self._table.pan(at - self._start)
            return
        self._table.pick_up(hit, self._start)
        self._table.carry(at)

    def _let_go(self, at: QPointF) -> None:
        """Put down what was carried; back on the spot it came from is a change of mind."""
        if self._far(at):
            self._table.put_down(at)
        else:
            self._table.put_back()

    def _held(self) -> None:
        if self.state is State.ARMED:
            self.state = State.SPENT
            self._table.held(self._hit, self._start)

    def _stretch(self, contact: Hashable, at: QPointF) -> None:
        """Two fingers: what lay under their middle stays under it."""
        before = self._two()
        self._down[contact] = QPointF(at)
        after = self._two()
        if before is None or after is None:
            return
        (middle, apart), (new_middle, new_apart) = before, after
        self._table.pan(new_middle - middle)
        if apart > 1 and new_apart > 1:
            self._table.zoom(new_apart / apart, new_middle)

    def _two(self) -> tuple[QPointF, float] | None:
        """Return the middle of the first two contacts and how far they are apart."""
        points = list(self._down.values())[:2]
        if len(points) < 2:
            return None
        one, other = points
        return (one + other) / 2, hypot(other.x() - one.x(), other.y() - one.y())
