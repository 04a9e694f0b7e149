"""Widgets side by side on as many lines as they need; where there is no room for all lines they are scrolled to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from ui.widgets.flow import FlowLayout

_LINES = 1.9
"""How many lines are in sight at least: of the second so much that one sees there is more."""


class FlowArea(QScrollArea):
    """``flow`` takes the widgets; the area is as high as they need, and less where there is no room."""

    def __init__(self, spacing: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._inner = QWidget()
        self.flow = FlowLayout(self._inner, spacing)
        self.setWidget(self._inner)
        self.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        self._inner.installEventFilter(self)

    def _needed(self) -> int:
        return self.flow.heightForWidth(max(1, self.width()))

    def sizeHint(self) -> QSize:
        return QSize(self.flow.minimumSize().width(), self._needed())

    def minimumSizeHint(self) -> QSize:
        one = self.flow.minimumSize()
        return QSize(0, min(self._needed(), round(one.height() * _LINES)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Become higher or lower when widgets came, went or changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._refit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()

    def _refit(self) -> None:
        """Have the bar only where lines are out of sight: its own width must not be what drives a widget to the next."""
        needed, policy = max(1, self._needed()), Qt.ScrollBarPolicy
        bar = policy.ScrollBarAlwaysOff if self.height() >= needed else policy.ScrollBarAsNeeded
        if bar != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(bar)
        if needed != self.maximumHeight():
            self.setMaximumHeight(needed)
            self.updateGeometry()
