"""The forms of an investigation: begun, its days, a contribution asked for."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import INVESTIGATION_KIND_LABELS, Contribution, Investigation
from caseworker_app.i18n import N_
from caseworker_app.services import investigations
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import Row
from ui.words import tr

_FIRST = N_("The family meets the municipality for the first time")


def begin(house: House, case: Case, parent: QWidget) -> RecordDialog:
    """Begin a screening, a scoping or an investigation."""

    def save(writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        return investigations.begin(writer, case.id, dict(values_of(edits)))

    rows = (
        Row("kind", makers.choice(INVESTIGATION_KIND_LABELS), width=7),
        Row("known_on", makers.date("back"), width=5),
        Row("first_time", makers.flag(_FIRST), width=12),
    )
    record = Record(
        cls=Investigation, caption=N_("Begin an investigation"), rows=rows, save=save,
        explained=N_("The four months of an investigation run from the day the need was known, not from today "
                     "(barnets lov § 20)."),
        told=N_("It has begun."), key=f"investigation:new:{case.id.hex()}", first="kind",
        title=lambda: tr("Investigation"), shown=lambda reader: {"known_on": reader.today},
        press=N_("Begin (Ctrl+S)"),
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def days(house: House, case: Case, one: Investigation, parent: QWidget) -> RecordDialog:
    """Change the days of an investigation."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        investigations.edit(writer, one.id, edits)
        return one.id

    rows = (
        Row("known_on", makers.date("back"), width=6),
        Row("ended_on", makers.date("back"), width=6),
        Row(
            "preliminary_on",
            makers.date("back"),
            width=12,
            help=N_("When it could not end within four months."),
        ),
        Row("first_time", makers.flag(_FIRST), width=12),
    )
    record = Record(
        cls=Investigation, caption=N_("The days of the investigation"), rows=rows, save=save,
        told=N_("The days are changed."), key=f"investigation:{one.id.hex()}", first="known_on",
        title=lambda: tr("The days of the investigation"), entity=one.id, press=N_("Save (Ctrl+S)"),
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def contribution(
    house: House, case: Case, one: Investigation, parent: QWidget, found: Contribution | None = None
) -> RecordDialog:
    """Ask for a contribution, or write what came."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return investigations.ask(writer, one.id, dict(values_of(edits)))
        investigations.edit_contribution(writer, entity, edits)
        return entity

    rows = (
        Row("whom", makers.text(), width=6),
        Row("profession", makers.text(N_("Teacher, health visitor, psychologist …")), width=6),
        Row("what", makers.long_text(3), width=12),
        Row("asked_on", makers.date("back"), width=4),
        Row("due_by", makers.date("ahead"), width=4),
        Row("received_on", makers.date("back"), width=4),
        Row("text", makers.long_text(6), width=12, help=N_("What it says, in short or in full.")),
    )
    key = f"contribution:new:{one.id.hex()}" if found is None else f"contribution:{found.id.hex()}"
    record = Record(
        cls=Contribution, caption=N_("Contribution"), rows=rows, save=save,
        told=N_("The contribution is recorded."), key=key, first="whom" if found is None else "received_on",
        title=lambda: tr("Contribution"), entity=None if found is None else found.id,
        shown=lambda reader: {"asked_on": reader.today}, press=N_("Save (Ctrl+S)"), leaves=True,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)
