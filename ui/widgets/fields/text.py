"""Editors of text, one line and several."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from caseworker_app.domain.kinds import Plain
from ui.widgets.fields.base import FieldEditor
from ui.words import bind


class LineEditor(FieldEditor):
    """One line."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.line = QLineEdit()
        if placeholder:
            bind(self.line.setPlaceholderText, placeholder)
        fill(self, self.line)
        self.parts(self.line)
        self.line.textEdited.connect(self.edited)

    def show_value(self, value: Any) -> None:
        """Show text, from its beginning; the cursor stays where it is when the text is the same."""
        if self.line.text() != value:
            self.line.setText(value)
            self.line.setCursorPosition(0)

    def value(self) -> str:
        """Return the text as typed."""
        return self.line.text()

    def typed(self) -> Plain:
        return self.line.text()

    def show_typed(self, typed: Plain) -> None:
        self.line.setText(str(typed))


class _Text(QPlainTextEdit):
    """A text in which Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Return to the form."""
        if event.key() == Qt.Key.Key_Return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


class LongEditor(FieldEditor):
    """Several lines."""

    def __init__(self, lines: int = 3, placeholder: str = "") -> None:
        super().__init__()
        self.text = _Text()
        if placeholder:
            bind(self.text.setPlaceholderText, placeholder)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * lines + 22)
        fill(self, self.text)
        self.parts(self.text)
        self._quiet = False
        self.text.textChanged.connect(self._changed)

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def show_value(self, value: Any) -> None:
        """Show text; the cursor stays where it is when the text is the same."""
        if self.text.toPlainText() != value:
            self._quiet = True
            self.text.setPlainText(value)
            self._quiet = False

    def value(self) -> str:
        """Return the text as typed."""
        return self.text.toPlainText()

    def typed(self) -> Plain:
        return self.text.toPlainText()

    def show_typed(self, typed: Plain) -> None:
        self.show_value(str(typed))


def fill(editor: QWidget, *controls: QWidget, stretch: tuple[int, ...] = (1,)) -> QHBoxLayout:
    """Lay controls out side by side, without a margin of their own."""
    layout = QHBoxLayout(editor)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for control, share in zip(controls, (*stretch, *[0] * len(controls)), strict=False):
        layout.addWidget(control, share)
    return layout
