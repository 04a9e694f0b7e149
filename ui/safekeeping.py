"""The backup of the day is made by itself while one works, and a week without a drill is said once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from caseworker_app.domain.errors import UserError
from caseworker_app.services.ports import Store
from caseworker_app.services.safekeeping import SafekeepingState
from ui.tasks import Job, Tasks
from ui.words import tr

if TYPE_CHECKING:
    from caseworker_app.services.opening import Doors
    from ui.widgets.banner import Banner

FIRST_MS = 3 * 60_000
"""So long after the store is opened the backup of the day is made: the morning's first clicks are not in its way."""
EVERY_MS = 30 * 60_000
"""So often is looked whether the day has changed, or a backup that failed can be made now."""


class Safekeeper(QObject):
    """Looks after the backups of the open store."""

    def __init__(self, tasks: Tasks, doors: Doors, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._doors, self._banner = tasks, doors, banner
        self._reminded = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    def begin_soon(self) -> None:
        """A store has been opened."""
        self._timer.start(FIRST_MS)

    def rest(self) -> None:
        """The store is being closed."""
        self._timer.stop()

    def look(self) -> None:
        """Make the backup of the day if there is none yet; remind of the drill."""
        store = self._tasks.store
        if store is None:
            return
        self._timer.start(EVERY_MS)
        self._tasks.job(self, Job(self._work(store), self._remind, self._failed))

    def _work(self, store: Store) -> Callable[[], SafekeepingState]:
        doors = self._doors

        def work() -> SafekeepingState:
            backups = doors.backups
            if backups.due():
                backups.daily(store)
            return backups.state()

        return work

    def _failed(self, error: UserError) -> None:
        self._banner.warn(error)

    def _remind(self, state: SafekeepingState) -> None:
        if not state.drill_due or self._reminded or self._banner.isVisible():
            return
        self._reminded = True  # once while the program runs: it is no alarm

        def say() -> tuple[str, tuple[str, ...]]:
            return tr("It is over a week since you tried a backup."), (
                tr("Settings → Backups → Try it. It takes a minute."),
            )

        self._banner.show_words(say)
