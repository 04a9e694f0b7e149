"""The form of a change of worker."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.worker_change import WorkerChange
from caseworker_app.i18n import N_
from caseworker_app.services import worker_changes
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import Row, Section
from ui.words import tr

_ROWS: tuple[Row | Section, ...] = (
    Row("changed_on", makers.date("back"), width=4),
    Row("before", makers.text(), width=4),
    Row("after", makers.text(), width=4),
    Row("reason", makers.long_text(2), width=12),
)


def worker_change(
    house: House, case: Case, parent: QWidget, found: WorkerChange | None = None
) -> RecordDialog:
    """Record that the child's worker changed, or correct what was recorded."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return worker_changes.record(writer, case.id, dict(values_of(edits)))
        worker_changes.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=WorkerChange, caption=N_("Change of worker"), rows=_ROWS, save=save, first="changed_on",
        explained=N_("Few changes of worker are a part of the model: they are counted under Numbers."),
        told=N_("The change of worker is recorded."), title=lambda: tr("Change of worker"),
        key=f"worker_change:new:{case.id.hex()}" if found is None else f"worker_change:{found.id.hex()}",
        entity=None if found is None else found.id,
        shown=None if found is not None else lambda reader: {"changed_on": reader.today},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)
