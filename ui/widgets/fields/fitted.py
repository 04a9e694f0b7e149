"""Plain text as tall as what stands in it: the widget, and the field editor over it."""

from __future__ import annotations

import math
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from caseworker_app.domain.kinds import Plain
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.text import fill


class FittedText(QPlainTextEdit):
    """Takes the height of its text between ``fewest`` and ``most`` lines, with ``around`` px above and below; a text
    that is taller scrolls within itself."""

    def __init__(self, fewest: int, most: int, around: int) -> None:
        super().__init__()
        self._fewest, self._most, self._around, self._has_width = fewest, most, around, False
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.forget_undo()  # Qt counts a margin as something to undo
        self.textChanged.connect(self.fit)

    def forget_undo(self) -> None:
        """Leave nothing to undo here: what was written is an act of the store's, and undone there."""
        self.document().clearUndoRedoStacks()

    def fit(self) -> None:
        """Take the height of the text. Before it has a width there is nothing to fit."""
        if not self._has_width:
            return
        line = self.fontMetrics().lineSpacing()
        most, height = line * self._most, 0.0
        layout, block = self.document().documentLayout(), self.document().begin()
        while block.isValid() and height <= most:
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        around = 2 * self.document().documentMargin() + self._around
        wanted = math.ceil(min(max(height, line * self._fewest), most) + around)
        if wanted != self.height():
            self.setFixedHeight(wanted)
        tall = height > most
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


Text = TypeVar("Text", bound=FittedText)


class FittedEditor(FieldEditor, Generic[Text]):
    """The field editor over such a text."""

    def __init__(self, text: Text) -> None:
        super().__init__()
        self.text = text
        fill(self, text)
        self.parts(text)
        self._quiet = False
        text.textChanged.connect(self._changed)

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
        cursor.setPosition(min(place, self.text.document().characterCount() - 1))
        self.text.setTextCursor(cursor)

    def value(self) -> str:
        """Return the text as typed."""
        return self.text.toPlainText()

    def typed(self) -> Plain:
        return self.text.toPlainText()

    def show_typed(self, typed: Plain) -> None:
        self.show_value(str(typed))
