"""A display list made ready to be painted many times: pens, brushes, paths and fonts are built once, not in ``paint``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from caseworker_app.drawing.display_list import (
    Circle,
    ClosePath,
    CurveTo,
    Group,
    Item,
    Line,
    LineTo,
    MoveTo,
    Path,
    Polygon,
    Polyline,
    Rect,
    Stroke,
    Text,
)

FAMILY = "Noto Sans"
_MM_A_POINT = 25.4 / 72
_FINE = 64
"""Text is set at this many px and scaled, so that its widths are those of the table of advances."""
_NO_PEN, _NO_BRUSH = QPen(Qt.PenStyle.NoPen), QBrush(Qt.BrushStyle.NoBrush)

Act = Callable[[QPainter], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Items ready to be painted, in the drawing's millimetres."""

    acts: tuple[Act, ...] = ()

    def paint(self, painter: QPainter) -> None:
        """Paint with the painter's own transformation. Pen, brush and font are left as they come."""
        for act in self.acts:
            act(painter)


def prepare(items: Iterable[Item]) -> Prepared:
    """Return items ready to be painted."""
    acts: list[Act] = []
    for item in items:
        _prepare(item, 0.0, 0.0, acts)
    return Prepared(tuple(acts))


def _prepare(item: Item, x: float, y: float, acts: list[Act]) -> None:
    match item:
        case Group(items, (dx, dy)):
            for one in items:
                _prepare(one, x + dx, y + dy, acts)
        case Text():
            acts.append(_text(item, x, y))
        case Line(start, end, stroke):
            ends = QLineF(start[0] + x, start[1] + y, end[0] + x, end[1] + y)
            acts.append(_stroked(pen_of(stroke), lambda painter: painter.drawLine(ends)))
        case Polyline(points, stroke):
            through = _polygon(points, x, y)
            acts.append(_stroked(pen_of(stroke), lambda painter: painter.drawPolyline(through)))
        case Polygon(points, stroke, fill):
            corners = _polygon(points, x, y)
            acts.append(_filled(stroke, fill, lambda painter: painter.drawPolygon(corners)))
        case Path(_, stroke, fill):
            path = path_of(item, x, y)
            acts.append(_filled(stroke, fill, lambda painter: painter.drawPath(path)))
        case Rect(left, top, width, height, stroke, fill, radius):
            rect = QRectF(left + x, top + y, width, height)
            acts.append(_filled(stroke, fill, lambda painter: painter.drawRoundedRect(rect, radius, radius)))
        case Circle(center, radius, stroke, fill):
            middle = QPointF(center[0] + x, center[1] + y)
            acts.append(_filled(stroke, fill, lambda painter: painter.drawEllipse(middle, radius, radius)))


def _stroked(pen: QPen, draw: Act) -> Act:
    def act(painter: QPainter) -> None:
        painter.setPen(pen)
        painter.setBrush(_NO_BRUSH)
        draw(painter)

    return act


def _filled(stroke: Stroke | None, fill: str | None, draw: Act) -> Act:
    pen = _NO_PEN if stroke is None else pen_of(stroke)
    brush = _NO_BRUSH if fill is None else QBrush(QColor(fill))

    def act(painter: QPainter) -> None:
        painter.setPen(pen)
        painter.setBrush(brush)
        draw(painter)

    return act


def pen_of(stroke: Stroke) -> QPen:
    """Return a stroke as a pen. Qt counts dashes in pen widths, the display list in mm."""
    pen = QPen(QColor(stroke.color))
    pen.setWidthF(stroke.width)
    round_ends = stroke.round_ends
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if round_ends else Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin if round_ends else Qt.PenJoinStyle.MiterJoin)
    if stroke.dash:
        lengths = stroke.dash if len(stroke.dash) % 2 == 0 else stroke.dash * 2
        pen.setDashPattern([length / stroke.width for length in lengths])
    return pen


def path_of(item: Path, x: float = 0.0, y: float = 0.0) -> QPainterPath:
    """Return an outline moved by (x, y)."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for step in item.steps:
        match step:
            case MoveTo((a, b)):
                path.moveTo(a + x, b + y)
            case LineTo((a, b)):
                path.lineTo(a + x, b + y)
            case CurveTo((a, b), (c, d), (e, f)):
                path.cubicTo(a + x, b + y, c + x, d + y, e + x, f + y)
            case ClosePath():
                path.closeSubpath()
    return path


def _polygon(points: Iterable[tuple[float, float]], x: float, y: float) -> QPolygonF:
    return QPolygonF([QPointF(a + x, b + y) for a, b in points])


_fonts: dict[tuple[bool, bool], QFont] = {}


def _font(bold: bool, italic: bool) -> QFont:
    font = _fonts.get((bold, italic))
    if font is None:
        font = QFont(FAMILY)
        font.setPixelSize(_FINE)
        font.setBold(bold)
        font.setItalic(italic)
        font.setKerning(False)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        _fonts[bold, italic] = font
    return font


def _text(item: Text, x: float, y: float) -> Act:
    font, words, pen = _font(item.bold, item.italic), item.text, QPen(QColor(item.color))
    scale = item.size * _MM_A_POINT / _FINE
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[item.anchor]
    across = QFontMetricsF(font).horizontalAdvance(words) * share if share else 0.0
    at_x, at_y, start = item.at[0] + x, item.at[1] + y, QPointF(-across, 0.0)

    def act(painter: QPainter) -> None:
        painter.save()
        painter.translate(at_x, at_y)
        painter.scale(scale, scale)
        painter.setFont(font)
        painter.setPen(pen)
        painter.drawText(start, words)
        painter.restore()

    return act
