"""What of a case is others': fields with two values, who shares it, how far it has been sent, and whether it moves."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import MeetingKind
from caseworker_app.services import conflicts, meetings
from caseworker_app.services.handing_over import address_moved, moves
from caseworker_app.services.sync_desk import RecordStanding, Standing
from ui.house import House, Place
from ui.pages.case_header import CaseHeader
from ui.syncing import DeskNews
from ui.tasks import Job, Op, Query
from ui.widgets.form_bars import NoticeBar
from ui.words import tr


class CaseShared(QObject):
    """Fills the header's marks of sync, opens its dialogs, and asks when an address has changed."""

    def __init__(self, house: House, page: QWidget, header: CaseHeader, notice: NoticeBar) -> None:
        super().__init__(page)
        self._house, self._page, self._header, self._notice = house, page, header, notice
        self._case: Case | None = None
        self._asking: Id | None = None
        self._news: DeskNews | None = None
        header.conflicts_pressed.connect(self.show_conflicts)
        header.share_pressed.connect(self.share)

    def show_case(self, case: Case) -> bool:
        """Note the case that stands there; return whether the notice asks about its new address, until it is answered."""
        before, self._case = self._case, case
        self.ask()
        if before is not None and before.id == case.id and address_moved(before.address, case.address):
            self._asking = case.id
            self._ask_whether_it_moves(case)
        elif self._asking is not None and (self._asking != case.id or self._notice.isHidden()):
            self._asking = None
        return self._asking is not None

    def ask(self) -> None:
        """Ask again what has two values, and how far the case has been sent."""
        case = self._case
        if case is None:
            return

        def show(contested: int) -> None:
            if self._case is not None and self._case.id == case.id:
                self._header.show_contested(contested)

        self._house.tasks.query(self, Query(lambda reader: conflicts.counts(reader).get(case.id, 0), show))
        self._ask_standing(case)

    def _ask_standing(self, case: Case) -> None:
        desk = self._house.sync
        if self._news is None:
            self._news = DeskNews(desk, self)
            self._news.came.connect(lambda _news: self._ask_again())
        if desk.state().standing in (Standing.UNKNOWN, Standing.NO_HUB):
            return

        def show(standing: RecordStanding) -> None:
            if self._case is not None and self._case.id == case.id:
                from ui.models.sync_words import standing_words

                self._header.show_standing(lambda: standing_words(standing, dt.datetime.now(dt.UTC)))

        self._house.tasks.job(self, Job(lambda: desk.standing_of(stream=case.stream), show))

    def _ask_again(self) -> None:
        if self._case is not None:
            self._ask_standing(self._case)

    def _ask_whether_it_moves(self, case: Case) -> None:
        if moves(case):
            self._notice.tell(
                lambda: (
                    tr("The address has changed. Does the case move to another district or municipality?"),
                    tr("Hand the case over …"),
                ),
                self.hand_over,
            )
        else:
            self._notice.tell(
                lambda: (
                    tr("The address has changed. A placement or aftercare does not move with it."),
                    tr("Understood"),
                )
            )

    # what can be done

    def open_part(self, part: str) -> None:
        """Open what a place asks for: "conflicts", "share", "hand_over", "hand_over_file"; anything else is not ours."""
        ways = {
            "conflicts": self.show_conflicts,
            "share": self.share,
            "hand_over": self.hand_over,
            "hand_over_file": self.give_pack,
        }
        if part in ways:
            ways[part]()

    def show_conflicts(self) -> None:
        """Show what of this case has two values, to be chosen between."""
        from ui.dialogs.conflicts_dialog import ConflictsDialog

        if self._case is not None:
            ConflictsDialog(self._house, self._case.id, self._page).open()

    def share(self) -> None:
        """Show who shares the case."""
        from ui.dialogs.share_dialog import ShareDialog

        if self._case is not None:
            dialog = ShareDialog(self._house, self._case, self._page)
            dialog.hand_over_pressed.connect(self.hand_over)
            dialog.open()

    def hand_over(self) -> None:
        """Hand the case over."""
        from ui.dialogs.hand_over_dialog import HandOverDialog

        if self._case is not None:
            dialog = HandOverDialog(self._house, self._case.id, self._page)
            dialog.meeting_pressed.connect(self.plan_handover_meeting)
            dialog.file_pressed.connect(self.give_pack)
            dialog.open()

    def give_pack(self) -> None:
        """Give the case in an encrypted file."""
        from ui.dialogs.give_pack_dialog import GivePackDialog

        if self._case is not None:
            GivePackDialog(self._house, self._case, self._page).open()

    def plan_handover_meeting(self) -> None:
        """Plan an overleveringsmøde and go to it."""
        case = self._case
        if case is not None:
            kind = {"kind": MeetingKind.HANDOVER.value}
            op = Op(
                lambda w: meetings.plan(w, case.id, kind),
                done=lambda meeting: self._house.go(Place("meeting", meeting)),
            )
            self._house.tasks.op(self, op)
