"""The screen's back end of drawings: a display list painted with QPainter, in one go."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from caseworker_app.drawing.display_list import (
    Circle,
    ClosePath,
    CurveTo,
    DisplayList,
    Group,
    Item,
    Line,
    LineTo,
    MoveTo,
    Path,
    Point,
    Polygon,
    Polyline,
    Rect,
    Stroke,
    Text,
)

FAMILY = "Noto Sans"
MM_A_POINT = 25.4 / 72
_FINE = 64
_POINTS_DRAWN, _POINTS_USUAL = 8.5, 10.0
"""What a drawing's text is set in, and how large it is on the screen with text of the usual size."""
"""Text is set at this many px and scaled, so that its widths are those of the table of advances."""


def paint(painter: QPainter, drawing: DisplayList, at: QPointF, px_per_mm: float) -> None:
    """Paint a drawing with its upper left corner at ``at``. The painter's state is left as it was."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    painter.scale(px_per_mm, px_per_mm)
    for item in drawing.items:
        _item(painter, item)
    painter.restore()


def scale_on(widget: QWidget) -> float:
    """Return px a mm on a widget: a drawing's text is as large as that of the window."""
    return widget.logicalDpiY() / 25.4 * max(1.0, (widget.font().pointSizeF() - 1) / _POINTS_DRAWN)


def height_on(widget: QWidget, usual: int) -> int:
    """Return the px that hold on a widget a drawing that needs ``usual`` px with text of the usual size."""
    return round(usual * max(1.0, (widget.font().pointSizeF() - 1) / _POINTS_USUAL))


def picture(drawing: DisplayList, height: int, ratio: float = 1.0) -> QPixmap:
    """Return a drawing as a picture ``height`` px high, for screens of ``ratio`` device pixels a px."""
    scale = height / drawing.height
    size = QSize(round(drawing.width * scale * ratio), round(height * ratio))
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    paint(painter, drawing, QPointF(0, 0), scale)
    painter.end()
    return pixmap


def _item(painter: QPainter, item: Item) -> None:
    match item:
        case Line(start, end, stroke):
            painter.setPen(_pen(stroke))
            painter.drawLine(QLineF(*start, *end))
        case Polyline(points, stroke):
            painter.setPen(_pen(stroke))
            painter.drawPolyline(_points(points))
        case Polygon(points, stroke, fill):
            _dip(painter, stroke, fill)
            painter.drawPolygon(_points(points))
        case Path(_, stroke, fill):
            _dip(painter, stroke, fill)
            painter.drawPath(_path(item))
        case Rect(x, y, width, height, stroke, fill, radius):
            _dip(painter, stroke, fill)
            painter.drawRoundedRect(QRectF(x, y, width, height), radius, radius)
        case Circle(center, radius, stroke, fill):
            _dip(painter, stroke, fill)
            painter.drawEllipse(QPointF(*center), radius, radius)
        case Text():
            _text(painter, item)
        case Group(items, offset):
            painter.save()
            painter.translate(*offset)
            for one in items:
                _item(painter, one)
            painter.restore()


def _dip(painter: QPainter, stroke: Stroke | None, fill: str | None) -> None:
    painter.setPen(Qt.PenStyle.NoPen if stroke is None else _pen(stroke))
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else QBrush(QColor(fill)))


def _pen(stroke: Stroke) -> QPen:
    pen = QPen(QColor(stroke.color))
    pen.setWidthF(stroke.width)
    ends = Qt.PenCapStyle.RoundCap if stroke.round_ends else Qt.PenCapStyle.FlatCap
    joins = Qt.PenJoinStyle.RoundJoin if stroke.round_ends else Qt.PenJoinStyle.MiterJoin
    pen.setCapStyle(ends)
    pen.setJoinStyle(joins)
    if stroke.dash:
        lengths = stroke.dash if len(stroke.dash) % 2 == 0 else stroke.dash * 2
        pen.setDashPattern([length / stroke.width for length in lengths])
    return pen


def _points(points: tuple[Point, ...]) -> QPolygonF:
    return QPolygonF([QPointF(*point) for point in points])


def _path(item: Path) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for step in item.steps:
        match step:
            case MoveTo(to):
                path.moveTo(*to)
            case LineTo(to):
                path.lineTo(*to)
            case CurveTo(control1, control2, to):
                path.cubicTo(QPointF(*control1), QPointF(*control2), QPointF(*to))
            case ClosePath():
                path.closeSubpath()
    return path


def _text(painter: QPainter, item: Text) -> None:
    font = QFont(FAMILY)
    font.setPixelSize(_FINE)
    font.setBold(item.bold)
    font.setItalic(item.italic)
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    width = QFontMetricsF(font).horizontalAdvance(item.text)
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[item.anchor]
    painter.save()
    painter.translate(*item.at)
    scale = item.size * MM_A_POINT / _FINE
    painter.scale(scale, scale)
    painter.setFont(font)
    painter.setPen(QColor(item.color))
    painter.drawText(QPointF(-width * share, 0), item.text)
    painter.restore()
