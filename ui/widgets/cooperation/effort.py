"""Effort courses in a case: the one that runs first, and the groups the child is in or waits for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from caseworker_app.domain.case import Case
from caseworker_app.domain.effort import Effort
from caseworker_app.domain.effort_course import (
    COURSE_STATE_LABELS,
    VERDICT_LABELS,
    CourseElement,
    CourseState,
    EffortCourse,
    IntensityStep,
    IntensityUnit,
)
from caseworker_app.domain.group_course import MEMBER_STATE_LABELS
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import course_sheets, effort_courses, efforts, group_views
from caseworker_app.services.effort_courses import CourseView, CriterionView
from caseworker_app.services.group_views import GroupView, MemberView
from caseworker_app.services.ports import Reader
from ui.house import Place
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.cooperation.effort_page import amount_words, effort_page
from ui.widgets.cooperation.part import CooperationPart, new_key
from ui.widgets.time_used import use_time
from ui.words import tr


@dataclass(frozen=True, slots=True)
class EffortLoaded:
    """A case's courses and groups, and the efforts there are."""

    views: tuple[CourseView, ...]
    groups: tuple[tuple[GroupView, MemberView], ...]
    efforts: tuple[Effort, ...]


class EffortPart(CooperationPart[EffortLoaded]):
    """Courses of one child."""

    follows = frozenset(
        {
            "effort_course", "course_element", "intensity_step", "target_answer", "own_effort", "time_entry", "kik_sheet",
            "group_course", "group_member", "group_session", "group_attendance",
        }
    )  # fmt: skip
    list_name = N_("Effort courses")
    nothing_yet = N_(
        "No effort course yet. Choose an effort of the catalogue: its target group is looked at line by line, then the "
        "course begins with its core elements and an intensity that can be changed day by day."
    )

    def doings(self) -> list[Button]:
        return [
            (N_("Look at an effort (Ins)"), "Ins", self.consider),
            (N_("Show and print (Ctrl+P)"), "Ctrl+P", self.print),
            (N_("The catalogue of efforts …"), "", lambda: self.house.go(Place("quality", None, "efforts"))),
        ]

    def load(self, reader: Reader, case: Case) -> EffortLoaded:
        shipped = self.house.books.efforts()
        return EffortLoaded(
            effort_courses.of_case(reader, case.id, shipped),
            group_views.of_case(reader, case.id, shipped),
            efforts.offered(reader, shipped),
        )

    def lines(self, loaded: EffortLoaded) -> list[ListLine]:
        lines = [self._line(one) for one in loaded.views]
        for group, member in loaded.groups:
            words = tr(MEMBER_STATE_LABELS[member.member.state])
            lines.append(ListLine(member.member.id, group.group.name, words, "cases", "muted"))
        return lines

    @staticmethod
    def _line(one: CourseView) -> ListLine:
        course, state = one.course, tr(COURSE_STATE_LABELS[one.course.state])
        if one.falls and course.state is CourseState.RUNNING:
            return ListLine(course.id, course.name, tr("fast tapering"), "warning", "soon")
        if course.state is CourseState.CONSIDERED:
            words = f"{state} · {tr(VERDICT_LABELS[one.verdict]).lower()}"
            return ListLine(course.id, course.name, words, "today", "soon")
        if course.state is CourseState.RUNNING:
            words = state if one.now is None else f"{state} · {amount_words(one.now)}"
            return ListLine(course.id, course.name, words, "done", "accent")
        return ListLine(course.id, course.name, state, "history", "muted")

    def choose(self, key: Id) -> None:
        """Put the cursor on a course, also by something that stands on it."""
        for one in () if self.loaded is None else self.loaded.views:
            if any(thing.id == key for thing in (*one.elements, *one.steps)):
                key = one.course.id
        super().choose(key)

    def view(self, key: Id | None) -> CourseView | None:
        """Return a course that is shown."""
        views = () if self.loaded is None else self.loaded.views
        return next((one for one in views if one.course.id == key), None)

    def page(self, loaded: EffortLoaded, key: Id) -> Page | None:
        one = self.view(key)
        if one is not None:
            return effort_page(self, one)
        found = next(((g, m) for g, m in loaded.groups if m.member.id == key), None)
        return None if found is None else self._group_page(*found)

    def _group_page(self, group: GroupView, member: MemberView) -> Page:
        go = Doing(
            tr("Go to the group"),
            lambda: self.house.go(Place("quality", None, f"groups:{group.group.id.hex()}")),
        )
        turn = tr("Number {n} in line", n=member.number) if member.member.joined_on is None else ""
        rows = (
            (tr("Turn"), turn),
            (tr("Place"), group.group.place),
            (
                tr("Came"),
                tr("{n} of {all} times", n=member.came, all=member.counted) if member.counted else "",
            ),
        )
        quiet = tr(MEMBER_STATE_LABELS[member.member.state])
        return Page(group.group.name, quiet, lead=Facts("", (), (go,)), facts=(Facts("", rows),))

    # what is done

    def consider(self) -> None:
        """Look whether an effort is right for the child."""
        from ui.dialogs import effort_forms as forms

        offered = () if self.loaded is None else self.loaded.efforts
        self.open(lambda case: forms.consider(self.house, case, self, offered))

    def change(self, course: EffortCourse, first: str) -> None:
        """Change a course."""
        from ui.dialogs import effort_forms as forms

        self.open(lambda case: forms.course(self.house, case, self, course, first))

    def answer(self, course: Id, line: CriterionView) -> None:
        """Answer a line of the checklist with a note."""
        from ui.dialogs import effort_forms as forms

        self.open(lambda case: forms.answer(self.house, case, self, course, line))

    def element(self, found: CourseElement) -> None:
        """Write how a core element is worked with."""
        from ui.dialogs import effort_forms as forms

        self.open(lambda case: forms.element(self.house, case, self, found))

    def step(self, course: EffortCourse, found: IntensityStep | None) -> None:
        """Write the intensity from a day on."""
        from ui.dialogs import effort_forms as forms

        shown = self.view(course.id)
        unit = IntensityUnit.HOURS if shown is None or not shown.steps else shown.steps[-1].unit
        first = None if shown is not None and shown.steps else course.begun_on
        self.open(lambda case: forms.step(self.house, case, self, course, found, unit, first))

    def taper(self, course: EffortCourse) -> None:
        """Plan a tapering."""
        from ui.dialogs import effort_forms as forms

        self.open(lambda case: forms.taper(self.house, case, self, course))

    def time_used(self) -> None:
        """Write time on the case."""
        use_time(self.house, self, "case", None if self.case is None else self.case.id)

    def kik(self) -> None:
        """Go to the KIK sheets."""
        self.house.go(Place("quality", None, "kik"))

    def print(self) -> None:
        """Show the course as a paper."""
        key, shipped = self.list.key, self.house.books.efforts()
        if key is not None and self.view(key) is not None:
            self.show_paper(lambda r: course_sheets.course_job(r, key, shipped), tr("Effort course"))

    def forms(self) -> Mapping[str, Callable[[], None]]:
        if self.case is None:
            return {}
        found: dict[str, Callable[[], None]] = {
            new_key("effort_course", self.case.id): self.consider,
            f"time_entry:new:case:{self.case.id.hex()}": self.time_used,
        }
        for one in () if self.loaded is None else self.loaded.views:
            course = one.course
            found[f"effort_course:{course.id.hex()}"] = partial(self.change, course, "judged")
            found[f"intensity_step:new:{course.id.hex()}"] = partial(self.step, course, None)
            found[f"tapering:{course.id.hex()}"] = partial(self.taper, course)
            for step in one.steps:
                found[f"intensity_step:{step.id.hex()}"] = partial(self.step, course, step)
            for element in one.elements:
                found[f"course_element:{element.id.hex()}"] = partial(self.element, element)
            for line in one.checklist:
                found[f"target_answer:{course.id.hex()}:{line.criterion}"] = partial(
                    self.answer, course.id, line
                )
        return found
