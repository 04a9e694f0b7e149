"""A text of the municipality's own in place of ours: written in, looked through when it is saved, gone back from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QFontDatabase, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_
from caseworker_app.services.ports import Writer
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Op
from ui.widgets.complaint import Complaint
from ui.words import bind, bind_call

SIZE = (840, 640)


@dataclass(frozen=True, slots=True)
class OwnText:
    """What is changed: its name as shown, what to know of it (a msgid), what ships, how it is kept and gone back from."""

    name: Callable[[], str]
    explained: str
    shipped: str
    keep: Callable[[Writer, str], object]
    retire: Callable[[Writer], None]


class OwnTextDialog(QDialog):
    """Opened with ``open()``. ``left`` carries what was written and not saved, empty when nothing is."""

    left = Signal(str)

    def __init__(
        self, house: House, what: OwnText, own: str, begun: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind_call(self, lambda: self.setWindowTitle(what.name()))
        self._house, self._what, self._own = house, what, own
        self._settled = False
        self.text, self.complaint = QPlainTextEdit(self), Complaint(self)
        self.save_button, self.retire_button = QPushButton(self), QPushButton(self)
        self._lay_out()
        self.text.setPlainText(begun or own or what.shipped)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        self.text.setFocus()

    def _lay_out(self) -> None:
        heading, hint, state, cancel = QLabel(), QLabel(), QLabel(), QPushButton(self)
        heading.setProperty("look", "heading")
        bind_call(heading, lambda: heading.setText(self._what.name()))
        for label, msgid in (
            (hint, self._what.explained),
            (state, N_("the municipality's own wording") if self._own else N_("standard wording")),
        ):
            label.setProperty("look", "muted")
            label.setWordWrap(True)
            bind(label.setText, msgid)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.text.setFont(font)
        self.text.setTabChangesFocus(True)
        bind_call(self.text, lambda: self.text.setAccessibleName(self._what.name()))
        self.save_button.setProperty("look", "primary")
        self.retire_button.setEnabled(bool(self._own))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button, msgid, act in (
            (self.retire_button, N_("Back to the standard"), self._retire),
            (cancel, N_("Cancel"), self._drop),
            (self.save_button, N_("Save (Ctrl+S)"), self.save),
        ):
            bind(button.setText, msgid)
            button.clicked.connect(act)
            button.setAutoDefault(False)
            foot.addWidget(button)
            if button is self.retire_button:
                foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        for widget in (heading, hint, state):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        column.addWidget(self.complaint)
        column.addLayout(foot)
        resize(self, *SIZE)

    def save(self) -> None:
        """Keep the text; one with a fault in it is not kept, and the fault is said and gone to."""
        text, keep = self.text.toPlainText(), self._what.keep
        self.complaint.clear()
        said = N_("Saved. Ctrl+Z takes it back.")
        self._house.tasks.op(self, Op(lambda w: keep(w, text), self._done, said, self._refused))

    def _retire(self) -> None:
        said = N_("The standard is used again. Ctrl+Z brings your own back.")
        self._house.tasks.op(self, Op(self._what.retire, self._done, said, self._refused))

    def _drop(self) -> None:
        self._done(None)

    def _done(self, _made: object) -> None:
        self._settled = True
        self.close()

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)
        faults = getattr(error, "faults", ())
        if faults:
            block = self.text.document().findBlockByNumber(max(0, faults[0].line - 1))
            self.text.setTextCursor(QTextCursor(block))
        self.text.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was written and not saved is handed on, so that it stands there again."""
        text = self.text.toPlainText()
        changed = not self._settled and text != (self._own or self._what.shipped)
        self.left.emit(text if changed else "")
        event.accept()

    def reject(self) -> None:
        """Escape closes like the cross."""
        self.close()
