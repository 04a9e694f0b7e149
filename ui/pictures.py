"""Pictures of the window for the demo: each place is gone to, waited for, and grabbed as it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from ui import icons, theme
from ui.house import Place
from ui.main_window import MainWindow
from ui.tasks import Tasks

if TYPE_CHECKING:
    from caseworker_app.services.books import Books
    from caseworker_app.services.opening import Doors
    from caseworker_app.services.papers import PaperMaker
    from caseworker_app.services.ports import Store
    from caseworker_app.services.sync_desk import SyncDesk, SyncState
    from caseworker_app.settings import Settings

_QUIET_ROUNDS = 6
"""How many rounds of the event loop nothing must be under way before a picture is taken."""
_ROUND_MS = 15


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: the file's name, where to go, the window's size in px, and light or dark; with the manual over it."""

    file: str
    place: Place
    size: tuple[int, int] = (1366, 768)
    theme: theme.ThemeName = theme.ThemeName.LIGHT
    manual: bool = False


class _Photographer(QObject):
    """Takes the shots one after the other, driven by a timer, and ends the application."""

    def __init__(
        self, window: MainWindow, tasks: Tasks, shots: Sequence[Shot], out: Path, ready: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self._ready = ready
        self._window, self._tasks, self._out = window, tasks, out
        self._left = list(shots)
        self._quiet = 0
        self._now: Shot | None = None
        self._theme: theme.ThemeName | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_ROUND_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        self._quiet = self._quiet + 1 if self._tasks.idle and self._ready() else 0
        if self._quiet < _QUIET_ROUNDS:
            return
        self._quiet = 0
        if self._now is not None:
            self._take().save(str(self._out / self._now.file), "PNG")
        if not self._left:
            self._timer.stop()
            QApplication.quit()
            return
        self._now = self._left.pop(0)
        self._dress(self._now)
        self._window.navigator.go(self._now.place)
        if self._now.manual:
            self._window.helping.show_manual()

    def _take(self) -> QPixmap:
        """Return the window as it stands, with the dialog that is open over it, and close that."""
        picture, dialog = self._window.grab(), QApplication.activeModalWidget()
        manual = self._window.helping.manual
        if manual is not None and manual.isVisible():
            dialog = manual
        if dialog is not None:
            over = dialog.grab()
            painter = QPainter(picture)
            painter.fillRect(self._window.rect(), QColor(0, 0, 0, 90))
            painter.drawPixmap((self._window.rect().center() - dialog.rect().center()), over)
            painter.end()
            dialog.close()
        return picture

    def _dress(self, shot: Shot) -> None:
        if shot.theme is not self._theme:  # dressing every widget anew takes longer than taking the picture
            application = QApplication.instance()
            assert isinstance(application, QApplication)
            theme.apply(application, shot.theme)
            icons.redress(application)
            self._theme = shot.theme
        self._window.resize(*shot.size)


def take(
    store: Store,
    doors: Doors,
    papers: PaperMaker,
    settings: Settings,
    books: Books,
    shots: Sequence[Shot],
    out: Path,
    *,
    done: Callable[[], None] | None = None,
    sync: SyncDesk | None = None,
) -> None:
    """Run the window over an open store, offscreen or not, take the shots as PNG into ``out``, and close it."""
    application = QApplication.instance() or QApplication(["Tæt på"])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    theme.apply(application, theme.ThemeName.LIGHT)
    tasks = Tasks(store)
    window = MainWindow(tasks, doors, papers, settings, books, sync=sync, suffix="Demo")
    window.enter(store)
    if sync is not None:
        window.syncing.begin()
    window.show()
    photographer = _Photographer(window, tasks, shots, out, lambda: sync is None or _at_rest(sync.state()))
    application.exec()
    photographer.deleteLater()
    window.syncing.finish()
    window.close()
    tasks.finish()
    if done is not None:
        done()


def take_locked(
    store: Store,
    doors: Doors,
    papers: PaperMaker,
    settings: Settings,
    books: Books,
    file: Path,
    size: tuple[int, int],
    dress: theme.ThemeName,
) -> None:
    """Open the window over a store, lock it, and take it once the passphrase is asked for. The store is closed by that."""
    application = QApplication.instance() or QApplication(["Tæt på"])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    theme.apply(application, dress)
    icons.redress(application)
    tasks = Tasks(store)
    window = MainWindow(tasks, doors, papers, settings, books)
    window.resize(*size)
    window.enter(store)
    window.show()
    window.lock()
    timer, quiet = QTimer(window), 0

    def look() -> None:
        nonlocal quiet
        quiet = quiet + 1 if tasks.idle and tasks.store is None else 0
        if quiet >= _QUIET_ROUNDS:
            timer.stop()
            window.grab().save(str(file), "PNG")
            QApplication.quit()

    timer.timeout.connect(look)
    timer.start(_ROUND_MS)
    application.exec()
    window.close()
    tasks.finish()


def _at_rest(state: SyncState) -> bool:
    """Whether the desk of sync has been in contact with the hub and does nothing at the moment."""
    return state.last_contact is not None and not state.running and not state.unsent
