"""Between the desk of sync and the window: what it tells in its own thread arrives here, and reaches the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from ui.house import House
from ui.tasks import Job, Touched

if TYPE_CHECKING:
    from caseworker_app.services.ports import Store
    from caseworker_app.services.sync_desk import News, SyncDesk, SyncState

BEGIN_MS = 700
"""How long after a store is opened sync is begun: nothing of it is loaded before the first screen stands there."""


class DeskNews(QObject):
    """Hears the desk for as long as it lives; ``came`` carries its news on the GUI thread."""

    came = Signal(object)
    _told = Signal(object)

    def __init__(self, desk: SyncDesk, parent: QObject) -> None:
        super().__init__(parent)

        def told(news: News) -> None:
            if isValid(self):
                self._told.emit(news)

        self._told.connect(self.came, Qt.ConnectionType.QueuedConnection)
        self.stop = desk.listen(told)
        self.destroyed.connect(self.stop)


class Syncing(QObject):
    """Has the desk begin with an open store and rest before it is closed.

    ``changed`` carries the :class:`SyncState`; ``stands`` what says it in the status line and
    whether there is nothing to mind. What came from others goes the way of what was done here: pages that show it ask
    again.
    """

    changed = Signal(object)
    stands = Signal(object, bool)

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._store: Store | None = None
        self._begun = self._passing_on = False
        self._news: DeskNews | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BEGIN_MS)
        self._timer.timeout.connect(self.begin)
        house.tasks.touched.connect(self._saved)

    def begin_soon(self, store: Store) -> None:
        """Begin with a store once its first screen has been shown."""
        self._store = store
        self._timer.start()

    def begin(self) -> None:
        """Begin now; what the desk is made of is loaded in another thread, beside what is typed."""
        self._timer.stop()
        if self._store is not None and not self._begun:
            self._house.tasks.job(self, Job(_load(self._house.sync), lambda _state: self._start()))

    def _start(self) -> None:
        store, desk = self._store, self._house.sync
        if store is None or self._begun:
            return
        self._begun = True
        self._news = DeskNews(desk, self)
        self._news.came.connect(self._arrived)
        desk.begin(store)
        self._say()

    def rest(self) -> None:
        """Let the store alone, as a task that is waited for before the store is closed."""
        self._timer.stop()
        self._store = None
        if self._begun:
            self._stop_listening()
            self._house.tasks.job(self, Job(self._house.sync.rest, lambda _nothing: None))

    def finish(self) -> None:
        """Let the store alone at once: the program is ending."""
        self._timer.stop()
        if self._begun:
            self._stop_listening()
            self._house.sync.rest()

    def _stop_listening(self) -> None:
        self._begun = False
        if self._news is not None:
            self._news.stop()
            self._news.deleteLater()
            self._news = None

    def _saved(self, _touched: Touched) -> None:
        if self._begun and not self._passing_on:
            self._house.sync.saved()

    def _arrived(self, news: News) -> None:
        if not self._begun:
            return
        if news.touched:
            self._passing_on = True
            try:
                self._house.tasks.touched.emit(news.touched)
            finally:
                self._passing_on = False
        self._say()

    def _say(self) -> None:
        from ui.models.sync_words import is_calm, stands

        state = self._house.sync.state()
        self.stands.emit(stands(state), is_calm(state))
        self.changed.emit(state)


def _load(desk: SyncDesk) -> Callable[[], SyncState]:
    def load() -> SyncState:
        from ui.models import sync_words  # noqa: F401 - so that it is there when it is needed

        return desk.state()

    return load
