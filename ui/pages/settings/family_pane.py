"""Showing to the family: the PIN that ends it."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.family_pin import LONGEST, check_pin
from caseworker_app.i18n import N_
from caseworker_app.services import family_pin
from caseworker_app.services.opening import Doors
from ui.house import House
from ui.pages.settings.pane import Pane
from ui.tasks import Job, Op, Query
from ui.widgets.complaint import Complaint
from ui.words import bind, bind_call, tr


class FamilyPane(Pane):
    """The pane."""

    def __init__(self, house: House, doors: Doors) -> None:
        super().__init__(
            N_("A PIN of 4 to 8 digits brings your cases back after they were put away for the family. "
               "After five wrong ones only the passphrase does. Without a PIN it is the passphrase.")
        )  # fmt: skip
        self._house, self._doors = house, doors
        self._there: bool | None = None
        self.state = QLabel()
        self.pin, self.again = _digits("New PIN"), _digits("The same PIN again")
        self.keep, self.forget = QPushButton(), QPushButton()
        self.complaint = Complaint()
        self.keep.setProperty("look", "primary")
        bind(self.forget.setText, "Remove the PIN")
        self.keep.clicked.connect(self._keep)
        self.forget.clicked.connect(self._forget)
        self.again.returnPressed.connect(self._keep)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(2, 1)
        for row, (label, line) in enumerate((("New PIN", self.pin), ("The same PIN again", self.again))):
            words = QLabel()
            bind(words.setText, label)
            words.setBuddy(line)
            grid.addWidget(words, row, 0)
            grid.addWidget(line, row, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.keep)
        buttons.addWidget(self.forget)
        buttons.addStretch(1)
        self.column.addWidget(self.state)
        self.column.addLayout(grid)
        self.column.addWidget(self.complaint)
        self.column.addLayout(buttons)
        bind_call(self, self._say)

    def begin(self) -> None:
        """Look whether there is a PIN."""
        self._empty()
        self._house.tasks.query(self, Query(lambda r: bool(family_pin.pin_hash(r)), self._show))

    def leave(self) -> bool:
        """Forget what was typed."""
        self._empty()
        return True

    def _empty(self) -> None:
        for line in (self.pin, self.again):
            line.clear()
        self.complaint.clear()

    def _show(self, there: bool) -> None:
        self._there = there
        self._say()

    def _say(self) -> None:
        there = self._there
        words = "" if there is None else tr("You have a PIN.") if there else tr("You have no PIN.")
        self.state.setText(words)
        self.keep.setText(tr("Change the PIN") if there else tr("Choose the PIN"))
        self.forget.setVisible(bool(there))

    def _keep(self) -> None:
        pin = self.pin.text()
        self.complaint.clear()
        try:
            check_pin(pin)
            if pin != self.again.text():
                raise InvalidInput("again", "The two are not the same.", "Write the same PIN twice.")
        except InvalidInput as problem:
            (self.again if problem.field == "again" else self.pin).setFocus()
            self.complaint.show_error(problem)
            return
        self.keep.setEnabled(False)
        self._house.tasks.job(self, Job(lambda: self._doors.hash_pin(pin), self._write, self._refused))

    def _write(self, hashed: str) -> None:
        self.keep.setEnabled(True)
        op = Op(
            lambda w: family_pin.choose(w, hashed), self._written, N_("The PIN is chosen."), self._refused
        )
        self._house.tasks.op(self, op)

    def _forget(self) -> None:
        said = N_("The PIN is removed. The passphrase brings your cases back.")
        self._house.tasks.op(self, Op(family_pin.forget, self._written, said, self._refused))

    def _written(self, _nothing: None) -> None:
        self.begin()

    def _refused(self, error: UserError) -> None:
        self.keep.setEnabled(True)
        self.complaint.show_error(error)


def _digits(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setMaxLength(LONGEST)
    line.setMinimumWidth(240)
    bind(line.setAccessibleName, name)
    return line
