"""A box to tick, drawn so that it is seen on every ground."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from ui import theme

_TICK = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.28))


class Check(QCheckBox):
    """A check box whose box has the line of the text: the style's own is lost on dark grounds."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tokens = theme.tokens()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        place = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        side = min(place.width(), place.height()) - 1.0
        box = QRectF(place.left() + 1.0, place.center().y() - side / 2 + 0.5, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self.isChecked()
        edge = tokens.accent if marked or self.hasFocus() else tokens.muted
        painter.setPen(QPen(QColor(edge), 2.0 if self.hasFocus() else 1.4))
        painter.setBrush(QColor(tokens.accent if marked else tokens.surface))
        painter.drawRoundedRect(box, 3, 3)
        if marked:
            pen = QPen(QColor(tokens.on_accent), 2.0)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(
                QPolygonF([QPointF(box.left() + x * side, box.top() + y * side) for x, y in _TICK])
            )
        painter.end()
