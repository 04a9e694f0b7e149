"""The window: puts its parts together and hands each what it needs. What they do is theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.errors import NotKept, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.settings import (
    IDLE_LOCK_MINUTES,
    WINDOW_GEOMETRY,
    Notice,
    SettingRefused,
    Settings,
    SettingsNotSaved,
)
from ui.actions import STOPS, Actions
from ui.finding import Finding, search_everything
from ui.helping import Helping
from ui.house import House, Place, no_hub
from ui.idle import IdleWatch
from ui.in_sight import InSight
from ui.locking import Locking, close_dialogs, forget_clipboard
from ui.navigator import Maker, Navigator
from ui.preferences import preferences
from ui.reading import Reading
from ui.rest import Rest
from ui.rooms import STOP_OF, WHOLE, rooms
from ui.safekeeping import Safekeeper
from ui.session import SessionWatch
from ui.syncing import Syncing
from ui.tasks import Tasks
from ui.undoing import Undoing
from ui.widgets.banner import Banner
from ui.widgets.rail import Rail
from ui.widgets.top_bar import TopBar
from ui.words import tr

if TYPE_CHECKING:
    from caseworker_app.services.books import Books
    from caseworker_app.services.documents import FileReader
    from caseworker_app.services.handover_desk import HandoverDesk
    from caseworker_app.services.opening import Doors
    from caseworker_app.services.papers import PaperMaker
    from caseworker_app.services.ports import Store
    from caseworker_app.services.sync_desk import SyncDesk
    from ui.family_mode.mode import FamilyMode
    from ui.pages.opening.flow import OpeningFlow

SMALLEST = (1024, 640)
FIRST = Place("caseload")


class MainWindow(QMainWindow):
    """The one window. ``entered`` comes when a store is open and its first page is shown."""

    entered = Signal()

    def __init__(
        self,
        tasks: Tasks,
        doors: Doors,
        papers: PaperMaker,
        settings: Settings,
        books: Books,
        *,
        files: FileReader | None = None,
        sync: SyncDesk | None = None,
        handover: Callable[[Store], HandoverDesk] | None = None,
        suffix: str = "",
        makers: Mapping[str, Maker] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setWindowTitle(f"Tæt på – {suffix}" if suffix else "Tæt på")
        self.setMinimumSize(*SMALLEST)
        self._tasks, self._doors, self._papers, self._settings = tasks, doors, papers, settings
        self.menu_actions = Actions(self)
        self.rail = Rail(STOPS, self.menu_actions.lock)
        self.bar = TopBar(self.menu_actions)
        self.banner = Banner()
        self._pages = QStackedWidget()
        self.navigator = Navigator(self._pages, makers or rooms(doors), self)
        go, say = self.navigator.go, self.bar.status.say
        desk = no_hub() if sync is None else sync
        self.house = House(
            tasks, papers, settings, books, go, say, self._show_family, self._show_family_meeting, sync=desk,
            lock=self.lock,
        )  # fmt: skip
        if files is not None:
            self.house = replace(self.house, files=files)
        if handover is not None:
            self.house = replace(self.house, handover=handover)
        self.navigator.use(self.house)
        self.undoing = Undoing(self.house, self)
        self.syncing = Syncing(self.house, self)
        self.reading = Reading(tasks, self)
        self.session = SessionWatch(self)
        self.safekeeper = Safekeeper(tasks, doors, self.banner, self)
        self.finding = Finding(self.house, self.bar.find_field, self.menu_actions.commands, self)
        self._locking = Locking(tasks, self)
        self._rest = Rest(tasks, lambda: tasks.settled, self)
        self._rested = self._told = self._go_when_locked = False
        self._in_sight = InSight(self)
        self._idle = IdleWatch(settings.get(IDLE_LOCK_MINUTES), self)
        self._flow: OpeningFlow | None = None
        self.family: FamilyMode | None = None
        self._outer = QStackedWidget()
        self._desk = self._lay_out()
        self._outer.addWidget(self._desk)
        self.setCentralWidget(self._outer)
        self._join()
        self.helping = Helping(self.house, self.menu_actions, self.navigator, self)
        self.menu_actions.rest(locked=True)
        self._place_on_screen()

    def _lay_out(self) -> QWidget:
        desk = QWidget()
        framed = QVBoxLayout()
        framed.setContentsMargins(12, 8, 12, 0)
        framed.addWidget(self.banner)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addLayout(framed)
        right.addWidget(self._pages, 1)
        across = QHBoxLayout(desk)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(right, 1)
        return desk

    def _join(self) -> None:
        """Connect the parts with each other."""
        a, nav = self.menu_actions, self.navigator
        a.new_case.triggered.connect(lambda: nav.go(Place("caseload", None, "new")))
        a.notification.triggered.connect(lambda: nav.go(Place("caseload", None, "notification")))
        a.health.triggered.connect(lambda: nav.go(Place("health")))
        a.quality.triggered.connect(lambda: nav.go(Place("quality")))
        a.import_list.triggered.connect(lambda: nav.go(Place("caseload", None, "import")))
        a.lock.triggered.connect(self.lock)
        a.quit.triggered.connect(self.close)
        a.undo.triggered.connect(self.undoing.undo)
        a.redo.triggered.connect(self.undoing.redo)
        a.back.triggered.connect(nav.back)
        a.find.triggered.connect(lambda: self.bar.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason))
        a.history.triggered.connect(self._show_history)
        for page, action in a.stops.items():
            action.triggered.connect(lambda _checked=False, page=page: nav.go(Place(page)))
        a.wear(preferences(self._settings), self.banner.warn)
        self.rail.chosen.connect(lambda page: nav.go(Place(page)))
        nav.moved.connect(self._moved)
        nav.moved.connect(self.reading.looked_at)
        self.undoing.changed.connect(a.offer)
        self.undoing.drafts.connect(self.bar.status.stand)
        self._tasks.said.connect(lambda said: self.bar.status.say(tr(said)))
        self._tasks.error.connect(self.banner.warn)
        self.syncing.stands.connect(self.bar.status.stand_sync)
        self.bar.status.pressed.connect(lambda: nav.go(Place("settings", None, "sync")))
        a.sync.triggered.connect(lambda: nav.go(Place("settings", None, "sync")))
        self._idle.idle.connect(self.lock)
        self._idle.asked.connect(self.lock)
        self.session.left.connect(self.lock)
        self.finding.everything.connect(partial(search_everything, nav))
        preferences(self._settings).changed.connect(self._preferences_changed)

    def tell(self, notices: Sequence[Notice]) -> None:
        """Say what was wrong with the settings when they were read."""
        if notices:
            self.banner.show_words(lambda: (" ".join(tr(n.msgid, **n.values) for n in notices), ()))

    # the store

    def enter(self, store: Store) -> None:
        """Begin to work on an open store: where one was before it was locked, else at the caseload."""
        self._tasks.use(store)
        self.menu_actions.rest(locked=False)
        self.navigator.again(FIRST)
        self._outer.setCurrentWidget(self._desk)
        if self._flow is not None:
            self._outer.removeWidget(self._flow)
            self._flow.deleteLater()
            self._flow = None
        self._idle.start()
        self.undoing.ask_soon()
        self.syncing.begin_soon(store)
        self.safekeeper.begin_soon()
        self.entered.emit()

    def show_opening(self, problem: UserError | None = None, *, keyring: bool = True) -> None:
        """Show the way in: making a store, opening it, or what is wrong with it (``problem``, when it was tried).

        Without ``keyring`` it has been asked already, and had no answer.
        """
        self._show_flow().begin(problem, keyring=keyring)

    def show_waiting(self) -> None:
        """Show that the store is being opened."""
        self._show_flow().wait_for_store()

    def lock(self) -> None:
        """Keep drafts, empty the screen and the clipboard, close the store, and ask for the passphrase."""
        if self._tasks.store is None or self._locking.under_way:
            return
        self._idle.stop()
        if self.family is not None:
            self.family.forget_map()
        flow = self._show_flow()
        flow.close_down()
        close_dialogs(self)
        forget_clipboard()
        self.menu_actions.rest(locked=True)
        self.banner.clear()
        self.finding.forget()
        self.syncing.rest()
        self.safekeeper.rest()
        self.reading.forget()
        self._locking.close(self.navigator.leave, lambda: self._locked(flow), flow.close_down)

    def _locked(self, flow: OpeningFlow) -> None:
        self.navigator.clear()
        self.banner.clear()
        flow.ask()
        if self._go_when_locked:
            self.close()

    @property
    def locked(self) -> bool:
        """Whether nothing of a store can be seen."""
        return self._outer.currentWidget() is not self._desk

    def _show_flow(self) -> OpeningFlow:
        from ui.pages.opening.flow import OpeningFlow

        if self._flow is None:
            self._flow = OpeningFlow(self._tasks, self._doors, self._papers)
            self._flow.opened.connect(self.enter)
            self._outer.addWidget(self._flow)
        self._outer.setCurrentWidget(self._flow)
        return self._flow

    # small things

    def _family_mode(self) -> FamilyMode:
        from ui.family_mode.mode import FamilyMode

        if self.family is None:
            forget, lock = self.finding.forget, self.lock
            self.family = FamilyMode(self.house, self._doors, self, forget=forget, lock=lock)
        return self.family

    def _show_family(self, network_map: Id) -> None:
        self._family_mode().begin(network_map)

    def _show_family_meeting(self, meeting: Id) -> None:
        self._family_mode().enter_meeting(meeting)

    def _moved(self, place: Place) -> None:
        self.rail.mark(STOP_OF.get(place.page, place.page))
        self.menu_actions.back.setEnabled(self.navigator.can_go_back)
        for widget in (self.rail, self.bar):
            widget.setVisible(place.page not in WHOLE)

    def _preferences_changed(self, name: str) -> None:
        if name == IDLE_LOCK_MINUTES.name:
            self._idle.set_minutes(preferences(self._settings).idle_minutes)

    def _show_history(self) -> None:
        from ui.dialogs.history_dialog import HistoryDialog, of_place

        ask, about = of_place(self.navigator.place or FIRST)
        HistoryDialog(self.house, ask, about, self).open()

    # the frame

    def _place_on_screen(self) -> None:
        kept = QByteArray.fromBase64(self._settings.get(WINDOW_GEOMETRY).encode("ascii", "ignore"))
        if kept.isEmpty() or not self.restoreGeometry(kept):
            screen = QGuiApplication.primaryScreen()
            room = screen.availableGeometry() if screen is not None else self.geometry()
            self.resize(min(1366, room.width()), min(768, room.height()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._idle.watch(self.windowHandle())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep drafts, let what is being written or printed end, and go; stay when the page has to be answered first.

        When a draft cannot be kept that is said, and the window stays; closed again, it goes without.
        """
        if not self._may_go_now():
            event.ignore()
            return
        try:
            kept = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
            self._settings.set(WINDOW_GEOMETRY, kept)
        except (SettingRefused, SettingsNotSaved):
            pass  # the window comes up in its usual place next time
        close_dialogs(self)
        super().closeEvent(event)

    def _may_go_now(self) -> bool:
        if self._locking.under_way:
            self._go_when_locked = True
            return False
        if self.locked or self._rested or self._tasks.store is None:
            return True
        if self._rest.awaited or not self.navigator.leave():
            return False
        close_dialogs(self)
        if self._told or (self._tasks.settled and not self._tasks.unkept):
            return True
        self.bar.status.say(tr("Closing …"))
        self._rest.await_it(self.navigator.leave, self._go, self._stay)
        return False

    def _go(self) -> None:
        self._rested = True
        self.close()

    def _stay(self, _problem: NotKept | None) -> bool:
        self._told = True
        return False
