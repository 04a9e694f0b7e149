"""The map on the screen: a view with one item, stretched and pushed by wheel, keys, fingers and buttons.

Touch is taken before Qt makes mouse events of it, so that two fingers that land on somebody stretch the map and do not
move her. Everything pressed goes through one :class:`~ui.network_map.pointer.Pointer` to one
:class:`~ui.network_map.hand.Hand`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPaintEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_facts import MapWords, map_words
from caseworker_app.drawing.map_theme import THEMES
from ui import theme
from ui.network_map.carrying import Carrying
from ui.network_map.hand import Hand
from ui.network_map.keys import Keys
from ui.network_map.map_item import MapItem
from ui.network_map.marks import Marks
from ui.network_map.pointer import MOUSE, Hit, Pointer, Spot
from ui.network_map.scenery import Scenery, screen_measures
from ui.network_map.source import MapSource
from ui.network_map.stage import Stage
from ui.words import bind_call, tr

_MIDDLE = Qt.MouseButton.MiddleButton
_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class MapCanvas(Stage):
    """Shows a :class:`MapSource`. What it cannot do itself it asks for:

    ``name_wanted`` at a point (px), ``line_wanted`` for a line's kind, ``card_wanted`` for somebody's card,
    ``menu_wanted`` (what was held, where), ``carried`` (who is in the hand, and where
    if off the map), ``mode_changed``.
    """

    name_wanted = Signal(object)
    line_wanted = Signal(object)
    card_wanted = Signal(object)
    menu_wanted = Signal(object, object)
    carried = Signal(object, object)
    mode_changed = Signal(object)

    def __init__(self, source: MapSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.scenery = Scenery()
        self.item = MapItem(self.scenery)
        self.hand = Hand(self)
        self.carrying = Carrying(self)
        self.marks = Marks(self)
        self.pointer = Pointer(self.hand, self)
        self.keys = Keys(self)
        self.over_tray: Callable[[QPointF], bool] = lambda _at: False
        """Whether a point of the view lies over the tray; whoever has a tray sets it."""
        self._words = MapWords()
        self._dirty = True
        self._dressed_for = ""
        self.scene().addItem(self.item)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.moved.connect(self._moved)
        source.changed.connect(self.mark_dirty)
        source.selected.connect(self._selected)
        source.known_as.connect(self._know_as)
        bind_call(self, self._say)

    def _say(self) -> None:
        self._words = map_words(tr)
        self.setAccessibleName(tr("Network map"))
        self.mark_dirty(None)

    # the picture

    def mark_dirty(self, _changed: object = None) -> None:
        """Have the picture made ready again before it is next looked at."""
        self._dirty = True
        self.viewport().update()

    def ensure(self) -> Scenery:
        """Return the picture, made ready."""
        name = theme.tokens().name
        if self._dirty or name != self._dressed_for:
            self._dirty, self._dressed_for = False, name
            view = self.source.view
            if view is None:
                self.scenery.view = None
            else:
                self.scenery.lay(view, THEMES[name], self._words, self.px)
            self.item.revision += 1
            self.marks.refresh()
        return self.scenery

    def _selected(self, _selection: object) -> None:
        self.marks.refresh()

    def _know_as(self, stand_in: Id, real: Id) -> None:
        self.hand.know_as(stand_in, real)

    def _moved(self) -> None:
        self._dirty = (
            self._dirty or screen_measures(len(self.scenery.laid.spots), self.px) != self.scenery.measures
        )
        self.marks.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.ensure()
        super().paintEvent(event)

    def drawBackground(self, painter: object, rect: QRectF | object) -> None:
        """The item paints its own ground."""

    # what is pressed

    def viewportEvent(self, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QTouchEvent):
            self._touched(event)
            return True
        if kind == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1.0 + event.value(), event.position())
                return True
        elif kind == QEvent.Type.ContextMenu:
            return True  # the pointer's own: held, or the right button
        return super().viewportEvent(event)

    def _touched(self, event: QTouchEvent) -> None:
        event.accept()
        if event.type() == QEvent.Type.TouchCancel:
            self.pointer.lose()
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for point in event.points():
            state, at = point.state(), point.position()
            if state == point.State.Pressed:
                self.pointer.press(point.id(), at, touch=True)
            elif state == point.State.Released:
                self.pointer.release(point.id(), at)
            elif state == point.State.Updated:
                self.pointer.move(point.id(), at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if _from_finger(event):
            return
        if event.button() == _LEFT:
            more = bool(
                event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            )
            self.pointer.press(MOUSE, at, more=more)
        elif event.button() == _MIDDLE:
            self.pointer.press(MOUSE, at, hit=Hit(Spot.GROUND))
        elif event.button() == _RIGHT:
            self.hand.held(self.hand.hit(at, touch=False), at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click is a press like any other."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not _from_finger(event):
            self.pointer.move(MOUSE, event.position())
            if not event.buttons():
                self.hand.hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() in (_LEFT, _MIDDLE) and not _from_finger(event):
            self.pointer.release(MOUSE, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(1.0015 ** event.angleDelta().y(), event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes from person to person, and on from the last."""
        return self.keys.tab(forwards) or super().focusNextPrevChild(forwards)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.marks.refresh()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.marks.refresh()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate:
            self.pointer.lose()
        return super().event(event)

    def show_hint(self, words: str) -> None:
        """Say over the map what the next taps do; nothing without words."""
        self.item.over.hint = words
        self.viewport().update()

    def person_px(self, person: Id) -> QPointF | None:
        """Return where somebody stands in the view, ``None`` in the tray."""
        spot = self.ensure().laid.spots.get(person)
        return None if spot is None else self.to_px(QPointF(*spot))


def _from_finger(event: QMouseEvent) -> bool:
    return event.device() is not None and event.device().type() == QInputDevice.DeviceType.TouchScreen
