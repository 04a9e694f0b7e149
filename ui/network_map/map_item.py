"""The one item of the scene: it paints the whole map.

Two layers hold what stands still: below the ground, households and lines, above the names and people. They are painted
again when the map, the window or the zoom changes. While somebody is carried they are blitted, and only she, her lines
and her households are painted between and over them, so that a frame costs the same on a full map as on an empty one.
Nothing of this is printed: papers are drawn from the map's data.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.drawing.display_list import Point
from ui.network_map.scenery import RADIUS, Lifted, Scenery

_WHOLE = QRectF(-6 * RADIUS, -6 * RADIUS, 12 * RADIUS, 12 * RADIUS)
_PILL_PX = 34.0


@dataclass
class Over:
    """What lies over the map for the moment, in mm: who is carried, the cell that is lit with its words, the line being
    drawn, the rings around who is chosen, and the handle."""

    lifted: Lifted | None = None
    without: Id | None = None
    cell: QPainterPath | None = None
    words: str = ""
    words_at: Point = (0.0, 0.0)
    link: tuple[Point, Point] | None = None
    rings: tuple[tuple[Point, float, bool], ...] = ()
    """Middle, radius in mm, and whether it is only where the keyboard is."""
    route: QPainterPath | None = None
    handle: tuple[Point, float] | None = None
    hint: str = ""
    """What the next taps do; it stands at the top of the view."""


class MapItem(QGraphicsItem):
    """Paints a :class:`Scenery` and what lies over it."""

    def __init__(self, scenery: Scenery) -> None:
        super().__init__()
        self._scenery = scenery
        self.over = Over()
        self.revision = 0
        """Raised whenever the scenery is laid anew."""
        self._below, self._above = QPixmap(), QPixmap()
        self._key: Hashable = None

    def boundingRect(self) -> QRectF:
        return _WHOLE

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        theme = self._scenery.theme
        if theme is None or self._scenery.view is None or widget is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over, world = self.over, painter.worldTransform()
        self._layers(world, widget.size(), widget.devicePixelRatioF())
        self._blit(painter, self._below)
        if over.cell is not None:
            painter.setRenderHint(
                QPainter.RenderHint.Antialiasing, False
            )  # its edge is stroked smooth just after
            painter.fillPath(over.cell, _thin(theme.accent, 46))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.strokePath(over.cell, QPen(QColor(theme.accent), 0.8 * self._scenery.measures.unit))
        if over.route is not None:
            pen = QPen(_thin(theme.accent, 110), 3.4 * self._scenery.measures.unit)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.strokePath(over.route, pen)
        if over.lifted is not None:
            over.lifted.paint_below(painter)
        if over.link is not None:
            self._paint_link(painter, over.link)
        self._blit(painter, self._above)
        self._paint_rings(painter)
        if over.lifted is not None:
            over.lifted.paint_above(painter)
        if over.handle is not None:
            self._paint_handle(painter, *over.handle)
        if over.words:
            self._paint_plate(painter, over.words, world.map(QPointF(*over.words_at)))
        if over.hint:
            self._paint_plate(painter, over.hint, QPointF(widget.width() / 2, 28.0))

    # layers

    def _layers(self, world: QTransform, size: QSize, ratio: float) -> None:
        """Paint the layers again unless they are what they would be."""
        place = (world.m11(), world.dx(), world.dy())
        key = (self.revision, place, size.width(), size.height(), ratio, self.over.without)
        if key == self._key:
            return
        self._key = key
        scenery, without = self._scenery, self.over.without
        theme = scenery.theme
        assert theme is not None
        for name, ground in (
            ("_below", QColor(theme.ground)),
            ("_above", QColor(Qt.GlobalColor.transparent)),
        ):
            layer: QPixmap = getattr(self, name)
            if layer.size() != size * ratio or layer.devicePixelRatio() != ratio:
                layer = QPixmap(size * ratio)
                layer.setDevicePixelRatio(ratio)
                setattr(self, name, layer)
            layer.fill(ground)
            painter = QPainter(layer)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(QTransform(place[0], 0.0, 0.0, place[0], place[1], place[2]))
            (scenery.paint_below if name == "_below" else scenery.paint_above)(painter, without)
            painter.end()

    def _blit(self, painter: QPainter, layer: QPixmap) -> None:
        painter.save()
        painter.resetTransform()
        painter.drawPixmap(0, 0, layer)
        painter.restore()

    # what lies over

    def _paint_link(self, painter: QPainter, link: tuple[Point, Point]) -> None:
        theme, m = self._scenery.theme, self._scenery.measures
        assert theme is not None
        pen = QPen(QColor(theme.accent), 1.0 * m.unit)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(*link[0]), QPointF(*link[1]))

    def _paint_rings(self, painter: QPainter) -> None:
        theme, m = self._scenery.theme, self._scenery.measures
        assert theme is not None
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for middle, radius, cursor in self.over.rings:
            painter.setPen(QPen(QColor(theme.halo), 2.2 * m.unit))
            painter.drawEllipse(QPointF(*middle), radius, radius)
            pen = QPen(QColor(theme.accent if cursor else theme.chosen), 0.9 * m.unit)
            if cursor:
                pen.setDashPattern([2.0, 1.6])
            painter.setPen(pen)
            painter.drawEllipse(QPointF(*middle), radius, radius)

    def _paint_handle(self, painter: QPainter, at: Point, radius: float) -> None:
        theme = self._scenery.theme
        assert theme is not None
        middle = QPointF(*at)
        painter.setPen(QPen(QColor(theme.halo), radius * 0.3))
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(middle, radius, radius)
        pen = QPen(QColor(theme.on_accent), radius * 0.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        arm = radius * 0.46
        painter.drawLine(QPointF(at[0] - arm, at[1] + arm), QPointF(at[0] + arm, at[1] - arm))
        painter.setBrush(QColor(theme.on_accent))
        for x, y in ((-arm, arm), (arm, -arm)):
            painter.drawEllipse(QPointF(at[0] + x, at[1] + y), radius * 0.12, radius * 0.12)

    def _paint_plate(self, painter: QPainter, words: str, at: QPointF) -> None:
        """Say something on a plate around a point of the view."""
        theme = self._scenery.theme
        assert theme is not None
        font = QFont("Noto Sans")
        font.setPixelSize(15)
        font.setBold(True)
        wide = QFontMetricsF(font).horizontalAdvance(words) + 24
        plate = QRectF(at.x() - wide / 2, at.y() - _PILL_PX / 2, wide, _PILL_PX)
        painter.save()
        painter.resetTransform()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(plate, 6, 6)
        painter.setFont(font)
        painter.setPen(QColor(theme.on_accent))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()


def _thin(colour: str, alpha: int) -> QColor:
    made = QColor(colour)
    made.setAlpha(alpha)
    return made
