"""Coming to rest: before the store is closed, what is typed is kept and what leaves the house is noted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from caseworker_app.domain.errors import NotKept
from ui.tasks import RETRY_MS, Tasks

_LOOK_AGAIN_MS = 10


class Rest(QObject):
    """Waits until ``at_rest``, and nothing that was typed is left unkept; then calls ``then``.

    When something could not be written, ``troubled`` is told why; if it returns ``True``, ``keep`` is called to have it
    tried again, a while later, for as long as it takes; else nobody waits any longer.
    """

    def __init__(self, tasks: Tasks, at_rest: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._at_rest = tasks, at_rest
        self._keep: Callable[[], object] = lambda: None
        self._then: Callable[[], None] | None = None
        self._troubled: Callable[[NotKept | None], bool] = lambda _problem: True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    @property
    def awaited(self) -> bool:
        """Whether rest is waited for."""
        return self._then is not None

    def await_it(
        self,
        keep: Callable[[], object],
        then: Callable[[], None],
        troubled: Callable[[NotKept | None], bool],
    ) -> None:
        """Have everything kept, and call ``then`` when it is."""
        self._keep, self._then, self._troubled = keep, then, troubled
        self._tasks.take_problem()
        self._keep()
        self._look()

    def _look(self) -> None:
        then = self._then
        if then is None:
            return
        if not self._at_rest():
            self._timer.start(_LOOK_AGAIN_MS)
            return
        problem = self._tasks.take_problem()
        if problem is None and not self._tasks.unkept:
            self._then = None
            then()
        elif self._troubled(problem):
            QTimer.singleShot(RETRY_MS, self, self._once_more)
        else:
            self._then = None

    def _once_more(self) -> None:
        self._tasks.try_again()
        self._keep()
        self._look()
