"""Correcting an entry of the parents' journal: the first stays readable, the correction is signed at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.light_text import plain
from caseworker_app.domain.visit import ParentsEntry
from caseworker_app.services import visit_journal
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Op
from ui.widgets.complaint import Complaint
from ui.words import bind

SIZE = (744, 560)


class ParentsEntryDialog(QDialog):
    """Opened with ``open()``; the signed entry stands above, the correction is written below."""

    def __init__(self, house: House, entry: ParentsEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "Correct in the parents' journal")
        self._house, self._entry = house, entry
        heading, hint = QLabel(self), QLabel(self)
        heading.setProperty("look", "heading")
        hint.setProperty("look", "muted")
        hint.setWordWrap(True)
        bind(heading.setText, "Correct in the parents' journal")
        bind(
            hint.setText,
            "What was signed stays as it is and readable; what you write here is signed and points at it.",
        )
        self.before, self.text = QPlainTextEdit(self), QPlainTextEdit(self)
        self.before.setReadOnly(True)
        self.before.setPlainText(plain(entry.text))
        self.before.setTabChangesFocus(True)
        self.text.setTabChangesFocus(True)
        bind(self.before.setAccessibleName, "What was signed")
        bind(self.text.setAccessibleName, "The correction")
        bind(self.text.setPlaceholderText, "The correction")
        self.complaint = Complaint(self)
        self.sign_button, cancel = QPushButton(self), QPushButton(self)
        self.sign_button.setProperty("look", "primary")
        bind(self.sign_button.setText, "Sign the correction (Ctrl+S)")
        bind(cancel.setText, "Cancel")
        self.sign_button.clicked.connect(self.sign)
        cancel.clicked.connect(self.close)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.sign)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.sign_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        for widget in (heading, hint, self.before, self.text, self.complaint):
            column.addWidget(widget)
        column.addLayout(foot)
        resize(self, *SIZE)
        self.text.setFocus()

    def sign(self) -> None:
        """Sign the correction."""
        entry, text = self._entry.id, self.text.toPlainText()
        act = Op(
            lambda w: visit_journal.correct_parents(w, entry, text),
            done=self._done,
            said="Signed in the parents' journal.",
            failed=self.complaint.show_error,
        )
        self._house.tasks.op(self, act)

    def _done(self, _made: object) -> None:
        self.close()
