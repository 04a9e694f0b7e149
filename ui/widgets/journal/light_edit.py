"""The editor of light text: bold, italic and lists by button and key, pasted pages read down, phrases put in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QToolButton, QVBoxLayout

from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.pasted import from_html, from_plain
from caseworker_app.i18n import N_
from caseworker_app.services.entries import ENTRY_LENGTH
from ui.widgets.announce import announce
from ui.widgets.complaint import Complaint
from ui.widgets.fields.base import FieldEditor
from ui.words import bind, bind_call, tr

_ITEM = "- "
_SIGN = ";"
"""Before the name of a phrase that is typed: ``;name`` and Tab."""


class LightText(QPlainTextEdit):
    """Plain text in which what is pasted becomes light text. ``refused`` comes when something was too long to paste,
    ``phrase_wanted`` when a phrase is asked for."""

    refused = Signal()
    phrase_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.phrases: Mapping[str, str] = {}

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste what is read of a page, or plain text; more than an entry holds is not taken at all."""
        text = self._read(source)
        if self.document().characterCount() + len(text) > ENTRY_LENGTH:
            self.refused.emit()
            return
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    @staticmethod
    def _read(source: QMimeData) -> str:
        plain = source.text()
        if source.hasHtml() and len(plain) <= ENTRY_LENGTH:
            try:
                return from_html(source.html())
            except ValueError:
                pass  # too long to be taken apart: its plain text is pasted
        return plain if len(plain) > ENTRY_LENGTH else from_plain(plain)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with a list, mark what is chosen, put in a phrase by its name; leave Ctrl+Return to the page."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if control:
                event.ignore()
            case Qt.Key.Key_B if control:
                self.mark("**")
            case Qt.Key.Key_I if control:
                self.mark("*")
            case Qt.Key.Key_J if control:
                self.phrase_wanted.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._goes_on_with_list():
                pass
            case _:
                super().keyPressEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab after the name of a phrase puts it in, else it goes to the next field."""
        return (onward and self._put_in_named()) or super().focusNextPrevChild(onward)

    def mark(self, sign: str) -> None:
        """Put a mark around what is chosen, or take it away; with nothing chosen begin it at the cursor."""
        cursor = self.textCursor()
        chosen = cursor.selectedText()
        words = chosen.strip()
        if not words:
            cursor.insertText(sign * 2)
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(sign))
            self.setTextCursor(cursor)
            return
        before, after = chosen[: len(chosen) - len(chosen.lstrip())], chosen[len(chosen.rstrip()) :]
        marked = len(words) > 2 * len(sign) and words.startswith(sign) and words.endswith(sign)
        made = words[len(sign) : -len(sign)] if marked else f"{sign}{words}{sign}"
        start = cursor.selectionStart()
        cursor.insertText(f"{before}{made}{after}")
        cursor.setPosition(start + len(before))
        cursor.setPosition(start + len(before) + len(made), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def make_list(self) -> None:
        """Make items of the chosen lines, or lines of items."""
        cursor = self.textCursor()
        document = self.document()
        first, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
        numbers = range(first.blockNumber(), last.blockNumber() + 1)
        listed = all(document.findBlockByNumber(n).text().startswith(_ITEM) for n in numbers)
        cursor.beginEditBlock()
        for number in numbers:
            line = QTextCursor(document.findBlockByNumber(number))
            if listed:
                line.movePosition(
                    QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, len(_ITEM)
                )
                line.removeSelectedText()
            elif not line.block().text().startswith(_ITEM):
                line.insertText(_ITEM)
        cursor.endEditBlock()

    def _goes_on_with_list(self) -> bool:
        cursor = self.textCursor()
        line = cursor.block().text()
        if cursor.hasSelection() or not line.startswith(_ITEM) or not cursor.atBlockEnd():
            return False
        if line.strip() == "-":
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            cursor.removeSelectedText()
        else:
            cursor.insertText("\n" + _ITEM)
        self.ensureCursorVisible()
        return True

    def _put_in_named(self) -> bool:
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        name = before.rpartition(_SIGN)[2]
        text = self.phrases.get(name.strip().casefold()) if _SIGN in before and name else None
        if text is None:
            return False
        length = len(name) + len(_SIGN)
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, length)
        cursor.insertText(text)
        return True


class LightEditor(FieldEditor):
    """Light text with its buttons above it, ``lines`` of it seen at once, or more where there is room (``grows``).

    ``phrase_wanted`` comes when a phrase is asked for.
    """

    phrase_wanted = Signal()

    def __init__(self, lines: int = 8, *, grows: bool = False, phrases: bool = True) -> None:
        super().__init__()
        self.text = LightText()
        self.complaint = Complaint(self)
        self.buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._tools())
        column.addWidget(self.text)
        column.addWidget(self.complaint)
        self.buttons["Phrase …"].setVisible(phrases)
        self.parts(self.text, *self.buttons.values())
        high = self.text.fontMetrics().lineSpacing() * lines + 22
        self.text.setMinimumHeight(high)
        if not grows:
            self.text.setMaximumHeight(high)
        self._quiet = False
        self.text.textChanged.connect(self._changed)
        self.text.refused.connect(self._refuse)
        self.text.phrase_wanted.connect(self.phrase_wanted)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        acts = (
            (N_("Bold"), "Ctrl+B", lambda: self.text.mark("**")),
            (N_("Italic"), "Ctrl+I", lambda: self.text.mark("*")),
            (N_("List"), "", self.text.make_list),
            (N_("Phrase …"), "Ctrl+J", self.phrase_wanted.emit),
        )
        for word, keys, act in acts:
            button = QToolButton()
            button.setProperty("look", "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            bind(button.setText, word)
            native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
            bind_call(button, partial(_say_tip, button, word, native))
            button.clicked.connect(act)
            button.clicked.connect(lambda: self.text.setFocus())
            row.addWidget(button)
            self.buttons[word] = button
        row.addStretch(1)
        return row

    def _refuse(self) -> None:
        self.complaint.show_message(
            N_(
                "That is more than an entry holds, and nothing of it was put in. Attach it as a document instead."
            )
        )

    def _changed(self) -> None:
        if not self._quiet:
            self.complaint.clear()
            self.edited.emit()

    def insert(self, text: str) -> None:
        """Put words in at the cursor."""
        self.text.textCursor().insertText(text)
        self.text.setFocus()
        announce(self.text, text[:80])

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


def _say_tip(button: QToolButton, word: str, keys: str) -> None:
    button.setToolTip(f"{tr(word)} ({keys})" if keys else tr(word))
