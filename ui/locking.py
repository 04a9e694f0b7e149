"""Locking: drafts are saved, what is under way is finished, the store is closed, the screen is empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from caseworker_app.domain.errors import NotKept
from ui.clipboard import copied
from ui.rest import Rest
from ui.tasks import Job, Tasks


class Clipboard(Protocol):
    """What of Qt's clipboard is needed here."""

    def ownsClipboard(self) -> bool: ...
    def ownsSelection(self) -> bool: ...
    def clear(self, mode: QClipboard.Mode) -> None: ...


def forget_clipboard(clipboard: Clipboard | None = None) -> None:
    """Empty what came from this program: what was copied, and where the system has it what was only marked.

    Another program's is left alone.
    """
    there = clipboard or QGuiApplication.clipboard()
    if there.ownsClipboard():
        there.clear(QClipboard.Mode.Clipboard)
    if there.ownsSelection():
        there.clear(QClipboard.Mode.Selection)
    if clipboard is None:
        copied().forget()


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
    """Closes the store once everything asked of it has been answered and everything typed is kept; then calls ``then``.

    Answers reach nobody meanwhile: nothing opens over the covered screen.
    """

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._rest = Rest(tasks, lambda: tasks.idle, self)
        self._then: Callable[[], None] | None = None

    @property
    def under_way(self) -> bool:
        """Whether the store is being closed."""
        return self._then is not None

    def close(
        self, keep: Callable[[], object], then: Callable[[], None], troubled: Callable[[NotKept | None], None]
    ) -> None:
        """Close the store when it is at rest, then call ``then``; ``keep`` and ``troubled`` are those of :class:`Rest`."""
        self._then = then
        self._tasks.hushed = True

        def told(problem: NotKept | None) -> bool:
            troubled(problem)
            return True

        self._rest.await_it(keep, self._at_rest, told)

    def _at_rest(self) -> None:
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
