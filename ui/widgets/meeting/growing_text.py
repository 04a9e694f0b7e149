"""A text as tall as what stands in it, for lines written while people talk: Enter is done, Shift+Enter a new line."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor

from ui.widgets.fields.fitted import FittedEditor, FittedText

MOST_LINES = 12
"""A line that has grown so tall scrolls within itself."""
_ABOVE_AND_BELOW = 10


class GrowingText(FittedText):
    """``entered``: Enter was pressed; ``up`` and ``down``: the cursor would leave the text that way."""

    entered = Signal()
    up = Signal()
    down = Signal()

    def __init__(self) -> None:
        super().__init__(1, MOST_LINES, _ABOVE_AND_BELOW)
        self.document().setDocumentMargin(2)
        self.forget_undo()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends the line, arrows leave it at its first and last row, Backspace when it is empty."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif plain and key == Qt.Key.Key_Up and not self._can(QTextCursor.MoveOperation.Up):
            self.up.emit()
        elif plain and key == Qt.Key.Key_Down and not self._can(QTextCursor.MoveOperation.Down):
            self.down.emit()
        elif plain and key == Qt.Key.Key_Backspace and self.document().isEmpty():
            self.up.emit()
        else:
            super().keyPressEvent(event)

    def _can(self, move: QTextCursor.MoveOperation) -> bool:
        return self.textCursor().movePosition(move)


class GrowingEditor(FittedEditor[GrowingText]):
    """The field editor over a growing text."""

    def __init__(self) -> None:
        super().__init__(GrowingText())
        self.text.entered.connect(self.text.forget_undo)

    def words(self, value: Any) -> str:
        return str(value)

    def name_parts(self, label: str) -> None:
        self.text.setAccessibleName(label)
