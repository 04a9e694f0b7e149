"""Labels that take the room they are given: one ends in three dots where that is too little, one goes on below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class ElidedLabel(QLabel):
    """``say`` sets the words; the whole of them is the tool tip and what a screen reader hears."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(40)

    def say(self, words: str) -> None:
        """Say words, as many of them as there is room for."""
        self._whole = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class WrappedLabel(QLabel):
    """``say`` sets the words, in as many lines as they need; the whole of them is the tool tip too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumWidth(120)

    def say(self, words: str) -> None:
        """Say words."""
        self.setText(words)
        self.setToolTip(words)
        self.setAccessibleName(words)
