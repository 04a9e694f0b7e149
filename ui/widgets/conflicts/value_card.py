"""One of the values that stand: who wrote it, when, on which device, what it is, and what had stood there before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTextEdit, QVBoxLayout

from ui import icons, theme
from ui.models.conflict_words import ValueText, marked
from ui.words import tr

_TEXT_HEIGHT = 200
_LEAST = 72


class ValueCard(QFrame):
    """The card of one value; ``kept`` comes when it is the one to keep."""

    kept = Signal()

    def __init__(self, number: int) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._number = number
        self.who, self.when = _label("subheading"), _label("muted")
        self.value, self.seen = _label("heading"), _label("muted")
        self.value.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(_TEXT_HEIGHT)
        self._mark, self.acts = QLabel(), _label("note")
        self.acts.setWordWrap(False)
        self.keep_button = QPushButton()
        self.keep_button.clicked.connect(self.kept)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.who, 1)
        head.addWidget(self._mark)
        head.addWidget(self.acts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.when)
        self.value.setMinimumHeight(_LEAST)
        layout.addWidget(self.value, 1)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.seen)
        layout.addWidget(self.keep_button)

    def show_value(self, value: ValueText, beside: str, *, long: bool) -> None:
        """Show a value; of a ``long`` one the words that are not in the text ``beside`` it are marked."""
        self.who.setText(value.who)
        self.when.setText(f"{value.when} · {value.device}")
        self.value.setVisible(not long)
        self.text.setVisible(long)
        if long:
            self._show_text(value.value, beside)
        else:
            self.value.setText(value.value)
        self.seen.setText(tr("Saw: {value}", value=_short(value.seen)))
        self.seen.setToolTip(value.seen)
        self.acts.setText(tr("Counts now") if value.acts else "")
        self.acts.setVisible(value.acts)
        self._mark.setVisible(value.acts)
        self._mark.setPixmap(icons.pixmap("done", theme.tokens().note, 16, self.devicePixelRatioF()))
        keys = f"Alt+{self._number}"
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.keep_button.setText(tr(value.keep, keys=shown))
        self.keep_button.setShortcut(QKeySequence(keys))
        self.keep_button.setAccessibleName(
            tr("Keep '{value}' by {name}", value=_short(value.value), name=value.who)
        )
        told = (value.who, self.when.text(), value.value, self.seen.text(), self.acts.text())
        self.setAccessibleName(". ".join(part for part in told if part))
        self.text.setAccessibleName(tr("What {name} wrote", name=value.who))

    def _show_text(self, text: str, beside: str) -> None:
        self.text.clear()
        plain, other = QTextCharFormat(), QTextCharFormat()
        other.setFontUnderline(True)
        other.setFontWeight(QFont.Weight.DemiBold)
        other.setBackground(QColor(theme.tokens().tint))
        cursor = self.text.textCursor()
        for piece, differs in marked(text, beside):
            cursor.insertText(piece, other if differs else plain)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)


def _label(look: str) -> QLabel:
    label = QLabel()
    label.setProperty("look", look)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:159] + "…"
