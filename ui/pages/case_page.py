"""Sag: one child. Its head, and the sections Overblik, Personer, Plan og opfølgning and Møder."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from caseworker_app.domain.case import LimitException
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.services import cases, people
from caseworker_app.services.cases import CaseView
from caseworker_app.services.ports import Reader
from ui.house import House, Place
from ui.models.caseload_rows import child_words
from ui.pages import case_meeting_ways
from ui.pages.case_follow_up import PARTS, CaseFollowUp
from ui.pages.case_header import CaseHeader
from ui.pages.case_meetings import CaseMeetings
from ui.pages.case_overview import CaseOverview
from ui.pages.case_people import CasePeople
from ui.pages.case_sections import CaseSections
from ui.pages.case_shared import CaseShared
from ui.tasks import Op, Query, Touched
from ui.widgets.case_rows import close_key
from ui.widgets.form_bars import NoticeBar
from ui.words import tr

_KINDS_SHOWN = frozenset({"case", "person", "meeting", "sibling_link"})
PERSON_PART = "person:"
"""The part that opens a person's card: ``Place("case", case, "person:<hex>")``."""


class CasePage(QWidget):
    """One case. Parts: those of ``TAB_LABELS`` and ``PARTS``, ``follow_up:<deadline>``, ``person:<hex>``, ``new-person``.
    ``shown`` comes when a case stands there."""

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Id | None = None
        self._view: CaseView | None = None
        self._today = dt.date(2000, 1, 1)
        self._asked = 0
        self.header, self.notice = CaseHeader(self), NoticeBar()
        self.sections = CaseSections(house, self)
        self.tabs, stack = self.sections.tabs, self.sections.stack
        self.overview = CaseOverview(house, self, stack)
        self.people, self.meetings = CasePeople(stack), CaseMeetings(stack)
        self.follow_up = CaseFollowUp(house, stack)
        self.shared = CaseShared(house, self, self.header, self.notice)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        put = self.sections.put
        put("overview", self.overview, self.tabs)
        put("people", self.people, self.people.tree)
        put("follow_up", self.follow_up, self.follow_up)
        put("meetings", self.meetings, self.meetings.tree)
        self.sections.stack.setCurrentIndex(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(4)
        layout.addWidget(self.header)
        layout.addWidget(self.notice)
        layout.addWidget(self.tabs)
        layout.addWidget(self.sections.stack, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the head take the rows there is room for."""
        super().resizeEvent(event)
        self.header.arrange()

    def _connect(self) -> None:
        head, overview, everyone, planned = self.header, self.overview, self.people, self.meetings
        head.close_pressed.connect(self.close_case)
        head.reopen_pressed.connect(self.reopen)
        head.exception_pressed.connect(self.record_exception)
        head.history_pressed.connect(self.show_history)
        self.follow_up.head_known.connect(head.show_head)
        overview.opened.connect(lambda case: self._house.go(Place("case", case)))
        overview.unlinked.connect(self._unlink)
        overview.link_pressed.connect(self.link_sibling)
        overview.honour.waiting.connect(head.show_waiting_assessment)
        everyone.add_pressed.connect(lambda: self.show_person(None))
        everyone.edit_pressed.connect(lambda person: self.show_person(person.id))
        everyone.remove_pressed.connect(self._remove)
        everyone.copy_pressed.connect(self._copy)
        planned.plan_pressed.connect(self.plan_meeting)
        planned.series_pressed.connect(lambda: case_meeting_ways.show_series(self._house, self, self._case))
        planned.opened.connect(lambda meeting: self._house.go(Place("meeting", meeting)))

    # the page, as the window sees it

    @property
    def here(self) -> str:
        """The section that is shown."""
        return self.sections.current

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show a case; ``thing`` is its id."""
        if thing is None:
            self._house.go(Place("caseload"))
            return
        if thing != self._case:
            self._case = thing
            self.sections.expect(thing)
            self.notice.clear()
            self.sections.go("overview")
            self.overview.form.edit(thing)
        section, _, wanted = part.partition(":")
        if section in PARTS:
            self.follow_up.go(section, wanted)
            section = "follow_up"
        self.sections.go(section or self.sections.current)
        self.sections.want(section, wanted)
        self._ask(part)

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""
        self.shared.ask()
        self.overview.form.follow(touched)
        self.overview.honour.follow(touched)
        self.follow_up.follow(touched)
        self.sections.follow(touched)
        if self._case is not None and any(kind in _KINDS_SHOWN for kind, _entity in touched):
            self._ask("")

    def leave(self) -> bool:
        """Keep the draft."""
        return self.overview.form.leave() and self.follow_up.leave() and self.sections.leave()

    def _ask(self, part: str) -> None:
        case = self._case
        if case is None:
            return
        asked = self._asked = self._asked + 1

        def ask(reader: Reader) -> tuple[CaseView, dt.date, bool]:
            return cases.view(reader, case), reader.today, reader.draft(close_key(case)) is not None

        def show(answer: tuple[CaseView, dt.date, bool]) -> None:
            if asked == self._asked or part:
                self._show(*answer)
                self._open_part(part)

        self._house.tasks.query(self, Query(ask, show))

    def _show(self, view: CaseView, today: dt.date, closing: bool) -> None:
        self._view, self._today = view, today
        self.header.show_case(view, today)
        self.overview.show_case(view)
        self.people.show_case(view)
        self.follow_up.show_case(view.case)
        self.meetings.show_case(view)
        self.sections.show_case(view.case, {"people": len(view.people), "meetings": len(view.meetings)})
        if not self.shared.show_case(view.case):
            self._say_notice(view, closing)
        self.shown.emit()

    def _open_part(self, part: str) -> None:
        self.shared.open_part(part)
        if part == "new-person":
            self.sections.go("people")
            self.show_person(None)
        elif part.startswith(PERSON_PART):
            self.sections.go("people")
            self.show_person(bytes.fromhex(part.removeprefix(PERSON_PART)))

    def _say_notice(self, view: CaseView, closing: bool) -> None:
        if view.case.cancelled:
            self.notice.tell(
                lambda: (tr("Registering this case was undone. Redo (Ctrl+Y) brings it back."), "")
            )
        elif closing and view.case.active:
            self.notice.tell(
                lambda: (tr("You have begun to close this case; a draft is kept."), tr("Go on")),
                self.close_case,
            )
        elif view.duplicates:
            other = view.duplicates[0]

            def say() -> tuple[str, str]:
                words = tr(
                    "This may be the same child as {name}. Both cases are kept.", name=child_words(other)
                )
                return words, tr("Open that case")

            self.notice.tell(say, lambda: self._house.go(Place("case", other.id)))
        else:
            self.notice.clear()

    # what can be done

    def close_case(self) -> None:
        """Open the form that closes the case."""
        from ui.dialogs.close_case_dialog import CloseCaseDialog

        if self._view is not None:
            CloseCaseDialog(self._house, self._view.case, self).open()

    def reopen(self, exception: LimitException | None = None) -> None:
        """Open the case again; at the limit its ways out are shown."""
        case = self._case
        if case is None:
            return
        again = exception if isinstance(exception, LimitException) else None
        op = Op(
            lambda w: cases.reopen(w, case, again),
            said="The case is open again.",
            failed=self._reopen_refused,
        )
        self._house.tasks.op(self, op)

    def _reopen_refused(self, error: UserError) -> None:
        from ui.dialogs.limit_dialog import LimitDialog

        dialog = LimitDialog(self._today, error, self)
        dialog.agreed.connect(self.reopen)
        dialog.to_list.connect(lambda: self._house.go(Place("caseload")))
        dialog.open()

    def record_exception(self) -> None:
        """Record the team leader's exception for a case that stands above the limit."""
        from ui.dialogs.limit_dialog import LimitDialog

        dialog = LimitDialog(self._today, None, self)
        dialog.agreed.connect(self._record)
        dialog.open()

    def _record(self, exception: LimitException) -> None:
        if (case := self._case) is not None:
            op = Op(lambda w: cases.record_exception(w, case, exception), said="The exception is recorded.")
            self._house.tasks.op(self, op)

    def show_history(self) -> None:
        """Show what happened in this case."""
        from ui.dialogs.history_dialog import HistoryDialog, of_place

        if self._case is not None:
            ask, about = of_place(Place("case", self._case))
            dialog = HistoryDialog(self._house, ask, about, self)
            dialog.offer("Handed out …", self.show_handed)
            dialog.open()

    def show_handed(self) -> None:
        """Show what was handed to whom out of this case."""
        from ui.dialogs.handed_dialog import HandedDialog

        if self._case is not None:
            HandedDialog(self._house, self._case, QApplication.activeModalWidget() or self).open()

    def link_sibling(self) -> None:
        """Choose a sibling among the other cases."""
        from ui.dialogs.sibling_dialog import SiblingDialog

        if self._case is not None:
            SiblingDialog(self._house, self._case, self).open()

    def _unlink(self, other: Id) -> None:
        case = self._case
        if case is not None:
            op = Op(
                lambda w: cases.unlink_siblings(w, case, other),
                said="The link is gone. Ctrl+Z brings it back.",
            )
            self._house.tasks.op(self, op)

    def show_person(self, person: Id | None) -> None:
        """Open a person's card, ``None`` for a new one."""
        from ui.dialogs.person_dialog import PersonDialog

        if self._view is not None:
            case = self._view.case
            PersonDialog(self._house, case.id, case.stream, person, self).open()

    def _remove(self, person: Person) -> None:
        op = Op(lambda w: people.remove(w, person.id), said="The person is removed. Ctrl+Z brings her back.")
        self._house.tasks.op(self, op)

    def _copy(self, person: Person, case: Id) -> None:
        op = Op(
            lambda w: people.copy_to(w, person.id, case),
            said="The person has a card in the sibling's case too.",
        )
        self._house.tasks.op(self, op)

    def plan_meeting(self, kind: str) -> None:
        """Plan a meeting and go to it; without a kind ask for one."""
        case_meeting_ways.plan(self._house, self, self._case, kind)
