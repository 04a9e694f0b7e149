"""The forms of the health visitor's own room: courses with their times and families, and consultations in day-care."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.daycare_consult import DaycareConsult
from caseworker_app.domain.family_course import CourseFamily, CourseSession, FamilyCourse
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import daycare, family_courses
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import Row, Section
from ui.widgets.visits.case_editor import CaseEditor
from ui.words import tr

_COURSE_ROWS: tuple[Row | Section, ...] = (
    Row("name", makers.text(), width=6),
    Row(
        "starts_on",
        makers.date("ahead"),
        width=6,
        help=N_("The times are every third Friday from this day on."),
    ),
    Row("place", makers.text(), width=6),
    Row("leaders", makers.text(), width=6),
    Row("note", makers.long_text(2), width=12),
)
_ENDED = (Row("ended_on", makers.date("back"), width=6),)


def course(house: House, parent: QWidget, found: FamilyCourse | None = None) -> RecordDialog:
    """Begin a course with its times, or change one."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return family_courses.begin(writer, dict(values_of(edits)))
        family_courses.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=FamilyCourse, caption=N_("Course at the Familiecentral"),
        rows=_COURSE_ROWS if found is None else (*_COURSE_ROWS, *_ENDED), save=save,
        explained=N_("Three to four months, every third Friday 10:30-12:30; each time can be moved afterwards."),
        told=N_("The course is written."), press=N_("Save (Ctrl+S)"),
        key="family_course:new" if found is None else f"family_course:{found.id.hex()}",
        title=lambda: tr("Course at the Familiecentral"), first="name", entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


_SESSION_ROWS: tuple[Row | Section, ...] = (
    Row("when", makers.time_span(120), width=8),
    Row("topic", makers.text(), width=12),
    Row("note", makers.long_text(2), width=12),
)


def session(house: House, parent: QWidget, course_id: Id, found: CourseSession | None = None) -> RecordDialog:
    """Add a time, or move one and write its topic."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return family_courses.add_session(writer, course_id, dict(values_of(edits)))
        family_courses.edit_session(writer, entity, edits)
        return entity

    key = f"course_session:new:{course_id.hex()}" if found is None else f"course_session:{found.id.hex()}"
    record = Record(
        cls=CourseSession, caption=N_("Time of a course"), rows=_SESSION_ROWS, save=save,
        told=N_("The time is written."), press=N_("Save (Ctrl+S)"), key=key,
        title=lambda: tr("Time of a course"), first="topic" if found else "when",
        entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


def family(house: House, parent: QWidget, course_id: Id, cases: Mapping[Id, str]) -> RecordDialog:
    """Invite a family: one of the caseload, or typed in."""
    rows = (
        Row(
            "case",
            lambda: CaseEditor(cases),
            width=6,
            help=N_("Leave it empty for a family without a case here."),
        ),
        Row("name", makers.text(), width=6, help=N_("As the invitation says it.")),
    )

    def save(writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        return family_courses.invite(writer, course_id, dict(values_of(edits)))

    record = Record(
        cls=CourseFamily, caption=N_("Invite a family"), rows=rows, save=save, told=N_("The family is invited."),
        press=N_("Invite (Ctrl+S)"), key=f"course_family:new:{course_id.hex()}",
        title=lambda: tr("Invite a family"), first="case",
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


def consult(
    house: House, parent: QWidget, cases: Mapping[Id, str], found: DaycareConsult | None = None
) -> RecordDialog:
    """Plan or record a consultation in day-care."""
    from ui.dialogs.visit_forms import number

    rows = (
        Row("institution", makers.text(), width=6),
        Row("as_needed", makers.flag(N_("As needed, beside the fixed ones")), width=6),
        Row("planned_on", makers.date("ahead"), width=4),
        Row("held_on", makers.date("back"), width=4),
        Row("minutes", number, width=4),
        Row("participants", makers.text(), width=12),
        Row("text", makers.long_text(5), width=12, help=N_("Anonymous: no names of children or parents.")),
        Row("case", lambda: CaseEditor(cases), width=6, help=N_("Only when the parents have consented.")),
    )

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return daycare.record(writer, dict(values_of(edits)))
        daycare.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=DaycareConsult, caption=N_("Consultation in day-care"), rows=rows, save=save,
        explained=N_("At least four fixed meetings a year in each institution; anonymous unless the parents consent."),
        told=N_("The consultation is written."), press=N_("Save (Ctrl+S)"),
        key="daycare_consult:new" if found is None else f"daycare_consult:{found.id.hex()}",
        title=lambda: tr("Consultation in day-care"), first="institution",
        entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)
