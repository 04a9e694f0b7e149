"""The forms of Samarbejde: an actor, talks with a psychologist, the head of the first meeting, an analysis sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.first_meeting import AnalysisSheet, FirstMeeting
from caseworker_app.domain.ids import Id
from caseworker_app.domain.professional_network import DEPARTMENT_LABELS, ProfessionalContact
from caseworker_app.domain.psychologist_talk import (
    ASKER_LABELS,
    NOT_TREATMENT,
    TALK_PURPOSE_LABELS,
    TALK_WITH_LABELS,
    PsychologistCourse,
    PsychologistTalk,
)
from caseworker_app.i18n import N_
from caseworker_app.services import first_meetings, professional_network, psychologist_talks
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.form_view import Row, Section
from ui.words import tr


def number() -> FieldEditor:
    """Return an editor of a whole number."""
    from ui.widgets.topic_form.editors import NumberEditor

    return NumberEditor()


_ACTOR_ROWS: tuple[Row | Section, ...] = (
    Row("name", makers.text(), width=6),
    Row("function", makers.text(), width=6),
    Row("department", makers.choice(DEPARTMENT_LABELS), width=6),
    Row("workplace", makers.text(), width=6),
    Row("about", makers.text(N_("Mother, the eldest boy, the whole family …")), width=12),
    Row("begun_on", makers.date("back"), width=6),
    Row("ended_on", makers.date("near"), width=6),
    Row("role", makers.long_text(2), width=12),
    Row("phone", makers.text(), width=6),
    Row("email", makers.text(), width=6),
    Row("note", makers.long_text(2), width=12),
)


def actor(
    house: House,
    case: Case,
    parent: QWidget,
    found: ProfessionalContact | None = None,
    values: Mapping[str, Any] | None = None,
) -> RecordDialog:
    """Note a professional with an active case with the family, or change one; ``values`` stand in it beforehand."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return professional_network.add(writer, case.id, dict(values_of(edits)))
        professional_network.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=ProfessionalContact, caption=N_("Professional in the family"), rows=_ACTOR_ROWS, save=save,
        explained=N_("Written once; seen in the cases of the siblings too, and counted once for the family."),
        told=N_("The professional is written."), press=N_("Save (Ctrl+S)"), values=values,
        key=f"professional_contact:new:{case.id.hex()}" if found is None else f"professional_contact:{found.id.hex()}",
        title=lambda: tr("Professional in the family"), first="name", entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_COURSE_ROWS: tuple[Row | Section, ...] = (
    Row("question", makers.long_text(3), width=12),
    Row("purpose", makers.choice(TALK_PURPOSE_LABELS), width=6),
    Row("talk_with", makers.choice(TALK_WITH_LABELS), width=6),
    Row("asked_by", makers.choice(ASKER_LABELS), width=6),
    Row("planned", number, width=6, help=N_("From 1 to 5.")),
    Row("psychologist", makers.text(), width=12),
    Row("asked_on", makers.date("back"), width=6),
    Row("told_on", makers.date("back"), width=6),
)
_AFTER_ROWS: tuple[Row | Section, ...] = (
    Section(N_("Afterwards")),
    Row("brought", makers.long_text(5), width=12),
    Row("ended_on", makers.date("back"), width=6),
)


def course(
    house: House, case: Case, parent: QWidget, found: PsychologistCourse | None = None
) -> RecordDialog:
    """Ask for talks with a psychologist, or write what they brought."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return psychologist_talks.ask(writer, case.id, dict(values_of(edits)))
        psychologist_talks.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=PsychologistCourse, caption=N_("Talks with a psychologist"), explained=NOT_TREATMENT,
        rows=_COURSE_ROWS if found is None else (*_COURSE_ROWS, *_AFTER_ROWS), save=save,
        told=N_("The talks are written."), press=N_("Save (Ctrl+S)"), leaves=found is None,
        key=f"psychologist_course:new:{case.id.hex()}" if found is None else f"psychologist_course:{found.id.hex()}",
        title=lambda: tr("Talks with a psychologist"), first="question", entity=None if found is None else found.id,
        shown=lambda reader: {"asked_on": reader.today},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_TALK_ROWS: tuple[Row | Section, ...] = (
    Row("held_on", makers.date("back"), width=6),
    Row("talk_with", makers.choice(TALK_WITH_LABELS), width=6),
    Row(
        "text",
        makers.long_text(4),
        width=12,
        help=N_("Only what child or parents know may stand in the case."),
    ),
)


def talk(
    house: House, case: Case, parent: QWidget, of: PsychologistCourse, found: PsychologistTalk | None = None
) -> RecordDialog:
    """Write that a talk was held, or change one."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            psychologist_talks.hold(writer, of.id, dict(values_of(edits)))
        else:
            psychologist_talks.edit_talk(writer, entity, edits)
        return of.id

    record = Record(
        cls=PsychologistTalk, caption=N_("Talk with the psychologist"), rows=_TALK_ROWS, save=save,
        told=N_("The talk is written."), press=N_("Save (Ctrl+S)"),
        key=f"psychologist_talk:new:{of.id.hex()}" if found is None else f"psychologist_talk:{found.id.hex()}",
        title=lambda: tr("Talk with the psychologist"), first="held_on", entity=None if found is None else found.id,
        shown=lambda reader: {"held_on": reader.today, "talk_with": of.talk_with},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_FIRST_ROWS: tuple[Row | Section, ...] = (
    Row("held_on", makers.date("near"), width=6),
    Row("participants", makers.text(), width=6),
    Row(
        "own_questions",
        makers.long_text(4),
        width=12,
        help=N_("One a line; they stand on the sheet after the others."),
    ),
    Row("note", makers.long_text(3), width=12),
)


def first_head(house: House, case: Case, parent: QWidget, found: FirstMeeting) -> RecordDialog:
    """Change day, participants, own questions and note of the first meeting."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        first_meetings.edit(writer, found.id, edits)
        return found.id

    record = Record(
        cls=FirstMeeting, caption=N_("First meeting"), rows=_FIRST_ROWS, save=save, told=N_("It is saved."),
        press=N_("Save (Ctrl+S)"), key=f"first_meeting:{found.id.hex()}", title=lambda: tr("First meeting"),
        first="held_on", entity=found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_ANALYSIS_ROWS: tuple[Row | Section, ...] = (
    Row("question", makers.long_text(2), width=8),
    Row("made_on", makers.date("back"), width=4),
    Row("data", makers.long_text(3), width=12, help=N_("What was measured, counted or written, and where it stands.")),
    Row("observations", makers.long_text(3), width=12, help=N_("What we have seen ourselves.")),
    Row("citizen_words", makers.long_text(3), width=12, help=N_("Word for word, as far as possible.")),
    Row("interpretation", makers.long_text(3), width=12, help=N_("How we understand it; and what else could it be?")),
    Row("decision", makers.long_text(2), width=12),
    Row("next_step", makers.long_text(2), width=12),
    Row("next_who", makers.text(), width=6),
    Row("next_due", makers.date("ahead"), width=6, help=N_("With a day it becomes an agreement of the case.")),
    Row("present", makers.text(), width=12),
)  # fmt: skip


def analysis(house: House, case: Case, parent: QWidget, found: AnalysisSheet | None = None) -> RecordDialog:
    """Write an analysis sheet, or change one."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return first_meetings.analyse(writer, case.id, dict(values_of(edits)))
        first_meetings.edit_analysis(writer, entity, edits)
        return entity

    record = Record(
        cls=AnalysisSheet, caption=N_("Analysis sheet"), rows=_ANALYSIS_ROWS, save=save,
        explained=N_("Six boxes in the order they are thought through; none must be filled in."),
        told=N_("The analysis sheet is saved."), press=N_("Save (Ctrl+S)"),
        key=f"analysis_sheet:new:{case.id.hex()}" if found is None else f"analysis_sheet:{found.id.hex()}",
        title=lambda: tr("Analysis sheet"), first="question", entity=None if found is None else found.id,
        shown=lambda reader: {"made_on": reader.today},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)
