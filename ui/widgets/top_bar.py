"""The top bar: back, find, how things stand, undo and redo, the menu."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from caseworker_app.i18n import N_
from ui import icons
from ui.actions import Actions
from ui.widgets.find_field import FindField
from ui.widgets.status_line import StatusLine
from ui.words import bind, bind_call, tr

_LABEL_WIDTH = 264
"""Most px of a button's words; the whole of them is in the tooltip and the accessible name."""
_MARGIN = _SPACING = 8
_FIND_LEAST = 240
"""How narrow, in px, the find field may become while a long sentence stands."""


class ActionButton(QToolButton):
    """A button of an action: icon, word, and the shortcut in its tooltip.

    Where the words are too long, ``short`` (a msgid) stands there; cut words would say less.
    """

    def __init__(self, action: QAction, icon: str, short: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "quiet")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._action, self._short, self._brief = action, short, False
        icons.dress(self, icon)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        bind_call(self, self._follow)

    def be_brief(self, brief: bool) -> None:
        """Say the short words for a while, or as many as there is room for."""
        if brief != self._brief:
            self._brief = brief
            self._follow()

    def _follow(self) -> None:
        words = self._action.text()
        keys = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setEnabled(self._action.isEnabled())
        too_long = QFontMetrics(self.font()).horizontalAdvance(words) > _LABEL_WIDTH
        self.setText(tr(self._short) if self._short and (too_long or self._brief) else words)
        self.setToolTip(f"{words} ({keys})")
        self.setAccessibleName(words)


class TopBar(QFrame):
    """The bar. ``find_field``, ``status`` and the buttons are its parts, in the order they are read."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "topbar")
        bind(self.setAccessibleName, "Top bar")
        self._actions = actions
        self.back = ActionButton(actions.back, "back")
        self.find_field = FindField()
        self.status = StatusLine()
        self.undo = ActionButton(actions.undo, "undo", N_("Undo"))
        self.redo = ActionButton(actions.redo, "redo", N_("Redo"))
        self.menu_button = self._menu_button()
        self.status.room_asked.connect(self._make_room)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        layout.setSpacing(_SPACING)
        layout.addWidget(self.back)
        layout.addWidget(self.find_field, 3)
        layout.addWidget(self.status, 2)
        layout.addWidget(self.undo)
        layout.addWidget(self.redo)
        layout.addWidget(self.menu_button)

    def _make_room(self) -> None:
        """Let what just happened, or what there is to mind, be read whole: undo and redo say less meanwhile, and the
        find field is narrower."""
        needed = self.status.needed()
        if not needed:
            self._speak(brief=False, least=0)
        elif needed > self.status.width() or self.status.minimumWidth():
            self._speak(brief=True, least=min(needed, self._free()))

    def _free(self) -> int:
        """Return how wide the line may become; where somebody types in the find field, that stays as it is."""
        if self.find_field.hasFocus():
            return 0
        self.undo.be_brief(True)
        self.redo.be_brief(True)
        others = (self.back, self.undo, self.redo, self.menu_button)
        room = self.contentsRect().width() - 2 * _MARGIN - 5 * _SPACING - _FIND_LEAST
        return max(0, room - sum(one.sizeHint().width() for one in others))

    def _speak(self, *, brief: bool, least: int) -> None:
        self.undo.be_brief(brief)
        self.redo.be_brief(brief)
        self.status.setMinimumWidth(least)

    def _menu_button(self) -> ActionButton:
        button = ActionButton(self._actions.open_menu, "menu")
        self._menu: QMenu | None = None
        self._actions.open_menu.triggered.connect(self.open_menu)
        return button

    def open_menu(self) -> QMenu:
        """Open the menu under its button, its right edge at the button's."""
        if self._menu is None:
            self._menu = self._actions.menu(self)
        corner = self.menu_button.mapToGlobal(QPoint(self.menu_button.width(), self.menu_button.height()))
        self._menu.popup(corner - QPoint(self._menu.sizeHint().width(), 0))
        return self._menu
