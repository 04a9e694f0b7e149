"""Group courses: the children in a group and those who wait, the sessions, who came, the talks with parents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.effort import Effort
from caseworker_app.domain.group_course import GroupMember, GroupSession
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import course_sheets, efforts, group_views
from caseworker_app.services.group_views import GroupView
from caseworker_app.services.ports import Reader
from ui.dialogs.record_dialog import RecordDialog
from ui.house import House, Place
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import short_day
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Page
from ui.widgets.cooperation.part import CooperationPart
from ui.widgets.quality.group_page import group_page
from ui.words import tr


@dataclass(frozen=True, slots=True)
class GroupsLoaded:
    """The groups, the efforts one can be of, and the children whose cases are open."""

    views: tuple[GroupView, ...]
    efforts: tuple[Effort, ...]
    cases: tuple[Case, ...]
    today: dt.date


class GroupsPart(CooperationPart[GroupsLoaded]):
    """It belongs to no case."""

    follows = frozenset(
        {
            "group_course",
            "group_session",
            "group_member",
            "group_attendance",
            "kik_sheet",
            "own_effort",
            "case",
        }
    )
    list_name = N_("Group courses")
    nothing_yet = N_(
        "No group yet. Ten sessions, at most eight children, two leaders: the ninth child waits in line, and is offered "
        "the next place that becomes free."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.case = Case()

    def doings(self) -> list[Button]:
        return [
            (N_("New group (Ins)"), "Ins", self.begin),
            (N_("Show and print (Ctrl+P)"), "Ctrl+P", self.print),
        ]

    def load(self, reader: Reader, case: Case) -> GroupsLoaded:
        shipped = self.house.books.efforts()
        open_cases = [one for one in reader.find(Case) if one.closed_on is None]
        open_cases.sort(key=lambda one: one.child_name or one.unborn_of)
        return GroupsLoaded(
            group_views.groups(reader, shipped),
            efforts.offered(reader, shipped),
            tuple(open_cases),
            reader.today,
        )

    def lines(self, loaded: GroupsLoaded) -> list[ListLine]:
        return [self._line(one) for one in loaded.views]

    @staticmethod
    def _line(one: GroupView) -> ListLine:
        found = one.group
        if found.ended_on is not None:
            return ListLine(found.id, found.name, tr("ended {day}", day=short_day(found.ended_on)), "history")
        words = tr("{n} of {all} children", n=len(one.inside), all=found.most)
        if one.waiting:
            words = tr("{words} · {n} waiting", words=words, n=len(one.waiting))
        if one.free and one.waiting:
            return ListLine(found.id, found.name, words, "warning", "soon")
        icon, tone = ("today", "soon") if one.kik_due else ("cases", "muted")
        return ListLine(found.id, found.name, words, icon, tone)

    def view(self, key: Id | None) -> GroupView | None:
        """Return a group that is shown."""
        views = () if self.loaded is None else self.loaded.views
        return next((one for one in views if one.group.id == key), None)

    def page(self, loaded: GroupsLoaded, key: Id) -> Page | None:
        one = self.view(key)
        return None if one is None else group_page(self, one, loaded.today)

    # what is done

    def _open_own(self, dialog: RecordDialog) -> None:
        dialog.form.saved.connect(self.saved)
        dialog.open()

    def begin(self) -> None:
        """Begin a group."""
        self.change(None)

    def change(self, group: Id | None) -> None:
        """Change a group."""
        from ui.dialogs import group_forms

        found, loaded = self.view(group), self.loaded
        if loaded is not None:
            dialog = group_forms.group(
                self.house, self, loaded.efforts, None if found is None else found.group
            )
            self._open_own(dialog)

    def member(self, group: Id, found: GroupMember | None) -> None:
        """Put a child on a group, or change what stands of it."""
        from ui.dialogs import group_forms

        if self.loaded is not None:
            self._open_own(group_forms.member(self.house, self, group, self.loaded.cases, found))

    def move_on(self, found: GroupMember) -> None:
        """Move a child to another group."""
        from ui.dialogs import group_forms

        if self.loaded is not None:
            groups = [one.group for one in self.loaded.views]
            group_forms.move(self.house, self, found, groups).open()

    def session(self, found: GroupSession) -> None:
        """Move a session, or write its topic."""
        from ui.dialogs import group_forms

        self._open_own(group_forms.session(self.house, self, found))

    def attend(self, one: GroupView, found: GroupSession) -> None:
        """Write who came."""
        from ui.dialogs.attendance_dialog import AttendanceDialog

        AttendanceDialog(self.house, one, found, self).open()

    def kik(self) -> None:
        """Go to the KIK sheets."""
        self.house.go(Place("quality", None, "kik"))

    def print(self) -> None:
        """Show the group as a paper."""
        key, shipped = self.list.key, self.house.books.efforts()
        if key is not None and self.view(key) is not None:
            self.show_paper(lambda r: course_sheets.group_job(r, key, shipped), tr("Group course"))

    def forms(self) -> dict[str, Callable[[], None]]:
        found: dict[str, Callable[[], None]] = {"group_course:new": self.begin}
        for one in () if self.loaded is None else self.loaded.views:
            group = one.group.id
            found[f"group_course:{group.hex()}"] = partial(self.change, group)
            found[f"group_member:new:{group.hex()}"] = partial(self.member, group, None)
            for session in one.sessions:
                found[f"group_session:{session.id.hex()}"] = partial(self.session, session)
            for view in (*one.inside, *one.waiting, *one.gone):
                child = view.member
                found[f"group_member:{child.id.hex()}"] = partial(self.member, group, child)
                found[f"group_member:{child.id.hex()}:move"] = partial(self.move_on, child)
        return found
