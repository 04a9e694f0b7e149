"""The program itself: language, colours, text size, lock. Each choice is seen at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.i18n import N_
from caseworker_app.settings import IDLE_LOCK_MINUTES, LANGUAGE, TEXT_SIZE, THEME, Setting
from ui.actions import LANGUAGE_NAMES, THEME_LABELS
from ui.house import House
from ui.pages.settings.pane import Pane
from ui.preferences import preferences
from ui.theme import ThemeName
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.stepper import Stepper
from ui.words import bind, bind_call, tr


class ProgramPane(Pane):
    """The pane."""

    def __init__(self, house: House) -> None:
        super().__init__(N_("Counts on this computer, and is seen at once."))
        self._wearer = preferences(house.settings)
        self._quiet = False
        self.language, self.theme = Combo(), Combo()
        for code, name in LANGUAGE_NAMES.items():
            self.language.addItem(name, code)
        for theme in THEME_LABELS:
            self.theme.addItem("", theme)
        self.points = _stepper(TEXT_SIZE, N_("points"))
        self.minutes = _stepper(IDLE_LOCK_MINUTES, N_("minutes"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(2, 1)
        self.complaint = Complaint()
        self._row("Language", self.language, LANGUAGE)
        self._row("Theme", self.theme, THEME)
        self._row("Text size", self.points, TEXT_SIZE)
        self._row("Lock when nobody has used it for", self.minutes, IDLE_LOCK_MINUTES)
        self.column.addLayout(self._grid)
        self.column.addWidget(self.complaint)
        self._join()
        bind_call(self, self._say)
        self._wearer.changed.connect(lambda _name: self.begin())

    def _row(self, label: str, control: QWidget, setting: Setting[Any]) -> None:
        row = self._grid.rowCount()
        words = QLabel()
        bind(words.setText, label)
        words.setBuddy(control.focusProxy() or control)
        bind((control.focusProxy() or control).setAccessibleName, label)
        control.setMinimumWidth(240)
        self._grid.addWidget(words, row, 0)
        self._grid.addWidget(control, row, 1)
        if self._wearer.is_fixed(setting):
            control.setEnabled(False)
            why = QLabel()
            why.setProperty("look", "muted")
            bind(why.setText, "Decided by the IT department.")
            self._grid.addWidget(why, row, 2)

    def _join(self) -> None:
        wearer = self._wearer
        self.language.activated.connect(
            lambda: self._attempt(lambda: wearer.set_language(self.language.currentData()))
        )
        self.theme.activated.connect(
            lambda: self._attempt(lambda: wearer.set_theme(ThemeName(self.theme.currentData())))
        )
        self.points.changed.connect(lambda points: self._attempt(lambda: wearer.set_points(points)))
        self.minutes.changed.connect(lambda minutes: self._attempt(lambda: wearer.set_idle_minutes(minutes)))

    def _attempt(self, change: Callable[[], None]) -> None:
        if self._quiet:
            return
        self.complaint.clear()
        try:
            change()
        except UserError as error:
            self.complaint.show_error(error)
        self.begin()

    def _say(self) -> None:
        for row, word in enumerate(THEME_LABELS.values()):
            self.theme.setItemText(row, tr(word))
        self.begin()

    def begin(self) -> None:
        """Show what counts now."""
        self._quiet = True
        self.language.setCurrentIndex(self.language.findData(self._wearer.language))
        self.theme.setCurrentIndex(list(THEME_LABELS).index(self._wearer.theme))
        self.points.show_value(self._wearer.points)
        self.minutes.show_value(self._wearer.idle_minutes)
        self._quiet = False


def _stepper(setting: Setting[int], unit: str) -> Stepper:
    return Stepper(setting.minimum or 0, setting.maximum or 99, unit)
