"""Editors of what only the plan has: who works with a goal, and how far it is from 0 to 10."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton

from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.plan import SCALE
from ui.theme import TARGET
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.lines import LinesEditor
from ui.words import bind, tr


class NamesEditor(LinesEditor):
    """Names, one a line; the people of the case are offered."""

    def __init__(self, lines: int = 2) -> None:
        super().__init__(lines)
        self.offer_button, self.menu = QPushButton(), QMenu(self)
        bind(self.text.setPlaceholderText, "One name a line")
        bind(self.offer_button.setText, "Choose")
        bind(self.offer_button.setAccessibleName, "Choose among the people of the case")
        self.offer_button.setMenu(self.menu)
        self.offer_button.hide()
        self.across.addWidget(self.offer_button, 0, Qt.AlignmentFlag.AlignTop)
        self.parts(self.text, self.offer_button)

    def offer(self, names: Iterable[str]) -> None:
        """Offer names to be chosen."""
        self.menu.clear()
        for name in names:
            self.menu.addAction(name).triggered.connect(partial(self._add, name))
        self.offer_button.setVisible(not self.menu.isEmpty())

    def _add(self, name: str, _checked: bool = False) -> None:
        if name not in self.value():
            self.text.setPlainText("\n".join((*self.value(), name)))

    def keeps_focus(self) -> bool:
        """Stay in the field while the menu is open."""
        return self.menu.isVisible()


class ScaleEditor(FieldEditor):
    """How far it is: a button each from 0 to 10, and one that takes the number away again. Digits choose too."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons = [QPushButton(str(number)) for number in range(SCALE + 1)]
        self.none = QPushButton()
        self._value: int | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(4)
        for number, button in enumerate(self.buttons):
            button.setCheckable(True)
            button.setFixedWidth(44)
            button.clicked.connect(partial(self._choose, number))
        for button in (*self.buttons, self.none):
            button.setAutoDefault(False)
            button.setMinimumHeight(TARGET + 4)
            across.addWidget(button)
        across.addStretch(1)
        bind(self.none.setText, "No number")
        self.none.clicked.connect(partial(self._choose, None))
        self.parts(*self.buttons, self.none)
        self._dress()

    def _choose(self, number: int | None, _on: bool = False) -> None:
        self._value = number
        self._dress()
        self.edited.emit()

    def _dress(self) -> None:
        """The one that is chosen is filled; what is read aloud says it too."""
        self.none.setEnabled(self._value is not None)
        for number, button in enumerate(self.buttons):
            button.setChecked(number == self._value)
            look = "primary" if number == self._value else ""
            if button.property("look") != look:
                button.setProperty("look", look)
                button.style().polish(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses it; 1 and then 0 is ten."""
        text = event.text()
        if text.isdecimal() and text.isascii():
            button = self.buttons[SCALE if text == "0" and self._value == 1 else int(text)]
            button.click()
            button.setFocus()
        else:
            super().keyPressEvent(event)

    def show_value(self, value: Any) -> None:
        self._value = None if value is None else int(value)
        self._dress()

    def value(self) -> int | None:
        return self._value

    def typed(self) -> Plain:
        return self._value

    def show_typed(self, typed: Plain) -> None:
        self.show_value(typed)

    def hint(self) -> str:
        return tr("0 is not begun at all, 10 is quite reached.")

    def name_parts(self, label: str) -> None:
        for number, button in enumerate(self.buttons):
            button.setAccessibleName(f"{label}: {number}")
        self.none.setAccessibleName(f"{label}: {tr('No number')}")
