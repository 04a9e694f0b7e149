"""Sharing a case: with whom, in which role, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services.sync_desk import Colleague, MemberRow, ShareRole, Standing
from ui.dialogs.fitting import fit
from ui.house import House
from ui.models.caseload_rows import child_words
from ui.syncing import DeskNews
from ui.tasks import Job
from ui.widgets.complaint import Complaint
from ui.widgets.sync.members import MembersView
from ui.widgets.sync.plain import button, label
from ui.words import bind, tr

_SHARED = N_("The case is shared. It is sent with the next sync.")
_CHANGED = N_("The role is changed.")
_TAKEN_BACK = N_("The case is shared with her no longer. What she has already fetched stays readable to her.")


class ShareDialog(QDialog):
    """Opened with ``open()``; gone when closed. ``hand_over_pressed`` asks for handing it over."""

    hand_over_pressed = Signal()

    def __init__(self, house: House, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind(self.setWindowTitle, "Share the case")
        self._house, self._case = house, case
        self.members, self.complaint = MembersView(), Complaint()
        self.no_hub, self.said = label(), label("muted")
        self.settings_button = button("Open Settings → Sync")
        self.hand_over_button, self.close_button = button("Hand the case over …"), button("Close")
        self._lay_out()
        self.members.shared.connect(self.share)
        self.members.role_chosen.connect(self.change_role)
        self.members.taken_back.connect(self.take_back)
        self.hand_over_button.clicked.connect(self._hand_over)
        self.settings_button.clicked.connect(self._to_settings)
        self.close_button.clicked.connect(self.reject)
        self._news = DeskNews(house.sync, self)
        self._news.came.connect(lambda _news: self._ask_members())
        self.setMinimumWidth(720)
        self._begin()

    def _lay_out(self) -> None:
        heading, child, about = label("heading", "Share the case"), label("subheading"), label("muted")
        child.setText(child_words(self._case))
        bind(
            about.setText,
            "Those who share a case see everything in it, also what was written before. Who has what role stands signed "
            "in the case's own log.",
        )
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.hand_over_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        for widget in (heading, child, about, self.no_hub, self.settings_button, self.members):
            layout.addWidget(widget)
        layout.addWidget(self.said)
        layout.addWidget(self.complaint)
        layout.addStretch(1)
        layout.addLayout(foot)

    def _begin(self) -> None:
        here = self._house.sync.state().standing is not Standing.SIGNED_IN
        self.no_hub.setVisible(here)
        self.settings_button.setVisible(here)
        self.members.setVisible(not here)
        self.no_hub.setText(
            tr("A case is shared over the municipality's hub. Sign in to it first.") if here else ""
        )
        self.said.hide()
        if here:
            return
        self._ask_members()
        desk = self._house.sync
        self._house.tasks.job(self, Job(desk.people, self._show_people, self.complaint.show_error))

    def _ask_members(self) -> None:
        desk, stream = self._house.sync, self._case.stream
        work = Job(lambda: desk.members(stream), self._show_members, self.complaint.show_error)
        self._house.tasks.job(self, work)

    def _show_people(self, people: Sequence[Colleague]) -> None:
        self.members.show_people(people)
        self._grow()

    def _show_members(self, members: Sequence[MemberRow]) -> None:
        self.members.show_members(members)
        self._grow()

    def _grow(self) -> None:
        """Make room for what has come, once its parts know what they need."""
        QTimer.singleShot(0, self, lambda: fit(self, grow_only=True))

    # what can be done

    def share(self, user: Id, role: ShareRole) -> None:
        """Share the case with a colleague."""
        desk, stream = self._house.sync, self._case.stream
        self._do(lambda: desk.share(stream, user, role), _SHARED)

    def change_role(self, user: Id, role: ShareRole) -> None:
        """Give a member another role."""
        desk, stream = self._house.sync, self._case.stream
        self._do(lambda: desk.share(stream, user, role), _CHANGED)

    def take_back(self, user: Id) -> None:
        """Share the case no longer with somebody."""
        desk, stream = self._house.sync, self._case.stream
        self._do(lambda: desk.take_back(stream, user), _TAKEN_BACK)

    def _do(self, act: Callable[[], None], said: str) -> None:
        self.complaint.clear()
        self.members.setEnabled(False)

        def done(_nothing: None) -> None:
            self.members.setEnabled(True)
            self.said.setText(tr(said))
            self.said.show()
            self._grow()
            self._ask_members()

        self._house.tasks.job(self, Job(act, done, self._refused))

    def _refused(self, error: UserError) -> None:
        self.members.setEnabled(True)
        self.complaint.show_error(error)
        self._ask_members()

    def _hand_over(self) -> None:
        self.accept()
        self.hand_over_pressed.emit()

    def _to_settings(self) -> None:
        from ui.house import Place

        self.accept()
        self._house.go(Place("settings", None, "sync"))
