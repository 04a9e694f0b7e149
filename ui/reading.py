"""What is looked at is noted in the access log: each page once, and again when some minutes have gone."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from caseworker_app.domain.errors import UserError
from caseworker_app.services.ports import Writer
from ui.house import Place
from ui.tasks import Op, Tasks

AGAIN_S = 600.0
"""Within so long the same page of the same thing is one reading."""
_WAIT_MS = 400
"""First the page is shown; then it is noted."""
_UNNOTED = frozenset({"settings", "meeting_run", "map_compare"})
"""Pages that show nobody, or what the page before has been noted for."""


class Reading(QObject):
    """Hears where one goes."""

    def __init__(self, tasks: Tasks, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._tasks, self._clock = tasks, clock
        self._noted: dict[tuple[str, bytes, str], float] = {}
        self._waiting: list[Place] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.write)

    def looked_at(self, place: Place) -> None:
        """A place has been shown."""
        if place.page in _UNNOTED:
            return
        key = (place.page, place.thing or b"", place.part.partition(":")[0])
        now = self._clock()
        if now - self._noted.get(key, -AGAIN_S) >= AGAIN_S:
            self._noted[key] = now
            self._waiting.append(place)
            self._timer.start()

    def forget(self) -> None:
        """The store is being closed: what waits is written, and the next look is a new one."""
        self.write()
        self._noted.clear()

    def write(self) -> None:
        """Write what waits."""
        places, self._waiting = self._waiting, []
        if places and self._tasks.store is not None:
            self._tasks.op(self, Op(lambda w: _note(w, places), failed=_let_be))


def _note(writer: Writer, places: list[Place]) -> None:
    from caseworker_app.services import access_log

    for place in places:
        access_log.note_reading(writer, place.page, place.thing, place.part.partition(":")[0])


def _let_be(_error: UserError) -> None:
    """A full disk is said where something is saved; looking goes on."""
