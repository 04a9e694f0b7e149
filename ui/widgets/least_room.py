"""What fills its place as ever, and in a place too low for its text is scrolled instead of pressed together."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class _Inside(QWidget):
    """Holds the content, as large as itself."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        content.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())


class LeastRoom(QScrollArea):
    """``content`` is never less high than so many lines of text."""

    def __init__(self, content: QWidget, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content, self._lines = content, lines
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = _Inside(content)
        self.setWidget(self._inside)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._content.minimumSizeHint().width(), 3 * self.fontMetrics().lineSpacing())

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        self._inside.setMinimumHeight(self._lines * self.fontMetrics().lineSpacing())
