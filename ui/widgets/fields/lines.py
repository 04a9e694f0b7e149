"""Several short texts, one a line: the lines of an address, names."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from caseworker_app.domain.kinds import Plain
from ui.widgets.fields.base import FieldEditor
from ui.words import tr


class LinesEditor(FieldEditor):
    """One text a line; empty lines are left out."""

    def __init__(self, lines: int = 3) -> None:
        """``lines`` is how many are seen at once."""
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self._lines = lines
        self._fit()
        self.across = QHBoxLayout(self)
        self.across.setContentsMargins(0, 0, 0, 0)
        self.across.setSpacing(8)
        self.across.addWidget(self.text, 1)
        self.parts(self.text)
        self._quiet = False
        self.text.textChanged.connect(self._changed)

    def _fit(self) -> None:
        self.text.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + 22)

    def changeEvent(self, event: QEvent) -> None:
        """Be as high as the lines are with larger text too."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def show_value(self, value: Any) -> None:
        if self.value() != tuple(value):
            self._quiet = True
            self.text.setPlainText("\n".join(value))
            self._quiet = False

    def value(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.text.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def typed(self) -> Plain:
        return self.text.toPlainText()

    def show_typed(self, typed: Plain) -> None:
        self.text.setPlainText(str(typed))

    def words(self, value: Any) -> str:
        return ", ".join(value) or tr("nothing")
