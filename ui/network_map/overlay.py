"""How what stands around the map is dressed: big targets, a mark on what is pressed in, and the ground of what opens."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import theme

TARGET = 44
"""Least height of what is pressed at a kitchen table, in px."""


def paint_card(widget: QWidget) -> None:
    """Paint a card with a ground of its own, so that nothing of the map shines through."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tokens = theme.tokens()
    painter.setPen(QColor(tokens.accent))
    painter.setBrush(QColor(tokens.surface))
    painter.drawRoundedRect(widget.rect().adjusted(0, 0, -1, -1), theme.RADIUS, theme.RADIUS)
    painter.end()


def tall(widget: QWidget, px: int = TARGET, also: str = "") -> None:
    """Make a button or a line ``px`` high; a button that is pressed in is seen to be. ``also`` is more of its style."""
    kind = "QLineEdit" if isinstance(widget, QLineEdit) else "QAbstractButton"
    own = f"{kind} {{ min-height: {px - 10}px; {also} }}"
    widget.setStyleSheet(
        f"{own} {kind}:checked {{ border: 2px solid palette(highlight); padding: 3px 11px; }}"
    )
