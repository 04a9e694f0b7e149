"""The Familiecentral: courses with their times, the families invited, and who came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import clock_span, full_date, long_date
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.family_course import CourseSession, FamilyState
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import course_papers, family_courses
from caseworker_app.services.cases import display_name
from caseworker_app.services.family_courses import CourseView
from caseworker_app.services.ports import Draft, Reader
from ui.house import House
from ui.tasks import Op, Query
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.register import Button, Register
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.visits.attendance import AttendanceTable
from ui.words import tr

TAKEN_BACK = N_("Done. Ctrl+Z takes it back.")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The courses, and the children of the caseload by case."""

    courses: tuple[CourseView, ...]
    cases: Mapping[Id, str]
    today: dt.date


def caseload_names(reader: Reader) -> dict[Id, str]:
    """Return the active children by case, sorted by name."""
    active = [case for case in reader.find(Case) if case.active]
    return {case.id: display_name(case) for case in sorted(active, key=display_name)}


class CoursesPart(Register[Loaded]):
    """The courses; it belongs to no case."""

    follows = frozenset({"family_course", "course_session", "course_family", "course_attendance", "case"})
    list_name = N_("Courses at the Familiecentral")
    nothing_yet = N_(
        "No course yet. Begin one: its times are computed, every third Friday from 10:30 to 12:30, and each can be moved."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.case = Case()
        self.papers = PaperDesk(house, self)
        self.papers.refused.connect(self.complaint.show_error)

    def doings(self) -> list[Button]:
        return [(N_("Begin a course (Ins)"), "Ins", self.begin)]

    def load(self, reader: Reader, case: Case) -> Loaded:
        views = tuple(family_courses.view(reader, one.id) for one in family_courses.courses(reader))
        return Loaded(views, caseload_names(reader), reader.today)

    def lines(self, loaded: Loaded) -> list[ListLine]:
        return [self._line(view, loaded.today) for view in loaded.courses]

    def _line(self, view: CourseView, today: dt.date) -> ListLine:
        course, coming = view.course, view.next(today)
        if course.ended_on is not None:
            return ListLine(course.id, course.name, tr("ended"), "done", "done")
        if coming is None or coming.when is None:
            return ListLine(course.id, course.name, tr("without times ahead"), "warning", "soon")
        day = long_date(coming.when.day, i18n.current().language)
        return ListLine(course.id, course.name, tr("next {day}", day=day), "today", "accent")

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        view = next((one for one in loaded.courses if one.course.id == key), None)
        if view is None:
            return None
        course, about = view.course, tr("the course")
        quiet = " · ".join(part for part in (course.place, course.leaders) if part)
        doings = (
            Doing(tr("Invite a family …"), partial(self.invite, course.id), primary=True, about=about),
            Doing(tr("Add a time …"), partial(self.session, course.id, None), about=about),
            Doing(tr("Invitations …"), partial(self.print_invitations, course.id), icon="print"),
            Doing(tr("Programme …"), partial(self.print_programme, course.id), icon="print"),
            Doing(tr("Copy a text message"), partial(self.copy_text, course.id)),
            Doing(tr("Change …"), partial(self.change, view), about=about),
            Doing(tr("Remove"), partial(self._remove, course.id), about=about),
        )
        minds = () if view.sessions else (self._no_times(view),)
        facts = (
            *(self._time(view, one) for one in view.sessions),
            *(self._family(view, family.id, family.name, family.state) for family in view.families),
        )
        return Page(
            course.name, quiet, minds, doings=doings, facts=facts,
            insert=partial(self._table, view, loaded.today) if view.sessions and view.families else None,
        )  # fmt: skip

    def _no_times(self, view: CourseView) -> str:
        if view.course.starts_on is None:
            return tr(
                "The course has no day to begin on, so it has no times yet: write the day, or add times by hand."
            )
        return tr("The course has no times yet.")

    def _time(self, view: CourseView, one: CourseSession) -> Facts:
        language = i18n.current().language
        when = "" if one.when is None else full_date(one.when.day, language)
        hours = "" if one.when is None else clock_span(one.when.start, one.when.end, language)
        change = Doing(tr("Change …"), partial(self.session, view.course.id, one), about=when)
        words = " · ".join(part for part in (hours, one.topic or tr("topic not written")) if part)
        return Facts("", ((when, words),), (change,))

    def _family(self, view: CourseView, family: Id, name: str, state: FamilyState) -> Facts:
        doings = []
        if state is not FamilyState.ACCEPTED:
            doings.append(self._answer(family, FamilyState.ACCEPTED, tr("Accepted"), name))
        if state in (FamilyState.INVITED, FamilyState.ACCEPTED):
            gone = FamilyState.DECLINED if state is FamilyState.INVITED else FamilyState.LEFT
            words = tr("Declined") if gone is FamilyState.DECLINED else tr("Left the course")
            doings.append(self._answer(family, gone, words, name))
        return Facts("", ((tr("Family"), name),), tuple(doings))

    def _answer(self, family: Id, state: FamilyState, said: str, name: str) -> Doing:
        act = partial(self.do, lambda w: family_courses.answer(w, family, state), TAKEN_BACK)
        return Doing(said, act, about=name)

    def _table(self, view: CourseView, today: dt.date, parent: QWidget) -> QWidget:
        later = (
            Qt.ConnectionType.QueuedConnection
        )  # the page is made anew, and with it the table that says so
        table = AttendanceTable(view, today, parent)
        table.counted.connect(self._count, later)
        table.refused.connect(self._no_number, later)
        return table

    def _no_number(self, _typed: str) -> None:
        self.complaint.show_error(InvalidInput("parents", "It must be a whole number from 0 to 9999."))
        self._say_page()

    def _count(self, session: Id, family: Id, parents: int | None) -> None:
        self.complaint.clear()

        def refused(error: UserError) -> None:
            self._say_page()
            self.complaint.show_error(error)

        self.house.tasks.op(
            self, Op(lambda w: family_courses.attend(w, session, family, parents), failed=refused)
        )

    # what is done

    def begin(self) -> None:
        """Begin a course."""
        from ui.dialogs import health_forms

        dialog = health_forms.course(self.house, self)
        dialog.form.saved.connect(self.saved)
        dialog.open()

    def change(self, view: CourseView) -> None:
        """Change a course."""
        from ui.dialogs import health_forms

        health_forms.course(self.house, self, view.course).open()

    def session(self, course: Id, one: CourseSession | None) -> None:
        """Add a time, or change one."""
        from ui.dialogs import health_forms

        health_forms.session(self.house, self, course, one).open()

    def invite(self, course: Id) -> None:
        """Invite a family."""
        from ui.dialogs import health_forms

        if self.loaded is not None:
            health_forms.family(self.house, self, course, self.loaded.cases).open()

    def _remove(self, course: Id) -> None:
        self.do(
            lambda w: family_courses.remove(w, course), N_("The course is removed. Ctrl+Z brings it back.")
        )

    def print_invitations(self, course: Id) -> None:
        """Print the invitations, one a family."""
        title = tr("Invitation to the Familiecentral")
        self.complaint.clear()
        ask = Query(
            lambda r: course_papers.invitations(r, course), lambda jobs: self.papers.print(jobs, title)
        )
        self.house.tasks.query(self, ask)

    def print_programme(self, course: Id) -> None:
        """Show the programme."""
        title = tr("Programme of the course")
        ask = Query(
            lambda r: course_papers.programme(r, course), lambda job: self.papers.preview(job, title, title)
        )
        self.house.tasks.query(self, ask)

    def copy_text(self, course: Id) -> None:
        """Put the invitation on the clipboard as a text message."""

        def show(text: str) -> None:
            QApplication.clipboard().setText(text)
            self.house.say(tr("The text message is on the clipboard."))

        self.house.tasks.query(self, Query(lambda r: course_papers.text(r, course), show))

    def resume(self, draft: Draft) -> None:
        self.begin()
