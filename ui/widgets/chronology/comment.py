"""A comment on one event."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.words import bind


class CommentDialog(QDialog):
    """``said`` carries the words; empty ones take the comment away."""

    said = Signal(str)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        bind(self.setWindowTitle, "Comment")
        label, self.words = QLabel(self), QPlainTextEdit(words, self)
        bind(label.setText, "What is to be known about it. It stands beside the event, also on paper.")
        label.setWordWrap(True)
        label.setBuddy(self.words)
        bind(self.words.setAccessibleName, "Comment")
        self.words.setTabChangesFocus(True)
        self.words.setMinimumSize(420, 120)
        self.keep, cancel = QPushButton(self), QPushButton(self)
        bind(self.keep.setText, "Save (Ctrl+S)")
        bind(cancel.setText, "Cancel (Esc)")
        self.keep.setProperty("look", "primary")
        self.keep.clicked.connect(self._keep)
        cancel.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._keep)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(label)
        layout.addWidget(self.words)
        layout.addLayout(row)

    def _keep(self) -> None:
        self.said.emit(self.words.toPlainText())
        self.accept()
