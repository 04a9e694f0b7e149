"""The forms of a notification: received, looked at again, handed on, screened, a first contact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.notification import (
    CONTACT_KIND_LABELS,
    SCREENING_LABELS,
    SECOND_READER_LABELS,
    SENDER_KIND_LABELS,
    FirstContact,
    Notification,
)
from caseworker_app.i18n import N_
from caseworker_app.services import notifications
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.form_view import Row, Save, Section
from ui.words import tr


def moment() -> FieldEditor:
    """A day and an hour."""
    from ui.widgets.follow_up.editors import MomentEditor

    return MomentEditor()


RECEIVED_ROWS: tuple[Row | Section, ...] = (
    Row("sender", makers.text(), width=7),
    Row("capacity", makers.choice(SENDER_KIND_LABELS, N_("Not said")), width=5),
    Row("about", makers.long_text(4), width=12),
    Row("received_at", moment, width=7),
    Row("abuse_suspected", makers.flag(N_("Abuse is suspected")), width=5),
    Section(N_("For the receipt"), folded=True),
    Row("sender_address", makers.long_text(3), width=12, help=N_("Stands on the receipt only.")),
)


def new_key(case: Case) -> str:
    """Return the key of the draft of a notification in a case."""
    return f"notification:new:{case.id.hex()}"


def receive(
    house: House, case: Case, parent: QWidget, values: Mapping[str, Any] | None = None
) -> RecordDialog:
    """Record a notification in a case; ``values`` were typed already."""

    def save(writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        return notifications.receive(writer, case.id, dict(values_of(edits)))

    record = Record(
        cls=Notification, caption=N_("A notification has come"), rows=RECEIVED_ROWS, save=save,
        explained=N_("From whom, and about what: that is enough to begin with. The 24 hours run from when it came."),
        told=N_("The notification is recorded. Its 24 hours run."), key=new_key(case), first="sender",
        title=lambda: tr("Notification"), values=values,
        shown=lambda reader: {"received_at": reader.now},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def _saving(service: Callable[[Writer, Id, Mapping[str, Edit]], object]) -> Save:
    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            raise RuntimeError("this form is over a notification that is there")
        service(writer, entity, edits)
        return entity

    return save


def _over(
    one: Notification, what: str, heading: str, rows: tuple[Row | Section, ...], service: Any, said: str,
    first: str, explanation: str = "",
) -> Record:  # fmt: skip
    return Record(
        cls=Notification, caption=heading, explained=explanation, rows=rows, save=_saving(service), told=said,
        key=f"notification:{one.id.hex()}{what}", title=lambda: tr(heading), first=first, entity=one.id,
    )  # fmt: skip


def change(house: House, case: Case, one: Notification, parent: QWidget) -> RecordDialog:
    """Change what is written of a notification."""
    rows: tuple[Row | Section, ...] = (
        *RECEIVED_ROWS,
        Section(N_("Assessment within 24 hours")),
        Row("assessed_at", moment, width=7),
        Row("acute", makers.flag(N_("Needs help at once")), width=5),
        Row("assessed_by", makers.text(), width=6),
        Row("receipt_sent_on", makers.date("back"), width=6),
        Row("assessment", makers.long_text(3), width=12),
    )
    record = _over(
        one,
        "",
        N_("The notification"),
        rows,
        notifications.edit,
        N_("The notification is changed."),
        "sender",
    )
    return RecordDialog(house, case, record, parent)


def second_opinion(house: House, case: Case, one: Notification, parent: QWidget) -> RecordDialog:
    """Record the second opinion in a case with interventions."""
    rows = (
        Row("second_role", makers.choice(SECOND_READER_LABELS, N_("Not chosen")), width=6),
        Row("second_by", makers.text(), width=6),
        Row("second_on", makers.date("back"), width=6, help=N_("Today, when nothing is written.")),
        Row("second_conclusion", makers.long_text(4), width=12),
    )
    record = _over(
        one, ":second", N_("Second opinion"), rows, notifications.second_opinion,
        N_("The second opinion is recorded."), "second_role",
        N_("The child has an intervention already. Somebody who was not in the case before looks at it again "
           "(barnets lov § 137)."),
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def hand_on(house: House, case: Case, one: Notification, parent: QWidget) -> RecordDialog:
    """Record whom it was given to."""
    rows = (
        Row("given_to", makers.text(), width=8),
        Row("given_on", makers.date("back"), width=4, help=N_("Today, when nothing is written.")),
    )
    record = _over(
        one,
        ":given",
        N_("Given to"),
        rows,
        notifications.hand_on,
        N_("It is noted who has it now."),
        "given_to",
    )
    return RecordDialog(house, case, record, parent)


def screen(house: House, case: Case, one: Notification, parent: QWidget) -> RecordDialog:
    """Record what the screening came to; a scoping or an investigation begins by it."""
    rows = (
        Row("screening", makers.choice(SCREENING_LABELS, N_("Not chosen")), width=8),
        Row("screened_on", makers.date("back"), width=4, help=N_("Today, when nothing is written.")),
        Row("screening_why", makers.long_text(4), width=12),
    )
    record = _over(
        one, ":screening", N_("Result of the screening"), rows, notifications.screen,
        N_("The screening is recorded."), "screening",
        N_("Results 2 and 3 begin the scoping or the investigation. The four months of an investigation run from the "
           "day the notification came."),
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_CONTACT_ROWS = (
    Row("kind", makers.choice(CONTACT_KIND_LABELS), width=6),
    Row("held_on", makers.date("back"), width=6),
    Row("who", makers.text(), width=12),
    Row("text", makers.long_text(3), width=12),
)


def contact(
    house: House, case: Case, one: Notification, parent: QWidget, found: FirstContact | None = None
) -> RecordDialog:
    """Record a first contact, or change one that is recorded."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return notifications.add_contact(writer, one.id, dict(values_of(edits)))
        notifications.edit_contact(writer, entity, edits)
        return entity

    key = f"first_contact:new:{one.id.hex()}" if found is None else f"first_contact:{found.id.hex()}"
    record = Record(
        cls=FirstContact, caption=N_("First contact"), rows=_CONTACT_ROWS, save=save,
        told=N_("The contact is recorded."), key=key, first="who", title=lambda: tr("First contact"),
        entity=None if found is None else found.id, shown=lambda reader: {"held_on": reader.today},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)
