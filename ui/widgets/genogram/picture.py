"""The genogram as a picture: one item paints the whole list; zoomed by wheel and keys, moved by dragging, chosen from."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from caseworker_app.domain.genogram_view import GenogramView
from caseworker_app.domain.genogram_words import GenogramWords
from caseworker_app.domain.ids import Id
from caseworker_app.drawing.genogram import Genogram, genogram
from caseworker_app.drawing.genogram_signs import GenogramColours
from ui import theme
from ui.widgets.display_list_painter import paint

LEAST, MOST = 0.3, 3.0
"""How far it is zoomed, 1 being the size of the window's own text."""
_STEP = 1.25
_READABLE = 0.6
"""Smaller than this is not fitted: it is scrolled instead."""
_SLOP = 4
_POINTS = 8.5


def screen_colours() -> GenogramColours:
    """Return the colours of the theme in force."""
    t = theme.tokens()
    return GenogramColours(t.text, t.muted, t.accent, t.surface, t.tint, t.ground, t.muted)


class _Whole(QGraphicsItem):
    """The whole drawing, in millimetres."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: Genogram | None = None
        self.chosen: Id | None = None
        self.focused = False

    def show_drawing(self, drawn: Genogram) -> None:
        self.prepareGeometryChange()
        self.drawn = drawn
        self.update()

    def boundingRect(self) -> QRectF:
        if self.drawn is None:
            return QRectF()
        return QRectF(0, 0, self.drawn.drawing.width, self.drawn.drawing.height)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self.drawn is None:
            return
        paint(painter, self.drawn.drawing, QPointF(0, 0), 1.0)
        box = self.drawn.boxes.get(self.chosen or b"")
        if box is not None:
            pen = QPen(QColor(theme.tokens().accent))
            pen.setWidthF(0.9 if self.focused else 0.6)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(*box).adjusted(-0.6, -0.6, 0.6, 0.6), 2.0, 2.0)


class GenogramPicture(QGraphicsView):
    """``chosen`` carries who was clicked or gone to with the arrows, ``opened`` who was double-clicked or entered."""

    chosen = Signal(object)
    opened = Signal(object)
    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self._scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._item = _Whole()
        self._scene.addItem(self._item)
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._zoom, self._fitted = 1.0, True
        self._pressed_at: QPointF | None = None

    @property
    def drawn(self) -> Genogram | None:
        """What is drawn."""
        return self._item.drawn

    @property
    def who(self) -> Id | None:
        """Who is marked."""
        return self._item.chosen

    @property
    def zoom(self) -> float:
        """How large it is, 1 being the size of the window's text."""
        return self._zoom

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)

    def show_view(self, view: GenogramView, words: GenogramWords) -> None:
        """Draw a genogram; where it is looked at stays."""
        drawn = genogram(view, words, screen_colours())
        self._item.show_drawing(drawn)
        self._scene.setSceneRect(self._item.boundingRect())
        if self._fitted:
            self.fit()

    def mark(self, who: Id | None) -> None:
        """Mark somebody and bring her into sight."""
        self._item.chosen = who
        self._item.update()
        box = self.drawn.boxes.get(who or b"") if self.drawn is not None else None
        if box is not None:
            self.ensureVisible(QRectF(*box), 24, 24)

    # zooming

    def _unit(self) -> float:
        """Return px a mm at which the drawing's text is as large as the window's."""
        return self.logicalDpiY() / 25.4 * max(1.0, (self.font().pointSizeF() - 1) / _POINTS)

    def _zoom_to(self, zoom: float) -> None:
        self._zoom = min(MOST, max(LEAST, zoom))
        self.resetTransform()
        self.scale(self._unit() * self._zoom, self._unit() * self._zoom)
        self.zoomed.emit(self._zoom)

    def zoom_in(self) -> None:
        """Larger."""
        self._fitted = False
        self._zoom_to(self._zoom * _STEP)

    def zoom_out(self) -> None:
        """Smaller."""
        self._fitted = False
        self._zoom_to(self._zoom / _STEP)

    def fit(self) -> None:
        """As large as shows the whole, but readable and not larger than the window's text."""
        self._fitted = True
        if self.drawn is None or not self._scene.width():
            return
        room = self.viewport().size()
        share = min(room.width() / self._scene.width(), room.height() / self._scene.height()) / self._unit()
        self._zoom_to(min(1.1, max(_READABLE, share * 0.99)))
        self.mark(self.who)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom; the wheel alone scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            elif event.angleDelta().y() < 0:
                self.zoom_out()
            event.accept()
        else:
            super().wheelEvent(event)

    # choosing

    def _at(self, event: QMouseEvent) -> Id | None:
        if self.drawn is None:
            return None
        place = self.mapToScene(event.position().toPoint())
        return self.drawn.at(place.x(), place.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        pressed, self._pressed_at = self._pressed_at, None
        if pressed is not None and (event.position() - pressed).manhattanLength() <= _SLOP:
            who = self._at(event)
            if who is not None:
                self._choose(who)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        who = self._at(event)
        if who is not None:
            self._choose(who)
            self.opened.emit(who)

    def _choose(self, who: Id) -> None:
        self.mark(who)
        self.chosen.emit(who)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from one to the next, + - 0 zoom, Enter opens."""
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        if key in moves:
            self._step(*moves[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.who is not None:
            self.opened.emit(self.who)
        else:
            super().keyPressEvent(event)

    def _step(self, across: int, down: int) -> None:
        drawn = self.drawn
        if drawn is None or not drawn.spots:
            return
        rows, row_of = drawn.layout.rows, drawn.layout.tree.row
        if self.who not in drawn.spots:
            self._choose(rows[-1][0])
            return
        who = self.who or b""
        row = row_of[who] + down
        if not 0 <= row < len(rows) or not rows[row]:
            return
        if across:
            place = rows[row].index(who) + across
            if 0 <= place < len(rows[row]):
                self._choose(rows[row][place])
        else:
            self._choose(min(rows[row], key=lambda one: abs(drawn.spots[one][0] - drawn.spots[who][0])))
