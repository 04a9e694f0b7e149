"""The forms of consents and of hearings of parents."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.consent import (
    CONSENT_FORM_LABELS,
    CONSENT_USE_LABELS,
    GIVER_CAPACITY_LABELS,
    INFORMATION_KIND_LABELS,
    Consent,
    ConsentForm,
    ParentsHearing,
)
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import consents, parents_hearings
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.form_view import Row, Section
from ui.words import tr


def _signature() -> FieldEditor:
    from ui.widgets.assessment.signature import SignatureEditor

    return SignatureEditor()


_CONSENT_ROWS: tuple[Row | Section, ...] = (
    Row("giver", makers.text(), width=6),
    Row("capacity", makers.choice(GIVER_CAPACITY_LABELS), width=6),
    Row(
        "recipient",
        makers.text(),
        width=12,
        help=N_("A person, a school, an authority: as narrow as it was given."),
    ),
    Row("kinds", makers.several(INFORMATION_KIND_LABELS, 3), width=12),
    Row("uses", makers.several(CONSENT_USE_LABELS, 2), width=12),
    Row("purpose", makers.long_text(2), width=12),
    Row("given_on", makers.date("back"), width=6),
    Row("form", makers.choice(CONSENT_FORM_LABELS), width=6),
    Row("signature", _signature, width=12),
    Row("note", makers.long_text(2), width=12),
)


def consent(house: House, case: Case, parent: QWidget, found: Consent | None = None) -> RecordDialog:
    """Record a consent, or change one that is recorded."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return consents.give(writer, case.id, dict(values_of(edits)))
        consents.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=Consent, caption=N_("Consent"), rows=_CONSENT_ROWS, save=save, told=N_("The consent is recorded."),
        explained=N_("Voluntary, specific and informed; it can be withdrawn at any time."),
        key=f"consent:new:{case.id.hex()}" if found is None else f"consent:{found.id.hex()}",
        title=lambda: tr("Consent"), first="giver", entity=None if found is None else found.id,
        shown=lambda reader: {"given_on": reader.today},
    )  # fmt: skip
    dialog = RecordDialog(house, case, record, parent)
    rows = dialog.form.rows

    def say_signature(_name: str = "") -> None:
        if dialog.form.form is not None:
            signed = (
                dialog.form.value("form") is ConsentForm.ON_SCREEN
                or dialog.form.value("signature") is not None
            )
            rows["signature"].setVisible(signed)

    dialog.form.edited.connect(say_signature)
    dialog.form.shown.connect(say_signature)
    rows["signature"].hide()
    return dialog


def withdraw(house: House, case: Case, found: Consent, parent: QWidget) -> RecordDialog:
    """Record that a consent is withdrawn."""
    rows = (
        Row("withdrawn_on", makers.date("back"), width=6),
        Row("withdrawn_by", makers.text(), width=6, help=N_("The one who gave it, when nothing is written.")),
    )

    def save(writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        values = dict(values_of(edits))
        day = values.get("withdrawn_on", writer.today)
        if day is None:
            raise InvalidInput("withdrawn_on", "Write the day it was withdrawn.")
        consents.withdraw(writer, found.id, day, values.get("withdrawn_by", ""))
        return found.id

    record = Record(
        cls=Consent, caption=N_("Withdraw the consent"), rows=rows, save=save,
        explained=N_("From that day it no longer stands. What left before stays lawful; open meetings say it."),
        told=N_("The consent is withdrawn. Ctrl+Z brings it back."), press=N_("Withdraw (Ctrl+S)"),
        key=f"consent:{found.id.hex()}:withdraw", title=lambda: tr("Withdraw the consent"), first="withdrawn_by",
        shown=lambda reader: {"withdrawn_on": reader.today},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_HEARING_ROWS: tuple[Row | Section, ...] = (
    Row("who", makers.text(), width=12),
    Row(
        "about",
        makers.long_text(4),
        width=12,
        help=N_("Only what is to the parent's disadvantage and matters."),
    ),
    Row("sent_on", makers.date("back"), width=6),
    Row("deadline", makers.date("ahead"), width=6),
    Section(N_("The answer")),
    Row("answered_on", makers.date("back"), width=6),
    Row("answer", makers.long_text(4), width=12),
)


def hearing(house: House, case: Case, parent: QWidget, found: ParentsHearing | None = None) -> RecordDialog:
    """Record that a parent is heard, or write the answer."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return parents_hearings.send(writer, case.id, dict(values_of(edits)))
        parents_hearings.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=ParentsHearing, caption=N_("Party hearing of a parent"), rows=_HEARING_ROWS, save=save,
        told=N_("The hearing is recorded."),
        key=f"parents_hearing:new:{case.id.hex()}" if found is None else f"parents_hearing:{found.id.hex()}",
        title=lambda: tr("Party hearing of a parent"), first="who" if found is None else "answer",
        entity=None if found is None else found.id, shown=lambda reader: {"sent_on": reader.today},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)
