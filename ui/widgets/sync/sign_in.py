"""Signing in to a hub: its address, what answers there, and the two ways: a one-time code, or the browser."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.i18n import N_
from caseworker_app.services.sync_desk import HubFound, SyncState
from ui.house import House
from ui.tasks import Job
from ui.widgets.complaint import Complaint
from ui.widgets.sync.plain import button, label
from ui.widgets.sync.standing import spaced
from ui.words import bind, bind_call, tr


class SignInView(QWidget):
    """``signed_in`` comes when it has been done."""

    signed_in = Signal()
    _browse = Signal(str)

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house
        self._found: HubFound | None = None
        self.address, self.code = QLineEdit(), QLineEdit()
        self.look_button = button("Find the hub")
        self.found, self.readable = label("subheading"), label("muted")
        self.code_button = button("Sign in with the code", "primary")
        self.browser_button = button("Sign in in the browser", "primary")
        self.waiting, self.stop_button = label("muted"), button("Cancel")
        self.complaint = Complaint()
        self._lay_out()
        self.look_button.clicked.connect(self.look)
        self.address.returnPressed.connect(self.look)
        self.address.textEdited.connect(lambda _text: self._forget())
        self.code.textEdited.connect(lambda _text: self.complaint.clear())
        self.code.returnPressed.connect(self.use_code)
        self.code_button.clicked.connect(self.use_code)
        self.browser_button.clicked.connect(self.use_browser)
        self.stop_button.clicked.connect(self._house.sync.stop_sign_in)
        self._browse.connect(lambda address: QDesktopServices.openUrl(QUrl(address)))
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label("subheading", "Sign in to a hub"))
        self._row(layout, N_("The hub's address"), self.address, self.look_button)
        self.address.setPlaceholderText("https://")
        self._answer = QWidget()
        answer = QVBoxLayout(self._answer)
        answer.setContentsMargins(0, 8, 0, 0)
        answer.setSpacing(8)
        answer.addWidget(self.found)
        answer.addWidget(self.readable)
        answer.addWidget(self.browser_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._row(answer, N_("One-time code from the administrator"), self.code, self.code_button)
        waits = QHBoxLayout()
        waits.setSpacing(8)
        waits.addWidget(self.waiting, 1)
        waits.addWidget(self.stop_button)
        answer.addLayout(waits)
        layout.addWidget(self._answer)
        layout.addWidget(self.complaint)
        self._answer.hide()
        self._wait("")

    def _row(self, layout: QVBoxLayout, msgid: str, line: QLineEdit, press: QWidget) -> None:
        words, across = label("", msgid), QHBoxLayout()
        words.setBuddy(line)
        bind(line.setAccessibleName, msgid)
        across.setSpacing(8)
        across.addWidget(line, 1)
        across.addWidget(press)
        layout.addWidget(words)
        layout.addLayout(across)

    def show_state(self, state: SyncState) -> None:
        """Offer the hub that is known."""
        if not self.address.text():
            self.address.setText(state.address)

    # what answers there

    def look(self) -> None:
        """Ask what is at the address."""
        address = self.address.text().strip()
        self.complaint.clear()
        if not address:
            self.complaint.show_message(N_("Write the hub's address, as the IT department gave it to you."))
            return
        self.look_button.setEnabled(False)
        desk = self._house.sync
        self._house.tasks.job(self, Job(lambda: desk.look(address), self._show_found, self._refused))

    def _forget(self) -> None:
        self.complaint.clear()
        self._found = None
        self._say()

    def _show_found(self, found: HubFound) -> None:
        self.look_button.setEnabled(True)
        self._found = found
        self._say()
        (self.browser_button if found.provider else self.code).setFocus()

    def _say(self) -> None:
        found = self._found
        self._answer.setVisible(found is not None)
        if found is None:
            return
        self.found.setText(
            tr("{name}, fingerprint {fingerprint}", name=found.name, fingerprint=spaced(found.fingerprint))
        )
        self.readable.setText(
            tr(
                "Compare the fingerprint with the one you were given. Only those who share a case can read it."
            )
            if found.end_to_end
            else tr(
                "Compare the fingerprint with the one you were given. The organisation has a key of its own to the cases."
            )
        )
        self.browser_button.setVisible(bool(found.provider))

    # the two ways

    def use_code(self) -> None:
        """Sign in with the code."""
        found, code = self._found, self.code.text().strip()
        self.complaint.clear()
        if found is None:
            return
        if not code:
            self.complaint.show_message(N_("Write the code the administrator gave you."))
            self.code.setFocus()
            return
        self._wait(N_("Signing in …"))
        desk = self._house.sync
        work = Job(lambda: desk.sign_in_by_code(found.address, code), self._done, self._refused)
        self._house.tasks.job(self, work)

    def use_browser(self) -> None:
        """Sign in at the municipality's provider."""
        found, desk, show = self._found, self._house.sync, self._browse.emit
        if found is None:
            return
        self.complaint.clear()
        self._wait(N_("Sign in in the browser that has opened. Tæt på goes on by itself."), can_stop=True)
        work = Job(
            lambda: desk.sign_in_by_browser(found.address, found.fingerprint, show), self._done, self._refused
        )
        self._house.tasks.job(self, work)

    def _wait(self, msgid: str, *, can_stop: bool = False) -> None:
        self.waiting.setText(tr(msgid) if msgid else "")
        self.waiting.setVisible(bool(msgid))
        self.stop_button.setVisible(can_stop)
        for one in (self.code_button, self.browser_button, self.look_button, self.address):
            one.setEnabled(not msgid)

    def _done(self, _nothing: None) -> None:
        self._wait("")
        self.code.clear()
        self._found = None
        self._say()
        self.signed_in.emit()

    def _refused(self, error: UserError) -> None:
        self._wait("")
        self.complaint.show_error(error)
