"""The forms of what is agreed with a family as a whole: unannounced visits, and what each may expect of the other."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.agreement import Expectations, UnannouncedVisits
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import expectations, office, unannounced
from caseworker_app.services.expectations import TEXTS, Sheet
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import Row, Section
from ui.words import tr

_UNANNOUNCED: tuple[Row | Section, ...] = (
    Row("who", makers.text(), width=12),
    Row("how_often", makers.text(N_("at most twice a month, on weekdays before 17")), width=12),
    Row("consent_by", makers.text(N_("Names of those who said yes")), width=12),
    Row("agreed_on", makers.date("back"), width=6),
    Row("until", makers.date("ahead"), width=6, help=N_("A year at most; then it is agreed on again.")),
    Row("why", makers.long_text(2), width=12),
    Row("note", makers.long_text(2), width=12),
)


def unannounced_visits(
    house: House, case: Case, parent: QWidget, found: UnannouncedVisits | None = None
) -> RecordDialog:
    """Write an agreement about unannounced visits, or change one."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is not None:
            unannounced.edit(writer, entity, edits)
            return entity
        worker = office.house(writer).worker.name  # what stands there beforehand is not among what was typed
        return unannounced.agree(writer, case.id, {"who": worker, **dict(values_of(edits))})

    record = Record(
        cls=UnannouncedVisits, caption=N_("Unannounced visits"), rows=_UNANNOUNCED, save=save,
        explained=N_(
            "Nobody comes without saying so unless the parents have agreed to it. They can take it back at any time."
        ),
        told=N_("The agreement is written."), title=lambda: tr("Unannounced visits"),
        key=f"unannounced:new:{case.id.hex()}" if found is None else f"unannounced:{found.id.hex()}",
        first="who" if found is None else "how_often", entity=None if found is None else found.id,
        shown=lambda reader: {"agreed_on": reader.today, "who": office.house(reader).worker.name},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_EXPECTATIONS: tuple[Row | Section, ...] = (
    Row("why", makers.long_text(3), width=12),
    Row(
        "from_us",
        makers.long_text(8),
        width=12,
        help=N_("A line that begins with a dash is a point of its own."),
    ),
    Row("from_family", makers.long_text(5), width=12),
    Row("whom_to_call", makers.long_text(2), width=12),
    Row("talked_on", makers.date("back"), width=6),
)


def expectations_sheet(house: House, sheet: Sheet, parent: QWidget) -> RecordDialog:
    """Write the case's own words over the standard ones. What is emptied is the standard again."""
    case, stored = sheet.case, sheet.stored
    shown = {name: sheet.texts[name] for name in TEXTS}

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        return expectations.write(writer, case.id, dict(values_of(edits)))

    record = Record(
        cls=Expectations, caption=N_("What we expect of each other"), rows=_EXPECTATIONS, save=save,
        explained=N_(
            "Write it in the words of this family. What you leave as it is follows the standard; what you empty "
            "becomes the standard again."
        ),
        told=N_("The sheet is written."), title=lambda: tr("What we expect of each other"),
        key=f"expectations:{case.id.hex()}", first="why", press=N_("Save (Ctrl+S)"),
        shown=lambda _reader: {**shown, "talked_on": None if stored is None else stored.talked_on},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)
