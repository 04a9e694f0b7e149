"""Everything the window can be told to do, with its shortcut, and the menu that shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.settings import TEXT_SIZE
from ui import icons
from ui.preferences import Preferences
from ui.theme import ThemeName
from ui.widgets.rail import Stop
from ui.words import bind, bind_call, tr

if TYPE_CHECKING:
    from caseworker_app.services.history import UndoState

STOPS = (
    Stop("today", "Today", "today", "Ctrl+1"),
    Stop("caseload", "Cases", "cases", "Ctrl+2"),
    Stop("meetings", "Meetings", "meetings", "Ctrl+3"),
    Stop("tasks", "Agreements", "done", "Ctrl+5"),
    Stop("numbers", "Numbers", "numbers", "Ctrl+6"),
    Stop("search", "Search", "find", "Ctrl+Shift+F"),
    Stop("settings", "Settings", "settings", "Ctrl+4"),
)
THEME_LABELS = {
    ThemeName.SYSTEM: "As the computer",
    ThemeName.LIGHT: "Light",
    ThemeName.DARK: "Dark",
    ThemeName.CONTRAST: "High contrast",
}
LANGUAGE_NAMES = {"da": "Dansk", "en": "English"}
"""Each language by its own name, so that whoever is lost in the other finds it."""


class Actions(QObject):
    """The actions of the window. ``own`` are those that need an open store; they rest while it is locked."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.own: list[QAction] = []
        self.new_case = self._make("New case", "Ctrl+N", own=True)
        self.notification = self._make("Notification of concern …", "Ctrl+U", own=True)
        self.import_list = self._make("Fetch cases from a list …", "", own=True)
        self.health = self._make("Familiecentral and day-care", "", own=True)
        self.quality = self._make("Board and quality", "", own=True)
        self.sync = self._make("Sync", "Ctrl+Shift+Y", own=True)
        self.lock = self._make("Lock", "Ctrl+L", "lock", own=True)
        self.quit = self._make("Quit", "Ctrl+Q")
        self.undo = self._make("Undo", "Ctrl+Z", "undo", own=True)
        self.redo = self._make("Redo", "Ctrl+Y", "redo", own=True)
        self.history = self._make("History", "Ctrl+H", "history", own=True)
        self.back = self._make("Back", "Alt+Left", "back", own=True)
        self.find = self._make("Find", "Ctrl+K", "find", own=True)
        self.open_menu = self._make("Menu", "F10")
        self.larger = self._make("Larger text", "Ctrl++")
        self.larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.smaller = self._make("Smaller text", "Ctrl+-")
        self.normal = self._make("Normal text", "Ctrl+0")
        self.manual = self._make("Manual", "F1", own=True)
        self.keys = self._make("Keyboard shortcuts", "Shift+F1")
        self.about = self._make("About Tæt på", "")
        self.stops = {stop.page: self._make(stop.word, stop.shortcut, stop.icon, own=True) for stop in STOPS}
        self.themes = self._choices({theme.value: word for theme, word in THEME_LABELS.items()}, said=True)
        self.languages = self._choices(LANGUAGE_NAMES, said=False)
        self._state: UndoState | None = None
        bind_call(self, lambda: self.offer(self._state))

    def _make(self, word: str, shortcut: str, icon: str = "", *, own: bool = False) -> QAction:
        action = QAction(self._window)
        bind(action.setText, word)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        if icon:
            icons.dress(action, icon)
        if own:
            self.own.append(action)
        self._window.addAction(action)
        return action

    def _choices(self, words: dict[str, str], *, said: bool) -> dict[str, QAction]:
        group = QActionGroup(self)
        made = {}
        for value, word in words.items():
            action = QAction(self._window)
            action.setCheckable(True)
            if said:
                bind(action.setText, word)
            else:
                action.setText(word)
            group.addAction(action)
            made[value] = action
        return made

    def offer(self, state: UndoState | None) -> None:
        """Say what undo and redo would do now; ``None`` before that is known."""
        self._state = state
        undoing, redoing = (state.undo, state.redo) if state is not None else (None, None)
        self.undo.setEnabled(undoing is not None)
        self.redo.setEnabled(redoing is not None)
        undo = tr("Undo: {what}", what=tr(undoing)) if undoing else tr("Undo")
        redo = tr("Redo: {what}", what=tr(redoing)) if redoing else tr("Redo")
        self.undo.setText(undo)
        self.redo.setText(redo)

    def rest(self, locked: bool) -> None:
        """Let what needs the store rest while it is locked."""
        for action in self.own:
            action.setEnabled(not locked)
        if not locked:
            self.offer(self._state)

    def all(self) -> Sequence[QAction]:
        """Return every action that has a shortcut, in the order of the menu."""
        mine = (
            self.new_case,
            self.notification,
            self.sync,
            self.lock,
            self.quit,
            self.undo,
            self.redo,
            self.find,
            self.history,
            self.back,
        )
        rest = (
            *self.stops.values(),
            self.larger,
            self.smaller,
            self.normal,
            self.open_menu,
            self.manual,
            self.keys,
        )
        return (*mine, *rest)

    def wear(self, wearer: Preferences, refused: Callable[[UserError], None]) -> None:
        """Join the choices of theme, language and text size to the preferences; ``refused`` hears what is not taken."""

        def attempt(change: Callable[[], None]) -> None:
            try:
                change()
            except UserError as error:
                refused(error)
            self._show(wearer)

        for value, action in self.themes.items():
            action.triggered.connect(
                lambda _on=False, v=value: attempt(lambda: wearer.set_theme(ThemeName(v)))
            )
        for value, action in self.languages.items():
            action.triggered.connect(lambda _on=False, v=value: attempt(lambda: wearer.set_language(v)))
        self.larger.triggered.connect(lambda: attempt(lambda: wearer.set_points(wearer.points + 1)))
        self.smaller.triggered.connect(lambda: attempt(lambda: wearer.set_points(wearer.points - 1)))
        self.normal.triggered.connect(lambda: attempt(lambda: wearer.set_points(TEXT_SIZE.default)))
        wearer.changed.connect(lambda _name: self._show(wearer))
        self._show(wearer)

    def _show(self, wearer: Preferences) -> None:
        self.themes[wearer.theme.value].setChecked(True)
        self.languages[wearer.language].setChecked(True)

    def commands(self) -> Sequence[QAction]:
        """Return what can be found by typing: every action that can be done now, but finding itself."""
        mine = (
            self.new_case,
            self.notification,
            self.import_list,
            self.health,
            self.quality,
            self.sync,
            self.lock,
            self.history,
            *self.stops.values(),
            self.undo,
            self.redo,
        )
        rest = (self.larger, self.smaller, self.normal, self.manual, self.keys, self.about, self.quit)
        return [action for action in (*mine, *rest) if action.isEnabled()]

    def menu(self, parent: QWidget) -> QMenu:
        """Return the window's menu, made when it is first opened."""
        icons.show_on(self.all())
        menu = QMenu(parent)
        came = [self.new_case, self.notification, self.import_list]
        self._submenu(menu, "File", [*came, None, self.sync, self.lock, self.quit])
        self._submenu(menu, "Edit", [self.undo, self.redo, None, self.find, self.history])
        view = self._submenu(menu, "View", [self.back, *self.stops.values(), self.health, self.quality, None])
        self._submenu(view, "Theme", list(self.themes.values()))
        self._submenu(view, "Language", list(self.languages.values()))
        self._submenu(view, "Text size", [self.larger, self.smaller, self.normal])
        self._submenu(menu, "Help", [self.manual, self.keys, self.about])
        return menu

    def _submenu(self, menu: QMenu, word: str, actions: Sequence[QAction | None]) -> QMenu:
        made = QMenu(menu)
        bind(made.setTitle, word)
        for action in actions:
            if action is None:
                made.addSeparator()
            else:
                made.addAction(action)
        menu.addMenu(made)
        return made
