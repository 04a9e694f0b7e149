"""Synkronisering: where it stands, signing in to the hub, the user's devices."""

from __future__ import annotations

from caseworker_app.i18n import N_
from caseworker_app.services import conflicts
from caseworker_app.services.ports import Reader
from caseworker_app.services.sync_desk import FaultCode, SignedOut, Standing
from ui import icons
from ui.house import House
from ui.pages.settings.pane import Pane
from ui.syncing import DeskNews
from ui.tasks import Job, Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.sync.devices import DevicesView
from ui.widgets.sync.sign_in import SignInView
from ui.widgets.sync.standing import StandingView
from ui.words import tr


def _contested(reader: Reader) -> int:
    return sum(conflicts.counts(reader).values())


class SyncPane(Pane):
    """The pane. It follows the desk by itself."""

    def __init__(self, house: House) -> None:
        super().__init__(
            N_(
                "The hub is the municipality's own: it carries what you write to those who share a case with you."
            )
        )
        self._house = house
        self.standing, self.complaint = StandingView(), Complaint()
        self.sign_in, self.devices = SignInView(house), DevicesView(house)
        icons.dress(self.standing.conflicts_button, "warning")
        for widget in (self.standing, self.complaint, self.sign_in, self.devices):
            self.column.addWidget(widget)
        self._signed_in: bool | None = None
        self._join()

    def _join(self) -> None:
        desk, standing = self._house.sync, self.standing
        standing.sync_pressed.connect(lambda: desk.start_now())
        standing.cancel_pressed.connect(lambda: desk.cancel())
        standing.sign_out_pressed.connect(self.sign_out)
        standing.quarantine_pressed.connect(self.show_quarantine)
        standing.conflicts_pressed.connect(self.show_conflicts)
        standing.handed_in_pressed.connect(self.show_handed_in)
        standing.answered.connect(self.answer)
        self.sign_in.signed_in.connect(self._say)
        self._news = DeskNews(desk, self)
        self._news.came.connect(lambda _news: self._say())

    def begin(self) -> None:
        """Show how things are."""
        self._signed_in = None
        self._say()
        self._ask_contested()

    def follow(self, touched: Touched) -> None:
        self._say()
        self._ask_contested()

    def _ask_contested(self) -> None:
        self._house.tasks.query(self, Query(_contested, self.standing.show_contested))

    def _say(self) -> None:
        state = self._house.sync.state()
        self.standing.show_state(state)
        signed_in = state.standing is Standing.SIGNED_IN
        self.sign_in.setVisible(not signed_in and state.standing is not Standing.UNKNOWN)
        self.sign_in.show_state(state)
        self.devices.setVisible(signed_in)
        if signed_in and self._signed_in is not True:
            self.devices.ask()
        self._signed_in = signed_in

    def answer(self, code: FaultCode) -> None:
        """Do what the user answered to a fault that waits for her."""
        desk = self._house.sync
        if code is FaultCode.HELD:
            desk.send_held()
        else:
            self._house.tasks.job(
                self, Job(desk.histories_read, lambda _nothing: self._say(), self.complaint.show_error)
            )

    def sign_out(self) -> None:
        """Sign out; what is unsent is kept, and said."""
        self._house.tasks.job(
            self, Job(self._house.sync.sign_out, self._signed_out, self.complaint.show_error)
        )

    def _signed_out(self, left: SignedOut) -> None:
        self.complaint.clear()
        self._house.say(
            tr("You are signed out. What is not sent is kept here.")
            if left.unsent
            else tr("You are signed out.")
        )
        self._say()

    def show_quarantine(self) -> None:
        """Show what was not taken."""
        from ui.dialogs.quarantine_dialog import QuarantineDialog

        QuarantineDialog(self._house, self).open()

    def show_handed_in(self) -> None:
        """Show a team leader what the hub did not take."""
        from ui.dialogs.handed_in_dialog import HandedInDialog

        HandedInDialog(self._house, self).open()

    def show_conflicts(self) -> None:
        """Show what has two values."""
        from ui.dialogs.conflicts_dialog import ConflictsDialog

        ConflictsDialog(self._house, None, self).open()
