"""The forms of the resource-centre meeting: the child that is brought, the parents' remarks, points, decisions, outcome."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.resource_meeting import LEVEL_LABELS, ResourceDescription, ResourcePoint
from caseworker_app.i18n import N_
from caseworker_app.services import resource_meetings
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import Row, Section
from ui.words import tr

_HEAD_ROWS: tuple[Row | Section, ...] = (
    Row("place", makers.text(), width=6),
    Row("meeting_on", makers.date("ahead"), width=6, help=N_("The description is due 14 days before.")),
    Row("teacher", makers.text(), width=6),
    Row("function", makers.text(), width=6),
    Row("asked_on", makers.date("back"), width=6),
    Row("received_on", makers.date("back"), width=6),
)


def description(
    house: House, case: Case, parent: QWidget, found: ResourceDescription | None = None
) -> RecordDialog:
    """Bring a child to a resource-centre meeting, or change the head of its description."""
    books = house.books

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return resource_meetings.ask(writer, case.id, dict(values_of(edits)), books.forms(writer))
        resource_meetings.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=ResourceDescription, caption=N_("Description for the resource-centre meeting"), rows=_HEAD_ROWS, save=save,
        told=N_("The child is brought to the meeting."), press=N_("Save (Ctrl+S)"), leaves=True,
        key=f"resource_description:new:{case.id.hex()}" if found is None else f"resource_description:{found.id.hex()}",
        title=lambda: tr("Description for the resource-centre meeting"), first="meeting_on",
        entity=None if found is None else found.id,
        shown=lambda reader: {"asked_on": reader.today, "place": case.school},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_REMARKS_ROWS: tuple[Row | Section, ...] = (
    Row("shown_on", makers.date("back"), width=6),
    Row("remarks_by", makers.text(), width=6),
    Row("remarks", makers.long_text(6), width=12, help=N_("Their own words; nothing in them is corrected.")),
)
_OUTCOME_ROWS: tuple[Row | Section, ...] = (
    Row("outcome", makers.long_text(5), width=12),
    Row("contacted_on", makers.date("back"), width=6, help=N_("The same day as the meeting.")),
    Row("contacted_by", makers.text(), width=6),
)


def remarks(house: House, case: Case, parent: QWidget, found: ResourceDescription) -> RecordDialog:
    """Write what the parents remarked."""
    return _more(house, case, parent, found, N_("The parents' remarks"), _REMARKS_ROWS, "remarks")


def outcome(house: House, case: Case, parent: QWidget, found: ResourceDescription) -> RecordDialog:
    """Write what the meeting came to, and that the parents were told."""
    return _more(house, case, parent, found, N_("What the meeting came to"), _OUTCOME_ROWS, "outcome")


def _more(
    house: House,
    case: Case,
    parent: QWidget,
    found: ResourceDescription,
    caption: str,
    rows: tuple[Row | Section, ...],
    first: str,
) -> RecordDialog:
    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        resource_meetings.edit(writer, found.id, edits)
        return found.id

    record = Record(
        cls=ResourceDescription, caption=caption, rows=rows, save=save, told=N_("It is saved."), press=N_("Save (Ctrl+S)"),
        key=f"resource_description:{found.id.hex()}:{first}", title=lambda: tr(caption), first=first, entity=found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_POINT_ROWS: tuple[Row | Section, ...] = (
    Row("level", makers.choice(LEVEL_LABELS), width=6),
    Row("text", makers.long_text(3), width=12, help=N_("No child is named here.")),
)


def point(
    house: House, case: Case, parent: QWidget, of: ResourceDescription, found: ResourcePoint | None = None
) -> RecordDialog:
    """Put a point on the agenda, or change one."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            resource_meetings.add_point(writer, of.id, dict(values_of(edits)))
        else:
            resource_meetings.edit_point(writer, entity, edits)
        return of.id

    record = Record(
        cls=ResourcePoint, caption=N_("Point of the resource-centre meeting"), rows=_POINT_ROWS, save=save,
        told=N_("The point stands on the agenda."), press=N_("Save (Ctrl+S)"),
        key=f"resource_point:new:{of.id.hex()}" if found is None else f"resource_point:{found.id.hex()}",
        title=lambda: tr("Point of the resource-centre meeting"), first="text",
        entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_DECISION_ROWS: tuple[Row | Section, ...] = (
    Row("what", makers.long_text(3), width=12),
    Row("who", makers.text(), width=6),
    Row("due", makers.date("ahead"), width=6),
    Row("reason", makers.long_text(2), width=12),
)


def decision(house: House, case: Case, parent: QWidget, of: ResourceDescription) -> RecordDialog:
    """Write what was decided, by whom it is done, and until when."""

    def save(writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        resource_meetings.decide(writer, of.id, dict(values_of(edits)))
        return of.id

    record = Record(
        cls=Agreement, caption=N_("Decision of the resource-centre meeting"), rows=_DECISION_ROWS, save=save,
        explained=N_("Somebody is responsible, and it ends on a day; the next meeting follows it up."),
        told=N_("The decision stands among the agreements."), press=N_("Save (Ctrl+S)"),
        key=f"resource_decision:new:{of.id.hex()}", title=lambda: tr("Decision of the resource-centre meeting"),
        first="what",
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)
