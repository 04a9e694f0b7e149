"""Opsætning: the program, you, the municipality, the wording of letters, the follow-up rules, the ways in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.services.opening import Doors
from ui.house import House
from ui.pages.settings.pane import Pane
from ui.tasks import Touched
from ui.words import bind, bind_call, tr

PANE_LABELS = {
    "program": "The program",
    "worker": "You",
    "office": "The municipality",
    "template": "Wording",
    "rules": "Rules",
    "sync": "Sync",
    "family": "Showing to the family",
    "keys": "Ways in",
    "backups": "Backups",
    "access": "Log",
    "retention": "Keeping",
}
"""The tabs by the part of a place that leads to them."""
_OF_DOORS = ("family", "keys", "backups", "retention")


class SettingsPage(QWidget):
    """The page. A pane is made when it is first looked at."""

    def __init__(self, house: House, parent: QWidget | None = None, *, doors: Doors | None = None) -> None:
        super().__init__(parent)
        self._house, self._doors = house, doors
        self._names = [name for name in PANE_LABELS if name not in _OF_DOORS or doors is not None]
        title = QLabel()
        title.setProperty("look", "title")
        bind(title.setText, "Settings")
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        bind(self.tabs.setAccessibleName, "Settings")
        for _name in self._names:
            self.tabs.addTab("")
        self._stack = QStackedWidget()
        self._panes: dict[str, Pane] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._turn)
        self.setFocusProxy(self.tabs)
        bind_call(self, self._say)

    def _say(self) -> None:
        for index, name in enumerate(self._names):
            self.tabs.setTabText(index, tr(PANE_LABELS[name]))

    # the page, as the window sees it

    @property
    def here(self) -> str:
        """The pane that is shown."""
        return self._names[self.tabs.currentIndex()]

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show a pane: the one ``part`` names, else the one looked at last."""
        index = self._names.index(part) if part in self._names else self.tabs.currentIndex()
        if index == self.tabs.currentIndex():
            self._turn(index)
        else:
            self.tabs.setCurrentIndex(index)

    def follow(self, touched: Touched) -> None:
        """Tell every pane that has been made."""
        for pane in self._panes.values():
            pane.follow(touched)

    def leave(self) -> bool:
        """Keep what is half-written."""
        answers = [pane.leave() for pane in self._panes.values()]
        return all(answers)

    def pane(self, name: str) -> Pane:
        """Return a pane, made when it is first asked for. Raises ``KeyError`` for a name that is none."""
        found = self._panes.get(name)
        if found is None:
            found = self._makers()[name]()
            self._panes[name] = found
            self._stack.addWidget(found)
        return found

    def _turn(self, index: int) -> None:
        self.leave()
        pane = self.pane(self._names[index])
        self._stack.setCurrentWidget(pane)
        pane.begin()

    def _makers(self) -> dict[str, Callable[[], Pane]]:
        from ui.pages.settings.access_pane import AccessPane
        from ui.pages.settings.backups_pane import BackupsPane
        from ui.pages.settings.family_pane import FamilyPane
        from ui.pages.settings.keys_pane import KeysPane
        from ui.pages.settings.office_panes import OfficePane, WorkerPane
        from ui.pages.settings.program_pane import ProgramPane
        from ui.pages.settings.retention_pane import RetentionPane
        from ui.pages.settings.rules_pane import RulesPane
        from ui.pages.settings.templates_pane import TemplatesPane

        house, doors = self._house, self._doors
        makers: dict[str, Callable[[], Pane]] = {
            "program": lambda: ProgramPane(house),
            "worker": lambda: WorkerPane(house),
            "office": lambda: OfficePane(house),
            "template": lambda: TemplatesPane(house),
            "rules": lambda: RulesPane(house),
            "sync": lambda: _sync_pane(house),
            "access": lambda: AccessPane(house),
        }
        if doors is not None:
            makers["family"] = lambda: FamilyPane(house, doors)
            makers["keys"] = lambda: KeysPane(house, doors)
            makers["retention"] = lambda: RetentionPane(house, doors)
            makers["backups"] = lambda: BackupsPane(house, doors)
        return makers


def _sync_pane(house: House) -> Pane:
    from ui.pages.settings.sync_pane import SyncPane

    return SyncPane(house)
