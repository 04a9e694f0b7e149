"""The form of a request for access to documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.access_request import ASKER_LABELS, AccessRequest
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.i18n import N_
from caseworker_app.services import access_hints, access_requests
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.tasks import Query
from ui.widgets.fields import makers
from ui.widgets.fields.offered import OfferedEditor
from ui.widgets.form_view import Row, Section
from ui.words import tr


class PartyEditor(OfferedEditor):
    """The child, or one of the parents by her card."""

    def __init__(self) -> None:
        super().__init__(N_("The child or young person"))


_ROWS: tuple[Row | Section, ...] = (
    Row("asker", makers.choice(ASKER_LABELS), width=6),
    Row("name", makers.text(), width=6),
    Row(
        "person",
        PartyEditor,
        width=6,
        help=N_("Whose access it is: the child's, or a parent's. It decides what is suggested."),
    ),
    Row("authority_on", makers.date("back"), width=6, help=N_("Only when somebody is represented.")),
    Row("received_on", makers.date("back"), width=6),
    Row("wish", makers.long_text(2), width=12),
    Section(N_("The period asked for")),
    Row("since", makers.date("back"), width=6, help=N_("Empty is from the beginning.")),
    Row("until", makers.date("back"), width=6, help=N_("Empty is until today.")),
    Section(N_("On the paper")),
    Row(
        "law",
        makers.text(),
        width=12,
        help=N_("The program cites no paragraph it has not read. What you write here stands on the paper."),
    ),
)


def request(house: House, case: Case, parent: QWidget, found: AccessRequest | None = None) -> RecordDialog:
    """Write a request down, or change one that is not answered."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return access_requests.begin(writer, case.id, dict(values_of(edits)))
        access_requests.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=AccessRequest, caption=N_("Request for access to documents"), rows=_ROWS, save=save,
        told=N_("The request is written down."),
        key=f"access_request:new:{case.id.hex()}" if found is None else f"access_request:{found.id.hex()}",
        title=lambda: tr("Request for access to documents"), first="asker" if found is None else "name",
        entity=None if found is None else found.id, shown=lambda reader: {"received_on": reader.today},
    )  # fmt: skip
    dialog = RecordDialog(house, case, record, parent)

    def parties(reader: Reader) -> list[tuple[Id, str]]:
        people = reader.find(Person, stream=case.stream)
        return [(one.id, one.name) for one in people if access_hints.may_be_party(one)]

    def offer(people: Sequence[tuple[Id, str]]) -> None:
        editor = dialog.form.rows["person"].editor
        if isinstance(editor, PartyEditor):
            editor.offer(people)

    house.tasks.query(dialog, Query(parties, offer))
    return dialog
