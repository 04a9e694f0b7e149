"""What the menu's Help leads to: the manual at the place one is at, the shortcuts, what this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.actions import Actions
from ui.house import House
from ui.navigator import Navigator

if TYPE_CHECKING:
    from ui.dialogs.manual_dialog import ManualDialog


class Helping(QObject):
    """Opens the help; each window of it is imported when it is first asked for."""

    def __init__(self, house: House, actions: Actions, navigator: Navigator, window: QWidget) -> None:
        super().__init__(window)
        self._house, self._actions, self._navigator, self._window = house, actions, navigator, window
        self.manual: ManualDialog | None = None
        actions.manual.triggered.connect(self.show_manual)
        actions.keys.triggered.connect(self._show_keys)
        actions.about.triggered.connect(self._show_about)

    def show_manual(self) -> None:
        """Show the manual at the page of the place one is at; the same window each time."""
        from ui.dialogs.manual_dialog import ManualDialog

        if self.manual is None:
            self.manual = ManualDialog(self._house, self._window)
        self.manual.turn_to(self._navigator.where)
        self.manual.show()
        self.manual.raise_()
        self.manual.activateWindow()

    def _show_keys(self) -> None:
        from ui.dialogs.help_dialog import KeysDialog

        KeysDialog(self._actions.all(), self._window).open()

    def _show_about(self) -> None:
        from ui.dialogs.help_dialog import AboutDialog

        AboutDialog(self._window).open()
