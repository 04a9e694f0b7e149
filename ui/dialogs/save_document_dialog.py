"""Before a copy of a document leaves the encrypted store: what that means, and for whom it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from ui.house import House
from ui.widgets.consent_note import ConsentNote
from ui.words import bind


class SaveDocumentDialog(QDialog):
    """``agreed`` carries for whom the copy is (may be empty). Opened with ``open()``; gone when closed."""

    agreed = Signal(str)

    def __init__(self, house: House, case: Id, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "Save a copy")
        heading, about, words = QLabel(title), QLabel(), QLabel()
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("look", "heading")
        bind(
            about.setText,
            "The copy lies outside the encrypted store: whoever has the file can read it, and it is not deleted together "
            "with the case. That it was saved, and for whom, is noted.",
        )
        for label in (heading, about):
            label.setWordWrap(True)
        self.consents = ConsentNote(house, case, self)
        self.to_whom = QLineEdit()
        bind(words.setText, "To whom")
        words.setBuddy(self.to_whom)
        bind(self.to_whom.setAccessibleName, "To whom")
        bind(self.to_whom.setPlaceholderText, "May be left empty")
        self.save_button, self.cancel_button = QPushButton(), QPushButton()
        bind(self.save_button.setText, N_("Choose where …"))
        bind(self.cancel_button.setText, N_("Cancel"))
        self.save_button.setProperty("look", "primary")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._agree)
        self.cancel_button.clicked.connect(self.reject)
        line, buttons = QHBoxLayout(), QHBoxLayout()
        for layout, widgets in (
            (line, (words, self.to_whom)),
            (buttons, (self.save_button, self.cancel_button)),
        ):
            layout.setSpacing(8)
            for widget in widgets:
                layout.addWidget(widget)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(about)
        column.addWidget(self.consents)
        column.addLayout(line)
        column.addLayout(buttons)
        self.setMinimumWidth(520)
        self.to_whom.setFocus()

    def _agree(self) -> None:
        whom = self.to_whom.text()
        self.accept()
        self.agreed.emit(whom)
