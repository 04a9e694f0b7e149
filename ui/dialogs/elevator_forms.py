"""The forms of ELEVator: the exclusion check, a contract, a step, hours, a result, the evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.elevator import (
    ANSWER_LABELS,
    ELEVATOR_PROFESSION_LABELS,
    MEASURE_AREA_LABELS,
    NOT_INSTEAD,
    PARTY_LABELS,
    STEP_LABELS,
    ElevatorContract,
    ElevatorCourse,
    ElevatorHours,
    ElevatorMeasure,
    ElevatorStep,
    Party,
)
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import elevator, elevator_steps
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.cooperation_forms import number
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.form_view import Row, Section
from ui.words import tr

SAVE = N_("Save (Ctrl+S)")


def _hours() -> FieldEditor:
    from ui.widgets.fields.figures import hours

    return hours()


def _figure() -> FieldEditor:
    from ui.widgets.fields.figures import figure

    return figure()


_CHECK_ROWS: tuple[Row | Section, ...] = (
    Row("placed", makers.choice(ANSWER_LABELS), width=6),
    Row("special_school", makers.choice(ANSWER_LABELS), width=6),
    Row("developmental", makers.choice(ANSWER_LABELS), width=6),
    Row("intellectual", makers.choice(ANSWER_LABELS), width=6),
    Row("check_note", makers.long_text(2), width=8, help=N_("Who has said so, and where it stands.")),
    Row("checked_on", makers.date("back"), width=4),
    Section(N_("Who, and with whom it is evaluated")),
    Row("psychologist", makers.text(), width=4),
    Row("school", makers.text(), width=4),
    Row("group", makers.text(N_("Team 2026 …")), width=4),
)
_MORE_ROWS: tuple[Row | Section, ...] = (
    Section(N_("Along the way")),
    Row("areas", makers.long_text(2), width=12, help=N_("The goals themselves stand in the plan.")),
    Row("left_on", makers.date("back"), width=4),
    Row("left_why", makers.text(), width=8),
)


def check(
    house: House, case: Case, parent: QWidget, found: ElevatorCourse | None = None, first: str = "placed"
) -> RecordDialog:
    """Look whether the child belongs in ELEVator, or change what was found."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return elevator.check(writer, case.id, dict(values_of(edits)))
        elevator.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=ElevatorCourse, caption=N_("ELEVator"), rows=_CHECK_ROWS if found is None else (*_CHECK_ROWS, *_MORE_ROWS),
        explained=N_("For children placed outside their home. Special class, pervasive disorder and intellectual "
                     "disability need another effort."),
        save=save, told=N_("It is saved."), press=SAVE, title=lambda: tr("ELEVator"), first=first,
        key=f"elevator_course:new:{case.id.hex()}" if found is None else f"elevator_course:{found.id.hex()}",
        entity=None if found is None else found.id,
        shown=lambda reader: {"checked_on": reader.today, "school": case.school},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_EVALUATION_ROWS: tuple[Row | Section, ...] = (
    Row("evaluation", makers.long_text(4), width=12),
    Row("child_words", makers.long_text(2), width=12, help=N_("Word for word, as far as possible.")),
    Row("recommendation", makers.long_text(3), width=12),
    Row(
        "context", makers.long_text(2), width=12, help=N_("Without names: it stands in the group's evaluation too.")
    ),
    Row("evaluated_on", makers.date("back"), width=6),
)  # fmt: skip


def evaluation(house: House, case: Case, parent: QWidget, found: ElevatorCourse) -> RecordDialog:
    """Write the evaluation of a child."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        elevator.edit(writer, found.id, edits)
        return found.id

    record = Record(
        cls=ElevatorCourse, caption=N_("Evaluation of ELEVator"), rows=_EVALUATION_ROWS, save=save, press=SAVE,
        told=N_("The evaluation is saved."), key=f"elevator_course:{found.id.hex()}:evaluation",
        title=lambda: tr("Evaluation of ELEVator"), first="evaluation", entity=found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_CONTRACT_ROWS: tuple[Row | Section, ...] = (
    Row("party", makers.choice(PARTY_LABELS), width=6),
    Row("names", makers.text(), width=6, help=N_("Each name gets a line to sign on.")),
    Row("promises", makers.long_text(4), width=12, help=N_("One a line; left empty, the usual ones stand there.")),
    Row("sent_on", makers.date("back"), width=6),
    Row("approved_on", makers.date("back"), width=6),
)  # fmt: skip


def contract(
    house: House, case: Case, parent: QWidget, course: Id, found: ElevatorContract | None = None,
    party: Party | None = None,
) -> RecordDialog:  # fmt: skip
    """Make a contract, or change one."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return elevator.make_contract(writer, course, dict(values_of(edits)))
        elevator.edit_contract(writer, entity, edits)
        return entity

    record = Record(
        cls=ElevatorContract, caption=N_("Contract of ELEVator"), rows=_CONTRACT_ROWS, save=save, press=SAVE,
        explained=N_("When home and school have approved theirs, the child takes part."), told=N_("It is saved."),
        key=_key("elevator_contract", course, found), title=lambda: tr("Contract of ELEVator"), first="names",
        entity=None if found is None else found.id, values=None if party is None else {"party": party},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_STEP_ROWS: tuple[Row | Section, ...] = (
    Row("kind", makers.choice(STEP_LABELS), width=6),
    Row("round", number, width=3, help=N_("1 or 2; empty for a quarterly meeting.")),
    Row("who", makers.text(), width=12),
    Row("planned_on", makers.date("near"), width=6),
    Row("held_on", makers.date("back"), width=6),
    Row("text", makers.long_text(4), width=12),
)


def step(
    house: House,
    case: Case,
    parent: QWidget,
    course: Id,
    found: ElevatorStep | None = None,
    first: str = "kind",
) -> RecordDialog:
    """Plan a step of its own, or change one and write what it showed."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return elevator_steps.add(writer, course, dict(values_of(edits)))
        elevator_steps.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=ElevatorStep, caption=N_("Step of ELEVator"), rows=_STEP_ROWS, save=save, press=SAVE,
        explained=NOT_INSTEAD, told=N_("It is saved."), key=_key("elevator_step", course, found),
        title=lambda: tr("Step of ELEVator"), first=first, entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_BEGIN_ROWS: tuple[Row | Section, ...] = (Row("begins_on", makers.date("near"), width=6),)


def plan(house: House, case: Case, parent: QWidget, course: ElevatorCourse) -> RecordDialog:
    """Lay the plan from a day on."""
    from caseworker_app.services.meeting_series import holidays

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        day: Any = dict(values_of(edits)).get("begins_on") or course.begins_on or writer.today
        elevator_steps.plan(writer, course.id, day, holidays())
        return course.id

    record = Record(
        cls=ElevatorCourse, caption=N_("Lay the plan"), rows=_BEGIN_ROWS, save=save, press=N_("Lay the plan (Ctrl+S)"),
        explained=N_("Two mappings a year and a half apart with their feedback meetings, and a meeting each quarter "
                     "between them, on working days. What stands already stays."),
        told=N_("The plan is laid. Ctrl+Z takes it back."), key=f"elevator_course:{course.id.hex()}:plan",
        title=lambda: tr("Lay the plan"), first="begins_on", stream=course.stream,
        shown=lambda reader: {"begins_on": course.begins_on or reader.today},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_HOURS_ROWS: tuple[Row | Section, ...] = (
    Row("profession", makers.choice(ELEVATOR_PROFESSION_LABELS), width=6),
    Row("who", makers.text(), width=6),
    Row("minutes", _hours, width=6, help=N_("Such as 2, 1,5 or 1:30.")),
    Row("spent_on", makers.date("back"), width=6),
    Row(
        "in_all", makers.flag(N_("Of the psychologist's 15 hours in all, not for this child alone")), width=12
    ),
    Row("note", makers.text(), width=12),
)


def hours(
    house: House, case: Case, parent: QWidget, course: Id, found: ElevatorHours | None = None
) -> RecordDialog:
    """Write hours, or change some."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return elevator_steps.spend(writer, course, dict(values_of(edits)))
        elevator_steps.edit_hours(writer, entity, edits)
        return entity

    record = Record(
        cls=ElevatorHours, caption=N_("Hours in ELEVator"), rows=_HOURS_ROWS, save=save, press=SAVE,
        told=N_("The hours are written."), key=_key("elevator_hours", course, found),
        title=lambda: tr("Hours in ELEVator"), first="profession", entity=None if found is None else found.id,
        shown=lambda reader: {"spent_on": reader.today},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_MEASURE_ROWS: tuple[Row | Section, ...] = (
    Row("area", makers.choice(MEASURE_AREA_LABELS), width=6),
    Row("instrument", makers.text(), width=6),
    Row("first", _figure, width=3),
    Row("second", _figure, width=3),
    Row("low_is_good", makers.flag(N_("A low figure is a good one")), width=6),
    Row(
        "words",
        makers.long_text(2),
        width=12,
        help=N_("In words the child and the foster parents understand."),
    ),
)


def measure(
    house: House, case: Case, parent: QWidget, course: Id, found: ElevatorMeasure | None = None
) -> RecordDialog:
    """Write a result of a mapping, or what the second showed."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return elevator_steps.measure(writer, course, dict(values_of(edits)))
        elevator_steps.edit_measure(writer, entity, edits)
        return entity

    record = Record(
        cls=ElevatorMeasure, caption=N_("Result in ELEVator"), rows=_MEASURE_ROWS, save=save, press=SAVE,
        explained=N_("Only the figure: the test itself stays with whoever gave it."), told=N_("The result is written."),
        key=_key("elevator_measure", course, found), title=lambda: tr("Result in ELEVator"),
        first="area" if found is None else "second", entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def _key(kind: str, course: Id, found: Any) -> str:
    return f"{kind}:new:{course.hex()}" if found is None else f"{kind}:{found.id.hex()}"
