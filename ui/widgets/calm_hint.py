"""What stands where there is nothing yet: a few calm lines in the middle, never wider than one reads with ease."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

LETTERS = 66
"""So many letters of middling width stand in a line."""


class CalmHint(QLabel):
    """Words in the middle, wrapped at :data:`LETTERS`. To be put into a layout with ``AlignHCenter``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._fit()

    def heightForWidth(self, width: int) -> int:
        """As many lines as the words need in its own width: a layout asks for the width of the whole page."""
        return super().heightForWidth(min(width, self.minimumWidth()))

    def changeEvent(self, event: QEvent) -> None:
        """Keep the width that belongs to the size of the letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        wide = self.fontMetrics().averageCharWidth() * LETTERS
        if wide != self.minimumWidth():
            self.setFixedWidth(wide)
