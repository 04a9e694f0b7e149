"""The application: dressed, given its window, and run until it is closed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.errors import UserError
from ui import theme
from ui.main_window import MainWindow
from ui.mishaps import Mishaps
from ui.preferences import preferences
from ui.tasks import Tasks

if TYPE_CHECKING:
    from pathlib import Path

    from caseworker_app.services.books import Books
    from caseworker_app.services.documents import FileReader
    from caseworker_app.services.handover_desk import HandoverDesk
    from caseworker_app.services.opening import Doors
    from caseworker_app.services.papers import PaperMaker
    from caseworker_app.services.ports import Store
    from caseworker_app.services.sync_desk import SyncDesk
    from caseworker_app.settings import Settings

NAME = "Tæt på"
_REFUSED_QT = "6.12.0"
_SETTLE_MS = 2_000
"""When memory is settled: the user has looked at the first screen and not yet begun to type."""
_PATIENCE_MS = 600
"""How long the window waits for its first rows before it shows itself without them."""


@dataclass(frozen=True)
class Context:
    """What the window is made of.

    ``store`` is one that is open already, one being opened in another thread, or ``None``: then ``doors`` are asked.
    A future that ends in ``None`` says that the keyring had no answer, so the passphrase is asked for; one that ends
    in a :class:`UserError` has it shown.
    ``handed`` is a handover file that was opened with the program; it is looked at when the store is open.
    ``on_first_paint`` is called once, with the number of rows of the caseload, when they have been painted; with
    ``only_first_paint`` the program ends then (for the benchmark).
    """

    doors: Doors
    papers: PaperMaker
    settings: Settings
    books: Books
    store: Store | Future[Store | None] | None = None
    on_first_paint: Callable[[int], None] | None = None
    only_first_paint: bool = False
    title_suffix: str = ""
    handed: Path | None = None
    files: FileReader | None = None
    sync: SyncDesk | None = None
    handover: Callable[[Store], HandoverDesk] | None = None


def start(context: Context) -> int:
    """Run the application and return its exit code: 0, or 3 for a PySide6 it cannot run on."""
    if PySide6.__version__ == _REFUSED_QT:
        sys.stderr.write(
            f"PySide6 {_REFUSED_QT} ends the program at the first click (it miscounts references to None).\n"
            "Nothing has been opened. Install the version in the lock: run start.py again.\n"
        )
        return 3
    application = QApplication.instance() or QApplication([NAME])
    assert isinstance(application, QApplication)
    application.setApplicationName(NAME)
    application.setApplicationDisplayName("")
    application.setDesktopFileName("taet-paa")
    theme.load_fonts()
    preferences(context.settings).put_on()
    tasks = Tasks()
    window = MainWindow(
        tasks, context.doors, context.papers, context.settings, context.books, files=context.files,
        sync=context.sync, handover=context.handover, suffix=context.title_suffix,
    )  # fmt: skip
    mishaps = Mishaps(window, window.banner.warn, tasks)
    let_go = mishaps.catch_all()
    window.tell(context.settings.notices)
    if context.handed is not None:
        show_handed(window, context.handed)
    FirstPaint(window, tasks, context)
    try:
        code = application.exec()
    finally:
        let_go()
        window.syncing.finish()
        _finish(tasks)
    return code


def show_handed(window: MainWindow, file: Path) -> None:
    """Let the window look at a handover file, once, when a store is open."""

    def look() -> None:
        from ui.dialogs.take_pack_dialog import TakePackDialog

        dialog = TakePackDialog(window.house, window)
        dialog.open()
        dialog.use(str(file))

    window.entered.connect(lambda: QTimer.singleShot(0, window, look), Qt.ConnectionType.SingleShotConnection)


def _finish(tasks: Tasks) -> None:
    """Wait for what is being written, and close the store."""
    tasks.finish()
    store = tasks.store
    tasks.use(None)
    if store is not None:
        store.close()


class FirstPaint(QObject):
    """Brings the window to the screen with its rows in it: no flash of an empty one.

    The store may still be opening in its thread while Qt is loading; the window shows itself when the first page has
    been filled, when there is no store, or when it has waited long enough.
    """

    _opened = Signal(object)

    def __init__(self, window: MainWindow, tasks: Tasks, context: Context) -> None:
        super().__init__(window)
        self._window, self._tasks, self._context = window, tasks, context
        self._look = QTimer(self)
        self._look.setInterval(1)
        self._look.timeout.connect(self._show_when_filled)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._waited_enough)
        self._opened.connect(self._arrived)
        store = context.store
        if isinstance(store, Future):
            self._patience.start(_PATIENCE_MS)
            store.add_done_callback(self._opened.emit)
        elif store is None:
            self._without()
        else:
            self._with(store)

    def _arrived(self, future: Future[Store | None]) -> None:
        problem = future.exception()
        if isinstance(problem, UserError):
            self._without(problem)
        elif problem is not None:
            self._without()
            raise problem
        else:
            store = future.result()
            self._without(keyring=False) if store is None else self._with(store)

    def _without(self, problem: UserError | None = None, *, keyring: bool = True) -> None:
        self._window.show_opening(problem, keyring=keyring)
        self._show()

    def _with(self, store: Store) -> None:
        self._window.enter(store)
        painted = getattr(self._window.navigator.page, "first_rows_painted", None)
        if painted is not None and self._context.on_first_paint is not None:
            painted.connect(self._context.on_first_paint)
            if self._context.only_first_paint:
                painted.connect(lambda _rows: QTimer.singleShot(0, QApplication.quit))
        self._look.start()
        self._patience.start(_PATIENCE_MS)

    def _waited_enough(self) -> None:
        if self._tasks.store is None:
            self._window.show_waiting()
        self._show()

    def _show_when_filled(self) -> None:
        if self._tasks.idle:
            self._show()

    def _show(self) -> None:
        self._look.stop()
        self._patience.stop()
        if self._window.isVisible():
            return
        self._window.show()
        QTimer.singleShot(0, self._afterwards)

    def _afterwards(self) -> None:
        """What need not be there at the first paint."""
        from ui.finishing import finish_dressing, settle_memory

        finish_dressing(self._window)
        QTimer.singleShot(_SETTLE_MS, self._window.session.start)
        QTimer.singleShot(_SETTLE_MS, settle_memory)
