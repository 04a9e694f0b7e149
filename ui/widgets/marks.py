"""Marks at the head of a page: a child's initials, and what is to be minded as icon and words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from caseworker_app.domain.danish import initials
from ui import icons, theme

_INNER = 0.78
"""How much of the ring's width letters may take."""


class Monogram(QWidget):
    """The child's initials in a ring: a mark that is no photo."""

    def __init__(self) -> None:
        super().__init__()
        self._letters = ""
        self.set_side(48)

    def set_side(self, side: int) -> None:
        """Be this wide and high, px; the letters keep within the ring."""
        self.setFixedSize(QSize(side, side))

    def show_name(self, name: str) -> None:
        """Show the initials of a name, three at most."""
        self._letters = initials(name)[:3]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.accent))
        painter.setBrush(QColor(tokens.tint))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        font = painter.font()
        font.setBold(True)
        wide = QFontMetricsF(font).horizontalAdvance(self._letters)
        room = self.width() * _INNER
        if wide > room:
            font.setPointSizeF(font.pointSizeF() * room / wide)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letters)
        painter.end()


class Badge(QFrame):
    """Something to mind: an icon and words in the colour of what they mean."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self._picture, self.words = QLabel(), QLabel()
        self.words.setProperty("look", tone)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(self._picture)
        layout.addWidget(self.words)
        self.hide()

    def tell(self, words: str) -> None:
        """Show words; nothing for none."""
        self.words.setText(words)
        self.setAccessibleName(words)
        if words:
            colour = str(getattr(theme.tokens(), self._tone))
            self._picture.setPixmap(icons.pixmap(self._icon, colour, 16, self.devicePixelRatioF()))
        self.setVisible(bool(words))
