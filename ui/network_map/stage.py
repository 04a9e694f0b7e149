"""The view as a camera: how far the map is stretched and what is in the middle.

Points are mm of the map or px of the view.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from caseworker_app.domain.map_template import OUTER_EDGE
from ui.network_map.scenery import RADIUS

LEAST, MOST = 0.5, 3.0
"""How far the map can be stretched, as shares of what fits."""
STEP = 1.25
_FAR = 20 * RADIUS
_MARGIN = 3.0


class Stage(QGraphicsView):
    """A view that is stretched around points and pushed. ``zoomed`` carries per cent, ``moved`` comes with every change."""

    zoomed = Signal(int)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom = 1.0
        self._middle = QPointF(0.0, 0.0)
        scene = QGraphicsScene(-_FAR, -_FAR, 2 * _FAR, 2 * _FAR, self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setInteractive(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        return QSize(700, 560)

    @property
    def fit_px(self) -> float:
        """How many px a mm has when the whole map fits."""
        side = min(self.viewport().width(), self.viewport().height())
        return max(0.5, side / 2 / (OUTER_EDGE * RADIUS + _MARGIN))

    @property
    def px(self) -> float:
        """How many px a mm has now."""
        return self.fit_px * self.zoom

    def fit(self) -> None:
        """Show the whole map ("Tilpas")."""
        self._middle = QPointF(0.0, 0.0)
        self._look(1.0)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Stretch the map around a point of the view, the middle of the view without one; within the limits."""
        point = at if at is not None else QPointF(self.viewport().rect().center())
        before = self.to_mm(point)
        self._look(min(MOST, max(LEAST, self.zoom * factor)))
        after = self.to_mm(point)
        self._middle += before - after
        self._look(self.zoom)

    def pan_by(self, by: QPointF) -> None:
        """Push the map so many px."""
        self._middle -= by / self.px
        self._look(self.zoom)

    def show_point(self, at: QPointF) -> None:
        """Push the map just so far that a point (mm) is in sight."""
        point, room = self.to_px(at), QRectF(self.viewport().rect()).adjusted(60, 60, -60, -60)
        x = min(max(point.x(), room.left()), room.right()) - point.x()
        y = min(max(point.y(), room.top()), room.bottom()) - point.y()
        if x or y:
            self.pan_by(QPointF(x, y))

    def _look(self, zoom: float) -> None:
        changed, edge = zoom != self.zoom, 1.3 * RADIUS
        self.zoom = zoom
        self._middle = QPointF(
            min(edge, max(-edge, self._middle.x())), min(edge, max(-edge, self._middle.y()))
        )
        px = self.px
        if self.transform().m11() != px:
            self.setTransform(QTransform.fromScale(px, px))
        self.centerOn(self._middle)
        self.viewport().update()
        if changed:
            self.zoomed.emit(round(zoom * 100))
        self.moved.emit()

    def to_mm(self, at: QPointF) -> QPointF:
        """Return a point of the view on the map."""
        room = self.viewport()
        return self._middle + (at - QPointF(room.width() / 2, room.height() / 2)) / self.px

    def to_px(self, at: QPointF) -> QPointF:
        """Return a point of the map in the view."""
        room = self.viewport()
        return (at - self._middle) * self.px + QPointF(room.width() / 2, room.height() / 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look(self.zoom)

    def global_at(self, at: QPointF) -> QPoint:
        """Return a point of the view on the screen."""
        return self.viewport().mapToGlobal(at.toPoint())
