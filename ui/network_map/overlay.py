"""The ground of what opens over the map."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from ui import theme


def paint_card(widget: QWidget) -> None:
    """Paint a card with a ground of its own, so that nothing of the map shines through."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tokens = theme.tokens()
    painter.setPen(QColor(tokens.accent))
    painter.setBrush(QColor(tokens.surface))
    painter.drawRoundedRect(widget.rect().adjusted(0, 0, -1, -1), theme.RADIUS, theme.RADIUS)
    painter.end()
