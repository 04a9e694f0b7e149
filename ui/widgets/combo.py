"""A list to choose from, with a mark that says so, that the wheel does not change in passing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox

from ui import theme

_FROM_EDGE = 16


class Combo(QComboBox):
    """A combo box as wide as its place, its mark drawn in the colour of the text."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(24)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def showPopup(self) -> None:
        """Open the list as tall as its rows: the look's padding is not in the height Qt counts on."""
        super().showPopup()
        view = self.view()
        opened = view.window()
        rows = max(view.sizeHintForRow(0), 1) * min(self.count(), self.maxVisibleItems())
        if view.viewport().height() >= rows:
            return
        opened.resize(opened.width(), opened.height() + rows)  # so tall that Qt takes its arrows away
        room, at = self.screen().availableGeometry(), opened.geometry()
        at.setHeight(min(at.height() - view.viewport().height() + rows, room.height()))
        at.moveBottom(min(at.bottom(), room.bottom()))
        opened.setGeometry(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens.text if self.isEnabled() else tokens.muted), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y = self.width() - _FROM_EDGE, self.height() / 2 - 2
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y), QPointF(x, y + 4), QPointF(x + 4, y)]))
        painter.end()
