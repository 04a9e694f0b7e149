"""The municipality's own kinds of meeting, written as text over those that ship; what is wrong is said with its line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.meeting_kinds import MeetingKindsError
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meeting_kinds
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Op, Query
from ui.widgets.complaint import Complaint
from ui.words import bind

SIZE = (840, 640)


class MeetingKindsDialog(QDialog):
    """Opened with ``open()``. ``own`` is written in; ``shipped`` shows what ships, to copy from."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "Kinds of meeting")
        self._house = house
        self.own, self.shipped = QPlainTextEdit(), QPlainTextEdit()
        self.complaint = Complaint(self)
        self.save_button, self.reset_button = QPushButton(self), QPushButton(self)
        self._lay_out()
        self.shipped.setPlainText(house.books.meeting_kinds_text())
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        house.tasks.query(self, Query(meeting_kinds.own_text, self._show))

    def _lay_out(self) -> None:
        heading, hint, mine, theirs, cancel = QLabel(), QLabel(), QLabel(), QLabel(), QPushButton(self)
        heading.setProperty("look", "heading")
        bind(heading.setText, "Kinds of meeting")
        hint.setProperty("look", "muted")
        hint.setWordWrap(True)
        bind(
            hint.setText,
            "Write the kinds your municipality has besides those that ship, or its own in their place under the same id. "
            "Meetings that are planned stay what they are.",
        )
        for label, msgid, text in (
            (mine, N_("Our own kinds"), self.own),
            (theirs, N_("The kinds that ship, to copy from"), self.shipped),
        ):
            label.setProperty("look", "subheading")
            bind(label.setText, msgid)
            label.setBuddy(text)
            bind(text.setAccessibleName, msgid)
            text.setTabChangesFocus(True)
        self.shipped.setReadOnly(True)
        self.save_button.setProperty("look", "primary")
        for button, msgid, act in (
            (self.reset_button, N_("Back to the standard kinds"), self._reset),
            (cancel, N_("Cancel"), self.close),
            (self.save_button, N_("Save (Ctrl+S)"), self.save),
        ):
            bind(button.setText, msgid)
            button.clicked.connect(act)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.reset_button)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        for widget in (heading, hint, mine):
            column.addWidget(widget)
        column.addWidget(self.own, 1)
        column.addWidget(theirs)
        column.addWidget(self.shipped, 1)
        column.addWidget(self.complaint)
        column.addLayout(foot)
        resize(self, *SIZE)

    def _show(self, text: str) -> None:
        self.own.setPlainText(text)
        self.reset_button.setEnabled(bool(text))

    def save(self) -> None:
        """Keep the municipality's own kinds."""
        text = self.own.toPlainText()
        self.complaint.clear()
        op = Op(
            lambda w: meeting_kinds.set_own(w, text),
            self._done,
            N_("The kinds of meeting are saved."),
            self._refused,
        )
        self._house.tasks.op(self, op)

    def _reset(self) -> None:
        op = Op(
            meeting_kinds.reset,
            self._done,
            N_("The standard kinds are used again. Ctrl+Z brings your own back."),
            self._refused,
        )
        self._house.tasks.op(self, op)

    def _done(self, _made: object) -> None:
        self.close()

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)
        if isinstance(error, MeetingKindsError):
            block = self.own.document().findBlockByNumber(error.faults[0].line - 1)
            self.own.setTextCursor(QTextCursor(block))
            self.own.setFocus()
