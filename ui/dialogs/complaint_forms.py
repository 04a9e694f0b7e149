"""The forms of complaints and of placements that broke down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.complaint import (
    BROKEN_BY_LABELS,
    COMPLAINT_OUTCOME_LABELS,
    Breakdown,
    BrokenBy,
    Complaint,
)
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import EndReason, Intervention
from caseworker_app.i18n import N_
from caseworker_app.services import complaints
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.tasks import Query
from ui.widgets.assessment.notification_page import day_words
from ui.widgets.fields import makers
from ui.widgets.fields.offered import OfferedEditor
from ui.widgets.form_view import Row, Section
from ui.words import tr


class InterventionEditor(OfferedEditor):
    """One of the case's interventions, or none of them."""

    def __init__(self, none: str = N_("None of the case's interventions")) -> None:
        super().__init__(none)


def intervention_words(one: Intervention) -> str:
    """Return an intervention with the day it began."""
    return f"{one.name}, {day_words(one.start)}" if one.start else one.name


_COMPLAINT_ROWS: tuple[Row | Section, ...] = (
    Row("sender", makers.text(), width=6),
    Row("received_on", makers.date("back"), width=6),
    Row("intervention", InterventionEditor, width=12),
    Row("about", makers.long_text(3), width=12),
    Section(N_("What came of it")),
    Row("reassessed_on", makers.date("back"), width=6, help=N_("Within four weeks of the day it came.")),
    Row("sent_on", makers.date("back"), width=6),
    Row("reassessment", makers.long_text(2), width=12),
    Row("outcome", makers.choice(COMPLAINT_OUTCOME_LABELS, N_("Not settled")), width=6),
    Row("settled_on", makers.date("back"), width=6),
    Row("note", makers.long_text(2), width=12),
)


def complaint(house: House, case: Case, parent: QWidget, found: Complaint | None = None) -> RecordDialog:
    """Record a complaint, or go on with one that is recorded."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return complaints.register(writer, case.id, dict(values_of(edits)))
        complaints.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=Complaint, caption=N_("Complaint"), rows=_COMPLAINT_ROWS, save=save,
        told=N_("The complaint is recorded."),
        key=f"complaint:new:{case.id.hex()}" if found is None else f"complaint:{found.id.hex()}",
        title=lambda: tr("Complaint"), first="sender" if found is None else "reassessed_on",
        entity=None if found is None else found.id, shown=lambda reader: {"received_on": reader.today},
    )  # fmt: skip
    dialog = RecordDialog(house, case, record, parent)
    _offer(house, dialog, lambda reader: complaints.decided(reader, case.id))
    return dialog


def _offer(house: House, dialog: RecordDialog, ask: Any) -> None:
    editor = dialog.form.rows["intervention"].editor

    def offer(found: Sequence[Intervention]) -> None:
        if isinstance(editor, InterventionEditor):
            editor.offer((one.id, intervention_words(one)) for one in found)

    house.tasks.query(dialog, Query(ask, offer))


def _placement() -> InterventionEditor:
    return InterventionEditor(N_("Not chosen"))


_BREAKDOWN_ROWS: tuple[Row | Section, ...] = (
    Row("happened_on", makers.date("back"), width=6),
    Row("by", makers.choice(BROKEN_BY_LABELS), width=6),
    Row("why", makers.long_text(4), width=12),
    Row("next_step", makers.long_text(3), width=12),
)


def breakdown(
    house: House, case: Case | None, parent: QWidget | None, placement: Intervention | None = None,
    found: Breakdown | None = None,
) -> RecordDialog:  # fmt: skip
    """Record that a placement broke down, or change what is recorded.

    One that runs ends by it; without ``placement`` it is chosen among the case's own.
    """
    chosen = placement is not None
    rows = _BREAKDOWN_ROWS if chosen or found is not None else (
        Row("intervention", _placement, label=N_("Which placement"), width=12), *_BREAKDOWN_ROWS,
    )  # fmt: skip
    running = placement is None or placement.ended_on is None
    known = {EndReason.CHILD_LEFT: BrokenBy.CHILD_LEFT, EndReason.PLACE_GAVE_UP: BrokenBy.PLACE_GAVE_UP}

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is not None:
            complaints.edit_breakdown(writer, entity, edits)
            return entity
        values = dict(values_of(edits))
        of = placement.id if placement is not None else values.pop("intervention", None)
        if of is None:
            raise InvalidInput("intervention", "Choose which placement broke down.")
        return complaints.record_breakdown(writer, of, values)

    about = placement.id if placement is not None else case.id if case is not None else b""
    shown: dict[str, Any] = {}
    if placement is not None:
        shown["by"] = known.get(placement.end_reason or EndReason.OTHER, BrokenBy.CHILD_LEFT)
    record = Record(
        cls=Breakdown, caption=N_("Breakdown of a placement"), rows=rows, save=save,
        explained=N_("A placement that still runs ends by it, in the same step: its end is not written twice.")
        if running and found is None else "",
        told=N_("The breakdown is recorded."), title=lambda: tr("Breakdown of a placement"),
        key=f"breakdown:new:{about.hex()}" if found is None else f"breakdown:{found.id.hex()}",
        first="why" if chosen or found is not None else "intervention",
        entity=None if found is None else found.id, stream=None if placement is None else placement.stream,
        shown=lambda reader: {"happened_on": (placement and placement.ended_on) or reader.today, **shown},
    )  # fmt: skip
    dialog = RecordDialog(house, case, record, parent)
    if not chosen and found is None and case is not None:
        _offer(house, dialog, lambda reader: complaints.of_case(reader, case.id).placements)
    return dialog
