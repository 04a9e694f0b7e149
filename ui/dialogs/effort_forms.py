"""The forms of efforts: one of the catalogue, a course in it, a line of its checklist, its intensity and a tapering."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.effort import EVIDENCE_LABELS, Effort, OwnEffort
from caseworker_app.domain.effort_course import (
    COURSE_ANSWER_LABELS,
    INTENSITY_UNIT_LABELS,
    CourseElement,
    EffortCourse,
    IntensityStep,
    IntensityUnit,
    Tapering,
    TargetAnswer,
)
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import effort_courses, efforts
from caseworker_app.services.effort_courses import CriterionView
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.cooperation_forms import number
from ui.dialogs.cost_forms import figure
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import Row, Section
from ui.widgets.measures.editors import named
from ui.words import tr

SAVE = N_("Save (Ctrl+S)")

_EVIDENCE_ROWS: tuple[Row | Section, ...] = (
    Row(
        "evidence", makers.choice(EVIDENCE_LABELS, none=N_("Not judged")), width=6,
        help=N_("1 to 4; the municipality's own judgement."),
    ),
    Row("evidence_on", makers.date("back"), width=6),
    Row("evidence_source", makers.text(), width=12),
    Row("note", makers.long_text(2), width=12),
)  # fmt: skip
_OWN_ROWS: tuple[Row | Section, ...] = (
    Row("name", makers.text(), width=12),
    Row("goal", makers.long_text(2), width=12),
    Row("elements", makers.long_text(4), width=6, help=N_("One a line.")),
    Row("organisational", makers.long_text(4), width=6, help=N_("One a line.")),
    Section(N_("Target group")),
    Row("include", makers.long_text(4), width=6, help=N_("One a line: all of it must hold.")),
    Row("exclude", makers.long_text(4), width=6, help=N_("One a line: one is enough.")),
    Row("include_some", makers.long_text(3), width=8, help=N_("One a line: some of it must hold.")),
    Row("at_least", number, width=4),
    Section(N_("Rhythm, group, evidence"), folded=True),
    Row("intensity", makers.text(), width=8),
    Row("months", number, width=4),
    Row("sessions", number, width=4, help=N_("Only for groups.")),
    Row("most", number, width=4),
    Row("kik_months", number, width=4),
    Row("kik_sessions", makers.text(), width=4, help=N_("Such as 3, 7.")),
    *_EVIDENCE_ROWS,
)


def judge(house: House, parent: QWidget, effort: Effort, found: OwnEffort | None) -> RecordDialog:
    """Write the level of evidence of an effort that ships."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return efforts.judge(writer, effort.id, {"evidence_on": writer.today, **dict(values_of(edits))})
        efforts.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=OwnEffort, caption=N_("Evidence of an effort"), rows=_EVIDENCE_ROWS, save=save, press=SAVE,
        explained=N_("The report gives none of its efforts a level. What stands here is the municipality's own."),
        told=N_("It is saved."), title=lambda: tr("Evidence of an effort"), first="evidence",
        key=f"own_effort:judge:{effort.id}", entity=None if found is None else found.id,
        shown=lambda reader: {"evidence_on": reader.today},
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


def own(house: House, parent: QWidget, found: OwnEffort | None = None) -> RecordDialog:
    """Add an effort of the municipality's own, or change one."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return efforts.add(writer, {"kik_months": 3, **dict(values_of(edits))})
        efforts.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=OwnEffort, caption=N_("Effort of the catalogue"), rows=_OWN_ROWS, save=save, press=SAVE,
        explained=N_("Core elements and target group are what courses of it are looked at by."),
        told=N_("It is saved."), title=lambda: tr("Effort of the catalogue"), first="name",
        key="own_effort:new" if found is None else f"own_effort:{found.id.hex()}",
        entity=None if found is None else found.id, shown=lambda _reader: {"kik_months": 3},
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


# --- A course ----------------------------------------------------------------------------------------------------

_COURSE_ROWS: tuple[Row | Section, ...] = (
    Row(
        "judged",
        makers.long_text(2),
        width=12,
        help=N_("The checklist only advises; the judgement is yours."),
    ),
    Row("begun_on", makers.date("near"), width=4),
    Row("planned_end", makers.date("ahead"), width=4),
    Row("ended_on", makers.date("back"), width=4),
    Row("team", makers.text(), width=12),
    Row("declined", makers.flag(N_("It did not begin")), width=4),
    Row("why", makers.text(), width=8, help=N_("Why it ended, or did not begin.")),
    Row("note", makers.long_text(2), width=12),
)


def consider(house: House, case: Case, parent: QWidget, offered: Iterable[Effort]) -> RecordDialog:
    """Look whether an effort is right for a child."""
    shipped, titles = house.books.efforts(), {one.id: one.title for one in offered}

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        return effort_courses.consider(writer, case.id, dict(values_of(edits)), shipped)

    rows = (
        Row("effort", named(titles), width=8, label=N_("Effort")),
        Row("considered_on", makers.date("back"), width=4),
    )
    record = Record(
        cls=EffortCourse, caption=N_("Effort course"), rows=rows, save=save, press=SAVE, told=N_("The checklist is ready."),
        explained=N_("First the target group is looked at, line by line; then the course begins."),
        title=lambda: tr("Effort course"), first="effort", key=f"effort_course:new:{case.id.hex()}",
        shown=lambda reader: {"considered_on": reader.today},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def course(
    house: House, case: Case, parent: QWidget, found: EffortCourse, first: str = "judged"
) -> RecordDialog:
    """Change a course: begun, planned end, ended, the judgement."""
    shipped = house.books.efforts()

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        effort_courses.edit(writer, found.id, edits, shipped)
        return found.id

    record = Record(
        cls=EffortCourse, caption=N_("Effort course"), rows=_COURSE_ROWS, save=save, press=SAVE, told=N_("It is saved."),
        title=lambda: tr("Effort course"), first=first, key=f"effort_course:{found.id.hex()}", entity=found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def _about(dialog: RecordDialog, words: str) -> RecordDialog:
    """Say above a form what it is about, in the words of the catalogue."""
    label = QLabel(words, dialog)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("look", "subheading")
    layout = dialog.layout()
    if isinstance(layout, QVBoxLayout):
        layout.insertWidget(1, label)
    return dialog


def answer(house: House, case: Case, parent: QWidget, of: Id, line: CriterionView) -> RecordDialog:
    """Answer a line of the checklist, with what it rests on."""

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        said = {"answer": line.answer, "note": line.note, **dict(values_of(edits))}
        effort_courses.answer(writer, of, line.criterion, said["answer"], said["note"])
        return of

    rows = (
        Row("answer", makers.choice(COURSE_ANSWER_LABELS), width=6),
        Row("note", makers.long_text(2), width=12),
    )
    record = Record(
        cls=TargetAnswer, caption=N_("Target-group checklist"), rows=rows, save=save, press=SAVE,
        told=N_("It is saved."), title=lambda: tr("Target-group checklist"), first="note",
        key=f"target_answer:{of.hex()}:{line.criterion}",
        shown=lambda _reader: {"answer": line.answer, "note": line.note},
    )  # fmt: skip
    return _about(RecordDialog(house, case, record, parent), line.criterion)


_ELEMENT_ROWS: tuple[Row | Section, ...] = (
    Row("how", makers.long_text(3), width=12),
    Row("agreed", makers.long_text(2), width=12),
)


def element(house: House, case: Case, parent: QWidget, found: CourseElement) -> RecordDialog:
    """Write how a core element is worked with here."""

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        effort_courses.write_element(writer, found.id, edits)
        return found.course or found.id

    record = Record(
        cls=CourseElement, caption=N_("Core element of a course"), rows=_ELEMENT_ROWS, save=save, press=SAVE,
        told=N_("It is written."), title=lambda: tr("Core element of a course"), first="how",
        key=f"course_element:{found.id.hex()}", entity=found.id,
    )  # fmt: skip
    return _about(RecordDialog(house, case, record, parent), found.name)


_STEP_ROWS: tuple[Row | Section, ...] = (
    Row("begins_on", makers.date("near"), width=4),
    Row("amount", figure, width=4),
    Row("unit", makers.choice(INTENSITY_UNIT_LABELS), width=4),
    Row("reason", makers.text(), width=12, help=N_("From the second step on: why it changes.")),
)


def step(
    house: House, case: Case, parent: QWidget, of: EffortCourse, found: IntensityStep | None = None,
    unit: IntensityUnit = IntensityUnit.HOURS, first: dt.date | None = None,
) -> RecordDialog:  # fmt: skip
    """Write the intensity from a day on (``first``, else today), or change a step."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            beforehand = {"unit": unit, "begins_on": first or writer.today}
            effort_courses.plan_step(writer, of.id, {**beforehand, **dict(values_of(edits))})
        else:
            effort_courses.edit_step(writer, entity, edits)
        return of.id

    record = Record(
        cls=IntensityStep, caption=N_("Intensity"), rows=_STEP_ROWS, save=save, press=SAVE,
        told=N_("The intensity is saved."), title=lambda: tr("Intensity"), first="begins_on" if found is None else "amount",
        key=f"intensity_step:new:{of.id.hex()}" if found is None else f"intensity_step:{found.id.hex()}",
        entity=None if found is None else found.id,
        shown=lambda reader: {"unit": unit, "begins_on": first or reader.today},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_TAPER_ROWS: tuple[Row | Section, ...] = (
    Row("begins_on", makers.date("ahead"), width=6),
    Row("ends_on", makers.date("ahead"), width=6),
    Row("goal", figure, width=6, help=N_("0 when nothing is left.")),
    Row("steps", number, width=6),
    Row("reason", makers.text(), width=12),
)


def taper(house: House, case: Case, parent: QWidget, of: EffortCourse) -> RecordDialog:
    """Plan a tapering in even steps."""

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        effort_courses.taper(writer, of.id, {"steps": 4, **dict(values_of(edits))})
        return of.id

    record = Record(
        cls=Tapering, caption=N_("Plan a tapering"), rows=_TAPER_ROWS, save=save, press=SAVE,
        explained=N_("Even steps from what is in force. Slowly: from step to step it should not fall by more than half."),
        told=N_("The tapering is planned. Ctrl+Z takes it back."), title=lambda: tr("Plan a tapering"),
        first="begins_on", key=f"tapering:{of.id.hex()}", shown=lambda _reader: {"steps": 4},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)
