"""What is shown when the program itself has failed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from caseworker_app.i18n import N_
from caseworker_app.log import describe
from ui.words import bind


class MishapDialog(QDialog):
    """Says that it was the program's fault, that the work is saved, and what to do.

    The lines below name places in the program: nothing a person typed, so they can be sent to anybody.
    """

    def __init__(self, error: BaseException, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind(self.setWindowTitle, "Something went wrong")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for words, look in (
            (N_("Something went wrong in the program"), "heading"),
            (
                N_(
                    "It was not your fault. What you had saved is saved, and what you were writing is kept as a draft."
                ),
                "",
            ),
            (N_("You can go on. If it happens again, close Tæt på and open it again."), ""),
            (
                N_(
                    "The lines below say where in the program it happened. They hold nothing about any person "
                    "and can be sent to the IT department."
                ),
                "muted",
            ),
        ):
            label = QLabel()
            label.setWordWrap(True)
            label.setProperty("look", look)
            bind(label.setText, words)
            layout.addWidget(label)
        self.lines = QPlainTextEdit("\n".join(describe(error)))
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        bind(self.lines.setAccessibleName, "Where in the program it happened")
        layout.addWidget(self.lines, 1)
        self.copy_button, self.close_button = QPushButton(), QPushButton()
        bind(self.copy_button.setText, "Copy the lines")
        bind(self.close_button.setText, "Go on")
        self.close_button.setProperty("look", "primary")
        self.close_button.setDefault(True)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.copy_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout.addLayout(foot)
        self.resize(640, 420)
        self.close_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.lines.toPlainText())
