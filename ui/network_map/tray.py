"""The tray "Ikke placeret endnu": who waits to be put on the map, and a field for more names.

A row is dragged onto the map by the same pointer that moves people on it (no ``QDrag``: it does not work with fingers on
Windows), tapped and then put somewhere by "Flyt", or sent by its ring's number and its sector's letter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_view import SeenPerson
from ui.network_map.overlay import tall
from ui.network_map.pointer import MOUSE, TOUCH_SLOP, Hit, Pointer, Spot
from ui.network_map.signs import ICON, kind_icon
from ui.network_map.source import Offer
from ui.network_map.spot_field import NameField
from ui.words import bind, bind_call, tr

WIDTH = 208
_ROW = 44
_ID = Qt.ItemDataRole.UserRole
_ROWS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
"""Keys that go from row to row."""


class TrayList(QListWidget):
    """The rows. What is pressed is handed to the map's pointer in the map's coordinates."""

    pressed_key = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pointer: Pointer | None = None
        self.to_map: Callable[[QPointF], QPointF] = lambda at: at
        self.answer: Callable[[QKeyEvent], bool] = lambda _event: False
        """Asked first for each key."""
        self._touch: tuple[int, QPointF] | None = None
        self._scrolling = False
        self.setIconSize(ICON)
        self.setSpacing(2)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)

    def _hit(self, at: QPointF) -> Hit | None:
        item = self.itemAt(at.toPoint())
        return None if item is None else Hit(Spot.CHIP, item.data(_ID))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        if self.pointer is not None and hit is not None and event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.pointer.press(MOUSE, self.to_map(event.position()), hit=hit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.pointer is not None:
            self.pointer.move(MOUSE, self.to_map(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.pointer is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pointer.release(MOUSE, self.to_map(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and self.pointer is not None:
            event.accept()
            self._touched(event, self.pointer)
            return True
        return super().viewportEvent(event)

    def _touched(self, event: QTouchEvent, pointer: Pointer) -> None:
        """One finger: along the list it scrolls, across it takes somebody out."""
        if event.type() == QEvent.Type.TouchCancel:
            self._touch = None
            pointer.lose()
            return
        point = event.points()[0]
        at, state = point.position(), point.state()
        if state == point.State.Pressed:
            self._touch, self._scrolling = (point.id(), at), False
        elif self._touch is not None:
            self._slid(at, pointer)
            if pointer.lifting or pointer.state is not pointer.state.IDLE:
                pointer.move(self._touch[0], self.to_map(at))
        if state == point.State.Released and self._touch is not None:
            number, start = self._touch
            self._touch = None
            hit = self._hit(start)
            if pointer.state is pointer.state.IDLE and not self._scrolling and hit is not None:
                pointer.press(number, self.to_map(start), touch=True, hit=hit)
            pointer.release(number, self.to_map(at))

    def _slid(self, at: QPointF, pointer: Pointer) -> None:
        assert self._touch is not None
        number, start = self._touch
        across, down = abs(at.x() - start.x()), abs(at.y() - start.y())
        bar = self.verticalScrollBar()
        if self._scrolling:
            bar.setValue(bar.value() - round(at.y() - start.y()))
            self._touch = (number, at)
        elif pointer.state is pointer.state.IDLE and max(across, down) > TOUCH_SLOP:
            hit = self._hit(start)
            if hit is None or (down > across and bar.maximum() > 0):
                self._scrolling = True
            else:
                pointer.press(number, self.to_map(start), touch=True, hit=hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ROWS or not self.answer(event):
            super().keyPressEvent(event)


class Tray(QFrame):
    """``named`` carries (name, offer or ``None``), ``taken`` an offer taken from the case, ``chosen`` somebody's id."""

    named = Signal(str, object)
    taken = Signal(object)
    chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.title, self.hint = QLabel(self), QLabel(self)
        self.field, self.list = NameField(self), TrayList(self)
        self.from_case = QPushButton(self)
        self._offers: tuple[Offer, ...] = ()
        self._showing = False
        self._lay_out()
        self.field.returnPressed.connect(self._entered)
        self.field.escaped.connect(self._leave_field)
        self.list.currentItemChanged.connect(self._current)
        self.from_case.clicked.connect(self._show_offers)
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        self.title.setProperty("look", "subheading")
        self.hint.setProperty("look", "muted")
        self.hint.setWordWrap(True)
        self.list.setStyleSheet("QListWidget { border: none; background: transparent; }")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.field)
        layout.addWidget(self.hint)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.from_case)
        tall(self.from_case)
        self.setFixedWidth(WIDTH)
        bind(self.title.setText, "Not placed yet")
        bind(self.list.setAccessibleName, "Not placed yet")

    def _say(self) -> None:
        self.field.setPlaceholderText(tr("New name (N)"))
        self.field.setAccessibleName(tr("New name; it waits here until it is placed"))
        self.hint.setText(tr("Write names here, or press a place on the map and write there."))
        self.from_case.setText(tr("From the case ({n})", n=len(self._offers)))

    def show_people(self, waiting: Sequence[SeenPerson], chosen: Id | None, *, locked: bool) -> None:
        """Show who waits; ``chosen`` is marked if she is among them."""
        self._showing = True
        self.list.clear()
        for one in waiting:
            item = QListWidgetItem(kind_icon(one.kind), one.called or tr("Unknown"))
            item.setData(_ID, one.id)
            item.setSizeHint(QSize(WIDTH - 40, _ROW))
            item.setToolTip(one.role_word)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (one.called, one.role_word)))
            )
            self.list.addItem(item)
        self._showing = False
        self.mark(chosen)
        self.hint.setVisible(not waiting and not locked)
        self.field.setVisible(not locked)
        self.setVisible(bool(waiting) or not locked)

    def mark(self, chosen: Id | None) -> None:
        """Mark the row of somebody, or none."""
        self._showing = True
        rows = [self.list.item(row) for row in range(self.list.count())]
        item = next((one for one in rows if one.data(_ID) == chosen), None)
        if item is None:
            self.list.setCurrentRow(-1)
        else:
            self.list.setCurrentItem(item)
        self._showing = False

    def offer(self, offers: tuple[Offer, ...]) -> None:
        """Offer the persons of the case who are not on the map."""
        self._offers = offers
        self.field.offer(offers)
        self.from_case.setVisible(bool(offers))
        self._say()

    def _show_offers(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for offer in self._offers:
            words = f"{offer.name}  ({offer.role_word})" if offer.role_word else offer.name
            menu.addAction(words.replace("&", "&&")).triggered.connect(
                lambda _on=False, offer=offer: self.taken.emit(offer)
            )
        menu.popup(self.from_case.mapToGlobal(self.from_case.rect().topLeft()))

    def _entered(self) -> None:
        name, offered = self.field.text().strip(), self.field.offered
        if name:
            self.field.clear()
            self.named.emit(name, offered)

    def _leave_field(self) -> None:
        self.field.clear()
        self.left.emit()

    def _current(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None and not self._showing:
            self.chosen.emit(item.data(_ID))
