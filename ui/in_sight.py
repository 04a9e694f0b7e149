"""What the keyboard comes to is scrolled to: Qt does that within a scroll area, but not for who comes in from outside."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QWidget


class InSight(QObject):
    """Watches where the keyboard goes in the whole program."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._look)

    def _look(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to what has the keyboard when nothing of it is seen: who clicked on it sees it already."""
        if now is None or not now.isVisible():
            return
        shown = now.viewport() if isinstance(now, QAbstractScrollArea) else now
        if not shown.visibleRegion().isEmpty():
            return
        around = now.parentWidget()
        while around is not None and not around.isWindow():
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(now, 12, 12)
            around = around.parentWidget()
