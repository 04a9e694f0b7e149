"""The limit of active cases is reached: the ways out, and the team leader's exception."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.case import LimitException
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.i18n import N_
from caseworker_app.services.cases import check_exception
from ui.dialogs.fitting import fit
from ui.widgets.field_row import FieldRow, Row
from ui.widgets.fields import makers
from ui.words import bind, bind_call, error_words

_ROWS = (
    (Row("agreed_by", makers.text()), N_("Team leader who agreed")),
    (Row("agreed_on", makers.date("back")), N_("Agreed on")),
    (Row("reason", makers.long_text(3)), N_("Why")),
)


class LimitDialog(QDialog):
    """Says what the limit is and what can be done. ``agreed`` carries the exception that was written, ``to_list`` says
    that a case is to be closed first.

    Without an ``error`` the case is there already, and only the exception is asked for.
    """

    agreed = Signal(object)
    to_list = Signal()

    def __init__(self, today: dt.date, error: UserError | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._today = today
        self.rows = {row.name: FieldRow(row, label) for row, label in _ROWS}
        title = N_("The limit is reached") if error is not None else N_("Exception from the limit")
        bind(self.setWindowTitle, title)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 16, 24, 16)
        self._layout.setSpacing(12)
        self._layout.addWidget(_label(title, "heading"))
        self.close_one = QPushButton()
        if error is not None:
            self._ways_out(error)
        self._exception()
        self.rows["agreed_on"].editor.today = today
        self.rows["agreed_on"].editor.show_value(today)
        self.setMinimumWidth(600)

    def _ways_out(self, error: UserError) -> None:
        sentence = QLabel()
        sentence.setWordWrap(True)
        bind_call(sentence, lambda: sentence.setText(error_words(error)[0]))
        self._layout.addWidget(sentence)
        self._layout.addWidget(_label("What you have written is kept as a draft.", "muted"))
        bind(self.close_one.setText, "Go to the list of cases")
        self.close_one.clicked.connect(self._to_list)
        self._card("Close a case that is finished", "Then it no longer counts.", self.close_one)
        self._card("Hand a case over to a colleague", "Handing over in the app comes with synchronisation. "
                   "Until then: agree it with your team leader, and close the case here when it is done.")  # fmt: skip

    def _card(self, heading: str, words: str, button: QPushButton | None = None) -> None:
        card = QFrame()
        card.setProperty("look", "card")
        inner = QHBoxLayout(card)
        inner.setContentsMargins(12, 8, 12, 8)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(_label(heading, "subheading"))
        said.addWidget(_label(words, "muted"))
        inner.addLayout(said, 1)
        if button is not None:
            button.setAutoDefault(False)
            inner.addWidget(button)
        self._layout.addWidget(card)

    def _exception(self) -> None:
        card = QFrame()
        card.setProperty("look", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(12, 8, 12, 12)
        inner.setSpacing(8)
        inner.addWidget(_label("Record the team leader's exception", "subheading"))
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self.rows["agreed_by"], 1)
        across.addWidget(self.rows["agreed_on"], 1)
        inner.addLayout(across)
        inner.addWidget(self.rows["reason"])
        self._layout.addWidget(card)
        self.record, self.cancel = QPushButton(), QPushButton()
        self.record.setProperty("look", "primary")
        bind(self.record.setText, "Record the exception")
        bind(self.cancel.setText, "Cancel")
        for button in (self.record, self.cancel):
            button.setAutoDefault(False)
        self.record.clicked.connect(self._record)
        self.cancel.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.record)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        self._layout.addLayout(foot)

    def _record(self) -> None:
        for row in self.rows.values():
            row.say_problem(None)
        try:
            day = self.rows["agreed_on"].editor.value()
            if day is None:
                raise InvalidInput("agreed_on", "Write when it was agreed.")
            by, why = (str(self.rows[name].editor.value()) for name in ("agreed_by", "reason"))
            exception = LimitException(day, by.strip(), why.strip())
            check_exception(exception, self._today)
        except InvalidInput as problem:
            self.rows[problem.field].say_problem(problem)
            self.rows[problem.field].editor.setFocus()
            fit(self, grow_only=True)
            return
        self.agreed.emit(exception)
        self.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def _to_list(self) -> None:
        self.to_list.emit()
        self.close()


def _label(msgid: str, look: str) -> QLabel:
    label = QLabel()
    label.setProperty("look", look)
    label.setWordWrap(True)
    bind(label.setText, msgid)
    return label
