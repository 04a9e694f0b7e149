"""The sheet that asks for the PIN or the passphrase before anything but the family's own drawing is shown again."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from caseworker_app import i18n
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.family_pin import SHORTEST
from caseworker_app.services.opening import PinState
from ui.family_mode.big import MiddleSheet, big_button, big_label
from ui.family_mode.pin_pad import PinPad
from ui.widgets.complaint import Complaint
from ui.widgets.passphrase_field import PassphraseField
from ui.words import bind_call, tr


class LeaveSheet(MiddleSheet):
    """Asks. ``tried`` carries (what was typed, whether it is the passphrase, whether to leave: else the drawing is shown
    again); ``back`` says that nothing is wanted after all, ``lock`` that the cases are to be locked instead."""

    tried = Signal(str, bool, bool)
    back = Signal()
    lock = Signal()

    def __init__(self, *, has_pin: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_pin, self._spent, self._busy, self._seconds = has_pin, False, False, 0
        self.pin, self.passphrase = PinPad(), PassphraseField("Passphrase")
        self.complaint, self.waiting = Complaint(), QLabel()
        self.waiting.setProperty("look", "soon")
        self._ways = QStackedWidget()
        for way in (self.pin, self.passphrase):
            self._ways.addWidget(way)
        self._title = big_label("")
        self.again = big_button("Show the drawing again", lambda: self._try(leave=False), "primary")
        self.leave = big_button("End showing", lambda: self._try(leave=True))
        self.stay = big_button("Back to the drawing", self.back.emit, "quiet")
        self.other = big_button("", self._other_way, "quiet")
        self.lock_button = big_button("Lock the cases instead", self.lock.emit, "quiet")
        self._lay_out()
        self.pin.edited.connect(self._refresh)
        self.passphrase.edited.connect(lambda _text: self._refresh())
        for way in (self.pin, self.passphrase):
            way.entered.connect(self._entered)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(lambda: self.wait(PinState(max(0, self._seconds - 1), self._spent)))
        bind_call(self, self._refresh)

    def _lay_out(self) -> None:
        self.column.setContentsMargins(40, 20, 40, 16)
        self.column.setSpacing(12)
        for widget in (self._title, self._ways, self.complaint, self.waiting):
            self.column.addWidget(widget)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.again, 1)
        across.addWidget(self.leave, 1)
        self.column.addLayout(across)
        below = QHBoxLayout()
        below.setSpacing(4)
        for button in (self.stay, self.other, self.lock_button):
            button.setStyleSheet("font-size: 11pt; padding: 2px 4px;")
            below.addWidget(button)
        self.column.addLayout(below)

    @property
    def by_passphrase(self) -> bool:
        """Whether the passphrase is asked for."""
        return self._ways.currentIndex() == 1

    def begin(self, *, hidden: bool) -> None:
        """Ask anew. ``hidden``: the neutral picture stands, so nothing is shown again without an answer."""
        self._busy = False
        self.complaint.clear()
        for way in (self.pin, self.passphrase):
            way.clear()
        self.again.setVisible(hidden)
        self.stay.setVisible(not hidden)
        self.leave.setProperty("look", "" if hidden else "primary")
        self.leave.style().polish(self.leave)
        self._show_way(self._has_pin and not self._spent)
        self._refresh()

    def _show_way(self, pin: bool) -> None:
        self._ways.setCurrentIndex(0 if pin else 1)
        self._ways.setFixedHeight((self.pin if pin else self.passphrase).sizeHint().height())
        self._focus()

    def _focus(self) -> None:
        (self.passphrase if self.by_passphrase else self.pin).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: UserError) -> None:
        """Say that it was not taken."""
        self._busy = False
        for way in (self.pin, self.passphrase):
            way.clear()
        self.complaint.show_error(error)
        self._refresh()
        self._focus()

    def wait(self, state: PinState) -> None:
        """Let nobody try for a while; with a spent PIN only the passphrase is asked for."""
        self._seconds = state.wait_seconds
        if state.spent and not self._spent:
            self._spent = True
            self._show_way(pin=False)
        if self._seconds:
            self._second.start()
        else:
            self._second.stop()
        self._refresh()

    def _entered(self) -> None:
        self._try(leave=not self.again.isVisible())

    def _try(self, *, leave: bool) -> None:
        if self._ready():
            self._busy = True
            self._refresh()
            self.tried.emit(self._typed(), self.by_passphrase, leave)

    def _other_way(self) -> None:
        self.complaint.clear()
        self._show_way(self.by_passphrase)
        self._refresh()

    def _typed(self) -> str:
        return self.passphrase.text() if self.by_passphrase else self.pin.text()

    def _ready(self) -> bool:
        enough = len(self._typed()) >= (1 if self.by_passphrase else SHORTEST)
        return enough and not self._busy and not self._seconds

    def _refresh(self) -> None:
        words = tr("Write the passphrase") if self.by_passphrase else tr("Write your PIN")
        self._title.setText(words)
        other = tr("Use the PIN") if self.by_passphrase else tr("Use the passphrase")
        self.other.setText(other)
        self.other.setAccessibleName(other)
        self.other.setVisible(self._has_pin and not self._spent)
        for button in (self.again, self.leave):
            button.setEnabled(self._ready())
        self.waiting.setVisible(self._seconds > 0)
        self.waiting.setText(
            i18n.ngettext(
                "You can try again in {n} second.", "You can try again in {n} seconds.", self._seconds
            )
        )
