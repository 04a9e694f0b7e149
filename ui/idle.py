"""Noticing that nobody has touched the program for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

LOCK_KEYS = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)
_USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """``idle`` comes once nothing has been pressed, moved or scrolled in any of our windows for so many minutes.

    ``asked`` comes when :data:`LOCK_KEYS` are pressed in a window of ours, also while a dialog stands over the rest.
    It listens at the windows, not at every widget: a key costs it a microsecond.
    """

    idle = Signal()
    asked = Signal()

    def __init__(
        self, minutes: int, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._minutes = minutes
        self._last = clock()
        self._watched: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self.watch)

    def watch(self, window: QWindow | None) -> None:
        """Listen at a window, once."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Wait so long from now on."""
        self._minutes = minutes
        if self._timer.isActive():
            self.look()

    def start(self) -> None:
        """Begin to wait: the store is open."""
        self._last = self._clock()
        self._timer.start(self._minutes * 60_000)

    def stop(self) -> None:
        """Wait no more: it is locked already."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _USE:
            self._last = self._clock()
            if isinstance(event, QKeyEvent) and event.keyCombination() == LOCK_KEYS:
                self.asked.emit()
                return True
        return False

    def look(self) -> None:
        """Say so if it is time; else wait for what is left."""
        left = self._last + self._minutes * 60 - self._clock()
        if left <= 0:
            self._timer.stop()
            self.idle.emit()
        else:
            self._timer.start(int(left * 1000) + 1)
