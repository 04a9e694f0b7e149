"""The forms of an agreement: writing it, changing it, settling it on another day, postponing it, letting it fall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.agreement import SOURCE_LABELS, Agreement, AgreementMove, AgreementSource
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import agreements
from caseworker_app.services.agreed import CLASSES, Agreed, Kept
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.tasks import Query
from ui.widgets.fields import makers
from ui.widgets.form_view import Row, Section
from ui.widgets.tasks.who_editor import WhoEditor
from ui.words import tr

_FREE = {name: SOURCE_LABELS[name] for name in (AgreementSource.TELEPHONE, AgreementSource.OTHER)}
_KNOWN = Row(
    "family_knows",
    makers.flag(N_("The family knows of it")),
    width=12,
    help=N_("Only then it stands on the family's papers: the visit sheet and the expectations sheet."),
)
_WHAT: tuple[Row | Section, ...] = (
    Row("what", makers.long_text(3), label=N_("What was agreed"), width=12),
    Row("who", WhoEditor, label=N_("Who does it"), width=7),
    Row("due", makers.date("ahead"), label=N_("When is it to be done"), width=5),
    Row("reason", makers.long_text(2), label=N_("Why"), width=12),
)


def agreement(
    house: House, case: Case, parent: QWidget, *, source: tuple[AgreementSource, Id] | None = None
) -> RecordDialog:
    """Write something that was agreed; ``source`` is the follow-up or the entry it was agreed at."""
    rows: tuple[Row | Section, ...] = (
        *_WHAT,
        Row("agreed_on", makers.date("back"), width=5),
        *(() if source else (Row("source_type", makers.choice(_FREE), width=7),)),
        _KNOWN,
    )

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        values: dict[str, Any] = dict(values_of(edits))
        values.setdefault("source_type", AgreementSource.TELEPHONE)
        if source is not None:
            values |= {"source_type": source[0], "source": source[1]}
        return agreements.agree(writer, case.id, values)

    about = case.id.hex() if source is None else source[1].hex()
    record = Record(
        cls=Agreement, caption=N_("New agreement"), rows=rows, save=save, told=N_("The agreement is written."),
        key=f"agreed:new:{about}", title=lambda: tr("New agreement"), first="what",
        shown=lambda reader: {"agreed_on": reader.today, "source_type": AgreementSource.TELEPHONE},
    )  # fmt: skip
    dialog = RecordDialog(house, case, record, parent)
    _offer(house, dialog, case)
    return dialog


def change(house: House, case: Case, parent: QWidget, one: Agreed) -> RecordDialog:
    """Change what was agreed."""
    rows: tuple[Row | Section, ...] = tuple(
        row for row in _WHAT if one.kept is not Kept.TASK or not (isinstance(row, Row) and row.name == "who")
    )
    free = one.source not in (AgreementSource.MEETING, AgreementSource.VISIT, AgreementSource.MAP)
    if free:
        rows = (*rows, Row("agreed_on", makers.date("back"), width=5), _KNOWN)

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        agreements.edit(writer, one.kept, one.id, edits)
        return one.id

    record = Record(
        cls=CLASSES[one.kept], caption=N_("Agreement"), rows=rows, save=save, entity=one.id,
        told=N_("The agreement is changed."), key=_key(one, "edit"), title=lambda: tr("Agreement"), first="what",
        press=N_("Save (Ctrl+S)"),
    )  # fmt: skip
    dialog = RecordDialog(house, case, record, parent)
    _offer(house, dialog, case)
    return dialog


def _offer(house: House, dialog: RecordDialog, case: Case) -> None:
    row = dialog.form.rows.get("who")
    editor = None if row is None else row.editor

    def offer(found: Sequence[tuple[str, Id | None]]) -> None:
        if isinstance(editor, WhoEditor):
            editor.offer(words for words, _card in found)

    if editor is not None:
        house.tasks.query(dialog, Query(lambda reader: agreements.offered(reader, case.id), offer))


def settle(house: House, case: Case, parent: QWidget, one: Agreed) -> RecordDialog:
    """Say on which day it was done, and how it went."""
    rows = (
        Row("done_on", makers.date("back"), width=6),
        Row("went", makers.long_text(3), label=N_("How it went"), width=12),
    )

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        values = dict(values_of(edits))
        agreements.settle(writer, one.kept, one.id, values.get("done_on"), values.get("went"))
        return one.id

    record = Record(
        cls=CLASSES[one.kept], caption=N_("It is done"), rows=rows, save=save, explained=N_(
            "The next meeting begins with what was agreed and how it went."
        ),
        told=N_("What was agreed is done. Ctrl+Z takes it back."), key=_key(one, "settle"),
        title=lambda: tr("It is done"), first="done_on", press=N_("Done (Ctrl+S)"),
        shown=lambda reader: {"done_on": reader.today, "went": one.went},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def drop(house: House, case: Case, parent: QWidget, one: Agreed) -> RecordDialog:
    """Let it fall, with the reason."""

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        agreements.drop(writer, one.kept, one.id, str(dict(values_of(edits)).get("went", "")))
        return one.id

    record = Record(
        cls=CLASSES[one.kept], caption=N_("The agreement falls away"),
        rows=(Row("went", makers.long_text(3), label=N_("Why it falls away"), width=12),), save=save,
        explained=N_("It is not to be done any more. It stays in the case with the reason."),
        told=N_("The agreement falls away. Ctrl+Z takes it back."), key=_key(one, "drop"),
        title=lambda: tr("The agreement falls away"), first="went", press=N_("Let it fall (Ctrl+S)"),
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def postpone(house: House, case: Case, parent: QWidget, one: Agreed) -> RecordDialog:
    """Give it a later day, with the reason."""

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        values = dict(values_of(edits))
        agreements.postpone(writer, one.kept, one.id, values.get("until"), str(values.get("why", "")))
        return one.id

    rows = (Row("until", makers.date("ahead"), width=6), Row("why", makers.long_text(3), width=12))
    record = Record(
        cls=AgreementMove, caption=N_("Postpone"), rows=rows, save=save,
        explained=N_("The day it had stays beside the new one, with the reason."),
        told=N_("The agreement is postponed. Ctrl+Z takes it back."), key=_key(one, "move"),
        title=lambda: tr("Postpone"), first="until", press=N_("Postpone (Ctrl+S)"),
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def _key(one: Agreed, act: str) -> str:
    return f"agreed:{one.kept.value}:{one.id.hex()}:{act}"


ACTS = {"edit": change, "settle": settle, "drop": drop, "move": postpone}
"""The forms by the last part of their draft's key."""
