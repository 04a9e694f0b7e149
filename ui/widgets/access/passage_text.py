"""The text of one thing, with the words struck out that are not given."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from caseworker_app.domain.access_request import pattern_of
from ui import theme
from ui.words import bind


class PassageText(QPlainTextEdit):
    """Read only, but a cursor moves in it: words are chosen with the mouse, or with Shift and the arrows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        from PySide6.QtCore import Qt

        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        bind(self.setAccessibleName, "What it says; words chosen here can be left out")

    def chosen(self) -> str:
        """Return the words that are chosen."""
        return self.textCursor().selectedText()

    def show_text(self, text: str, struck: Iterable[str]) -> None:
        """Show a text; the cursor stays where it was when it is the same."""
        if text != self.toPlainText():
            self.setPlainText(text)
        tokens = theme.tokens()
        look = QTextCharFormat()
        look.setFontStrikeOut(True)
        look.setBackground(QColor(tokens.line))
        look.setForeground(QColor(tokens.overdue))
        marks = []
        for words in struck:
            pattern = pattern_of(words)
            for found in pattern.finditer(text) if pattern is not None else ():
                mark = QTextEdit.ExtraSelection()
                at = QTextCursor(self.document())
                at.setPosition(_units(text[: found.start()]))
                at.setPosition(_units(text[: found.end()]), QTextCursor.MoveMode.KeepAnchor)
                mark.cursor, mark.format = at, look
                marks.append(mark)
        self.setExtraSelections(marks)


def _units(text: str) -> int:
    """Return how many places a text takes in a document: Qt counts in UTF-16."""
    return len(text.encode("utf-16-le")) // 2
