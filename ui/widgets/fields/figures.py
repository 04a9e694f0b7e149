"""Editors of figures with a comma and of hours; kept as whole hundredths and whole minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.typed_numbers import figure_words, hours_words, hundredths, minutes
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.text import fill
from ui.words import tr


class FigureEditor(FieldEditor):
    """One line that is read by ``read`` and shown by ``say``."""

    def __init__(self, read: Callable[[str, str], int | None], say: Callable[[int], str]) -> None:
        super().__init__()
        self._read, self._say = read, say
        self.line = QLineEdit()
        self.line.setMaximumWidth(120)
        fill(self, self.line, QWidget(), stretch=(0, 1))
        self.parts(self.line)
        self.line.textEdited.connect(self.edited)

    def show_value(self, value: Any) -> None:
        self.line.setText("" if value is None else self._say(value))

    def value(self) -> int | None:
        """Return the number. Raises :class:`InvalidInput` for what is none."""
        return self._read(self.line.text(), self.field)

    def typed(self) -> Plain:
        return self.line.text()

    def show_typed(self, typed: Plain) -> None:
        self.line.setText(str(typed))

    def words(self, value: Any) -> str:
        return tr("nothing") if value is None else self._say(value)


def figure() -> FieldEditor:
    """Return an editor of a figure with at most two decimals."""
    return FigureEditor(hundredths, figure_words)


def hours() -> FieldEditor:
    """Return an editor of hours, kept in minutes."""
    return FigureEditor(minutes, hours_words)
