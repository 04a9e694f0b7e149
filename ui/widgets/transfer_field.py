"""One field that can be copied: its heading, its text, and the button with its key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.transfer import FieldText
from ui.words import bind, bind_call, tr

NUMBERED = 9
"""So many fields have a key of their own: Ctrl+1 to Ctrl+9."""


class FieldRow(QWidget):
    """One field: its heading, its text to be marked and read, and the button. ``copied`` comes when it was copied."""

    copied = Signal(object)

    def __init__(self, number: int, one: FieldText) -> None:
        super().__init__()
        self.field = one
        heading, text = QLabel(one.called), QLabel(one.text)
        heading.setProperty("look", "muted")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        text.setAccessibleName(one.called)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.setMinimumWidth(104)
        keys = f" (Ctrl+{number})" if number <= NUMBERED else ""
        bind_call(self.button, lambda: self.button.setText(tr("Copy") + keys))
        bind(self.button.setAccessibleName, "Copy {what}", what=one.called)
        self.button.clicked.connect(lambda: self.copied.emit(one))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(heading)
        words.addWidget(text)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 4, 0, 4)
        across.setSpacing(12)
        across.addLayout(words, 1)
        across.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
