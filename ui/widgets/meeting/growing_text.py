"""A text as tall as what stands in it, for lines written while people talk: Enter is done, Shift+Enter a new line."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from caseworker_app.domain.kinds import Plain
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.text import fill

MOST_LINES = 12
"""A line that has grown so tall scrolls within itself."""
_ABOVE_AND_BELOW = 10


class GrowingText(QPlainTextEdit):
    """``entered``: Enter was pressed; ``up`` and ``down``: the cursor would leave the text that way."""

    entered = Signal()
    up = Signal()
    down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._has_width = False
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.forget_undo()  # Qt counts the margin as something to undo
        self.textChanged.connect(self.fit)

    def forget_undo(self) -> None:
        """Leave nothing to undo here: what was written is an act of the store's, and undone there."""
        self.document().clearUndoRedoStacks()

    def fit(self) -> None:
        """Take the height of the text. Before it has a width there is nothing to fit."""
        if not self._has_width:
            return
        most = self.fontMetrics().lineSpacing() * MOST_LINES
        layout, block, height = self.document().documentLayout(), self.document().begin(), 0.0
        while block.isValid() and height <= most:
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        tall = height > most
        margin = 2 * self.document().documentMargin() + _ABOVE_AND_BELOW
        wanted = math.ceil(min(height, most) + margin)
        if wanted != self.height():
            self.setFixedHeight(wanted)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if tall else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy is not self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._has_width = True
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

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


class GrowingEditor(FieldEditor):
    """The field editor over a growing text."""

    def __init__(self) -> None:
        super().__init__()
        self.text = GrowingText()
        fill(self, self.text)
        self.parts(self.text)
        self._quiet = False
        self.text.textChanged.connect(self._changed)
        self.text.entered.connect(self.text.forget_undo)

    def on_left(self) -> None:
        self.text.forget_undo()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave undo and redo to the window when the text has none of its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document, keys = self.text.document(), QKeySequence.StandardKey
            undo = event.matches(keys.Undo) and not document.isUndoAvailable()
            redo = event.matches(keys.Redo) and not document.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def show_value(self, value: Any) -> None:
        """Show text; the cursor stays where it is when the text is the same."""
        if self.text.toPlainText() == value:
            return
        place = self.text.textCursor().position()
        self._quiet = True
        self.text.setPlainText(value)
        self._quiet = False
        cursor = self.text.textCursor()
        cursor.setPosition(min(place, len(value)))
        self.text.setTextCursor(cursor)

    def value(self) -> str:
        """Return the text as typed."""
        return self.text.toPlainText()

    def typed(self) -> Plain:
        return self.text.toPlainText()

    def show_typed(self, typed: Plain) -> None:
        self.show_value(str(typed))

    def words(self, value: Any) -> str:
        return str(value)

    def name_parts(self, label: str) -> None:
        self.text.setAccessibleName(label)
