"""A line that is a button as a whole: what stands first, what it is about, and a quieter word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons, theme

_PAD = 12


class LineButton(QAbstractButton):
    """``lead`` stands in a column of its own at the left, ``words`` beside it, ``quiet`` below; all translated already.

    ``icon`` and its colour's meaning (a name of the tokens) mark what needs minding, always with words beside.
    """

    def __init__(
        self,
        words: str,
        quiet: str = "",
        lead: str = "",
        *,
        icon: str = "",
        tone: str = "muted",
        lead_width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._quiet, self._lead = words, quiet, lead
        self._icon, self._tone, self._lead_width = icon, tone, lead_width
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(part for part in (lead, words, quiet) if part))

    @property
    def words(self) -> str:
        """What the line is about."""
        return self._words

    def lead_needs(self) -> int:
        """Return how wide the lead is, in px."""
        bold = QFont(self.font())
        bold.setBold(True)
        return QFontMetrics(bold).horizontalAdvance(self._lead)

    def set_lead_width(self, wide: int) -> None:
        """Give the lead so much room, so that lines under each other stand in columns."""
        self._lead_width = wide
        self.update()

    def sizeHint(self) -> QSize:
        lines = 2 if self._quiet else 1
        high = self.fontMetrics().lineSpacing() * lines + 14
        return QSize(240, max(theme.TARGET + 4, high))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.tint))
            painter.drawRoundedRect(self.rect(), theme.RADIUS, theme.RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        self._write(painter, t)
        painter.end()

    def _write(self, painter: QPainter, t: theme.Tokens) -> None:
        left = _PAD
        if self._icon:
            mark = icons.pixmap(self._icon, getattr(t, self._tone), ratio=self.devicePixelRatioF())
            painter.drawPixmap(left, (self.height() - icons.SIZE) // 2, mark)
            left += icons.SIZE + 8
        bold = QFont(self.font())
        bold.setBold(True)
        if self._lead:
            painter.setFont(bold)
            painter.setPen(QColor(t.text))
            wide = max(self._lead_width, QFontMetrics(bold).horizontalAdvance(self._lead))
            painter.drawText(
                left,
                0,
                wide,
                self.height(),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                self._lead,
            )
            left += wide + 16
        room = self.width() - left - _PAD
        high = self.fontMetrics().lineSpacing()
        top = (self.height() - high * (2 if self._quiet else 1)) // 2
        for text, colour in ((self._words, t.text), (self._quiet, t.muted)):
            if not text:
                continue
            painter.setFont(self.font())
            painter.setPen(QColor(colour))
            shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(left, top, room, high, Qt.AlignmentFlag.AlignLeft, shown)
            top += high
