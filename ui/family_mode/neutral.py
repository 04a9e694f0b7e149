"""The neutral picture: a calm landscape without a word. It covers everything at once."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QLinearGradient, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.words import bind

_DAY = ("#DCEBF2", "#F6F1E4", "#F2CE7A", "#B9CFC4", "#8FB3A5", "#6E988A")
_NIGHT = ("#1D2A33", "#2B3238", "#C9A85C", "#2C4A45", "#24403B", "#1C3430")
"""Sky above and below, sun, far, middle and near hills."""
_HILLS = ((0.62, 0.10, 0.0), (0.74, 0.08, 0.35), (0.86, 0.06, 0.7))
"""Height of the ridge, how much it swings, and where it begins, in parts of the picture."""
_STEPS = 80


class NeutralPicture(QWidget):
    """Paints the landscape. ``touched`` comes when somebody presses a key or the picture."""

    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        bind(self.setAccessibleName, "A picture of hills. Press a key to go on.")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alone = (Qt.Key.Key_Alt, Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Meta, Qt.Key.Key_F12)
        if event.key() not in alone and not event.isAutoRepeat():
            self.touched.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        sky, low, sun, *hills = _NIGHT if theme.tokens().name != "light" else _DAY
        width, height = float(self.width()), float(self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        air = QLinearGradient(QPointF(0, 0), QPointF(0, height * 0.8))
        air.setColorAt(0, QColor(sky))
        air.setColorAt(1, QColor(low))
        painter.fillRect(self.rect(), air)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(sun))
        size = height * 0.16
        painter.drawEllipse(QRectF(width * 0.68, height * 0.3, size, size))
        for colour, (ridge, swing, start) in zip(hills, _HILLS, strict=True):
            painter.setBrush(QColor(colour))
            painter.drawPath(_hill(width, height, ridge, swing, start))
        painter.end()


def _hill(width: float, height: float, ridge: float, swing: float, start: float) -> QPainterPath:
    """Return a hill: two waves along the ridge, and everything below it."""
    path = QPainterPath(QPointF(0, height))
    for step in range(_STEPS + 1):
        along = step / _STEPS
        wave = math.sin(2 * math.pi * (1.3 * along + start)) + 0.5 * math.sin(
            2 * math.pi * (2.1 * along - start)
        )
        path.lineTo(width * along, height * (ridge + swing * wave / 3))
    path.lineTo(width, height)
    path.closeSubpath()
    return path
