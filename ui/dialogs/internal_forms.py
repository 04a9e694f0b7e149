"""The forms of the internal meeting: the case that is brought, the meeting itself, what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.internal_sheet import (
    PROFESSION_LABELS,
    SPARRING_LABELS,
    InternalAgenda,
    InternalCase,
)
from caseworker_app.i18n import N_
from caseworker_app.services import internal_meetings
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.cooperation_forms import number
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.form_view import Row, Section
from ui.words import tr


def _lines() -> FieldEditor:
    from ui.widgets.fields.lines import LinesEditor

    return LinesEditor(4)


_CASE_ROWS: tuple[Row | Section, ...] = (
    Row("question", makers.long_text(3), width=12),
    Row(
        "situation",
        makers.long_text(4),
        width=12,
        help=N_("Write as you talk: names are replaced by themselves."),
    ),
    Row("tried", makers.long_text(3), width=12),
    Row("wanted", makers.several(PROFESSION_LABELS, 2), width=12),
    Row("sparring", makers.several(SPARRING_LABELS, 1), width=12),
    Row(
        "named",
        makers.flag(N_("With the family's name; a consent for an internal meeting must stand")),
        width=12,
    ),
)


def bring(house: House, case: Case, parent: QWidget, found: InternalCase | None = None) -> RecordDialog:
    """Bring a case to an internal meeting, or change what is brought."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return internal_meetings.bring(writer, case.id, dict(values_of(edits)))
        internal_meetings.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=InternalCase, caption=N_("Case on an internal meeting"), rows=_CASE_ROWS, save=save,
        explained=N_("The sheet is anonymous: age and functions stay, names, places, days and numbers do not."),
        told=N_("The case is brought."), press=N_("Save (Ctrl+S)"), leaves=True,
        key=f"internal_case:new:{case.id.hex()}" if found is None else f"internal_case:{found.id.hex()}",
        title=lambda: tr("Case on an internal meeting"), first="question", entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_AGENDA_ROWS: tuple[Row | Section, ...] = (
    Row("when", makers.time_span(90), width=8),
    Row("colleagues_cases", number, width=4),
    Row("place", makers.text(), width=6),
    Row("chair", makers.text(), width=6, help=N_("Left empty: whoever's turn it is.")),
    Row("members", _lines, width=12, help=N_("One a line, in the order of the turns.")),
    Row("news", makers.long_text(3), width=12),
)


def agenda(house: House, parent: QWidget, found: InternalAgenda | None = None) -> RecordDialog:
    """Plan an internal meeting, or change one; it is the worker's own."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return internal_meetings.plan(writer, dict(values_of(edits)))
        internal_meetings.edit_agenda(writer, entity, edits)
        return entity

    record = Record(
        cls=InternalAgenda, caption=N_("Internal cross-disciplinary meeting"), rows=_AGENDA_ROWS, save=save,
        explained=N_("Four points: the chair, time for each case, sparring on cases, news."),
        told=N_("The meeting is planned."), press=N_("Save (Ctrl+S)"), title=lambda: tr("Internal meeting"),
        key="internal_agenda:new" if found is None else f"internal_agenda:{found.id.hex()}", first="when",
        entity=None if found is None else found.id, stream=None if found is None else found.stream,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


_OUTCOME_ROWS: tuple[Row | Section, ...] = (
    Row("ideas", makers.long_text(6), width=12),
    Row("discussed_on", makers.date("back"), width=6),
)


def outcome(
    house: House, case: Case, parent: QWidget, found: InternalCase, journals: Sequence[str] = ()
) -> RecordDialog:
    """Write what came of it; each of ``journals`` gets her own duty to journal among the agreements."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        values = dict(values_of(edits))
        day = values.pop("discussed_on", found.discussed_on or writer.today)
        if day is None:
            raise InvalidInput("discussed_on", "Write the day it was discussed.")
        internal_meetings.discussed(writer, found.id, {**values, "discussed_on": day}, journals)
        return found.id

    record = Record(
        cls=InternalCase, caption=N_("What the internal meeting came to"), rows=_OUTCOME_ROWS, save=save,
        explained=N_("You inform the family, and each participant minds her own journal: both become agreements."),
        told=N_("It is written; what is to be done stands among the agreements."), press=N_("Save (Ctrl+S)"),
        key=f"internal_case:{found.id.hex()}:outcome", title=lambda: tr("What the internal meeting came to"),
        first="ideas", entity=found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)
