"""Locking: drafts are saved, what is under way is finished, the store is closed, the screen is empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from ui.tasks import Job, Tasks

_LOOK_AGAIN_MS = 10


class Clipboard(Protocol):
    """What of Qt's clipboard is needed here."""

    def ownsClipboard(self) -> bool: ...
    def clear(self) -> None: ...


def forget_clipboard(clipboard: Clipboard | None = None) -> None:
    """Empty the clipboard if what is on it came from this program; another program's is left alone."""
    there = clipboard or QGuiApplication.clipboard()
    if there.ownsClipboard():
        there.clear()


def close_dialogs(window: QWidget) -> None:
    """Close every dialog and menu but the window itself."""
    for other in QApplication.topLevelWidgets():
        if other is window or not other.isVisible():
            continue
        if isinstance(other, QDialog):
            other.reject()
        elif isinstance(other, QMenu) or other.isWindow():
            other.close()


class Locking(QObject):
    """Closes the store once everything asked of it has been answered; then calls ``then``."""

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._then: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._look)

    @property
    def under_way(self) -> bool:
        """Whether the store is being closed."""
        return self._then is not None

    def close(self, then: Callable[[], None]) -> None:
        """Close the store when it is at rest, then call ``then``."""
        self._then = then
        self._timer.start()

    def _look(self) -> None:
        if not self._tasks.idle:
            return
        self._timer.stop()
        store = self._tasks.store
        self._tasks.use(None)
        if store is None:
            self._closed(None)
        else:
            self._tasks.job(self, Job(store.close, self._closed))

    def _closed(self, _nothing: None) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
