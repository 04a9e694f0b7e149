"""A line of I dag: what it says goes on in further lines rather than be cut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QResizeEvent

from ui import icons, theme
from ui.widgets.line_button import LineButton

_PAD, _GAP, _AROUND = 12, 16, 14
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


class WholeLine(LineButton):
    """As high as its words need. ``full`` makes more words about it when somebody comes to it, for the tip."""

    full: Callable[[], str] | None = None

    def __init__(
        self, words: str, quiet: str = "", lead: str = "", *, icon: str = "", tone: str = "muted"
    ) -> None:
        super().__init__(words, quiet, lead, icon=icon, tone=tone)
        self._known: dict[tuple[int, int], list[int]] = {}
        self._placed = False

    def enterEvent(self, event: QEnterEvent) -> None:
        """Have the words ready to be shown as a tip."""
        if self.full is not None:
            self.setToolTip(self.full())
        super().enterEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._known.clear()
            self.updateGeometry()

    def set_lead_width(self, wide: int) -> None:
        super().set_lead_width(wide)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that the words need in this width: cheaper than layouts that try many widths."""
        super().resizeEvent(event)
        if not self._placed or event.size().width() != event.oldSize().width():
            self._placed = True
            if self.height() != self._needs():
                self.updateGeometry()

    def sizeHint(self) -> QSize:
        usual = super().sizeHint()
        return QSize(usual.width(), self._needs()) if self._placed else usual

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def _needs(self) -> int:
        return max(theme.TARGET + 4, sum(self._highs(self.width())) + _AROUND)

    def _lead_left(self) -> int:
        return _PAD + (icons.SIZE + 8 if self._icon else 0)

    def _lead_wide(self) -> int:
        return max(self._lead_width, self.lead_needs())

    def _left(self) -> int:
        """Return where the texts begin."""
        return self._lead_left() + (self._lead_wide() + _GAP if self._lead else 0)

    def _highs(self, width: int) -> list[int]:
        """Return how high each of the texts is in a line of that width; layouts ask for it over and over."""
        known = (width, self._lead_width)
        if known not in self._known:
            room, metrics = max(width - self._left() - _PAD, 60), self.fontMetrics()
            self._known[known] = [_high(metrics, room, text) for text in (self._words, self._quiet) if text]
        return self._known[known]

    def _write(self, painter: QPainter, t: theme.Tokens) -> None:
        if self._icon:
            mark = icons.pixmap(self._icon, getattr(t, self._tone), ratio=self.devicePixelRatioF())
            painter.drawPixmap(_PAD, (self.height() - icons.SIZE) // 2, mark)
        if self._lead:
            bold = QFont(self.font())
            bold.setBold(True)
            painter.setFont(bold)
            painter.setPen(QColor(t.text))
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(self._lead_left(), 0, self._lead_wide(), self.height(), middle, self._lead)
        painter.setFont(self.font())
        left, highs = self._left(), self._highs(self.width())
        room, top = self.width() - left - _PAD, (self.height() - sum(highs)) // 2
        texts = ((text, colour) for text, colour in ((self._words, t.text), (self._quiet, t.muted)) if text)
        for (text, colour), high in zip(texts, highs, strict=True):
            painter.setPen(QColor(colour))
            painter.drawText(left, top, room, high, _WRAPPED, text)
            top += high


def _high(metrics: QFontMetrics, room: int, text: str) -> int:
    if metrics.horizontalAdvance(text) <= room:
        return metrics.lineSpacing()
    return metrics.boundingRect(QRect(0, 0, room, 9999), _WRAPPED, text).height()
