"""A slider with a dot for each version, as on a line of time."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider

from ui import theme

_PAD = 12.0
_DOT, _CHOSEN = 5.0, 8.0


class VersionSlider(QSlider):
    """Left and right turn from one version to the next, Home and End go to the first and last; a dot is pressed."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSingleStep(1)
        self.setPageStep(1)
        self.setMinimumHeight(theme.TARGET)
        self.setMinimumWidth(200)

    def sizeHint(self) -> QSize:
        return QSize(240, theme.TARGET)

    def _x(self, value: int) -> float:
        steps = max(1, self.maximum() - self.minimum())
        return _PAD + (self.width() - 2 * _PAD) * (value - self.minimum()) / steps

    def _nearest(self, x: float) -> int:
        return min(range(self.minimum(), self.maximum() + 1), key=lambda value: abs(self._x(value) - x))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the dot nearest to where it is pressed."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setValue(self._nearest(event.position().x()))
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow from dot to dot: nothing is shown between two versions."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.setValue(self._nearest(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down belong to the page."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        first, last = self._x(self.minimum()), self._x(self.maximum())
        painter.setPen(QPen(QColor(tokens.muted), 2.0))
        painter.drawLine(QPointF(first, middle), QPointF(last, middle))
        for value in range(self.minimum(), self.maximum() + 1):
            chosen = value == self.value()
            at = QPointF(self._x(value), middle)
            painter.setPen(QPen(QColor(tokens.accent if chosen else tokens.muted), 2.0))
            painter.setBrush(QColor(tokens.accent if chosen else tokens.surface))
            size = _CHOSEN if chosen else _DOT
            painter.drawEllipse(at, size, size)
            if chosen and self.hasFocus():
                painter.setPen(QPen(QColor(tokens.text), 2.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(at, size + 3, size + 3)
        painter.end()
