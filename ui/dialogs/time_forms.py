"""The form of time used: two clicks from a visit, a meeting or a call, and the whole of it from the time log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.cost import COST_PHASE_LABELS, PROFESSION_LABELS
from caseworker_app.domain.effort import Effort
from caseworker_app.domain.ids import Id
from caseworker_app.domain.time_log import ACTIVITY_LABELS, TimeEntry
from caseworker_app.i18n import N_
from caseworker_app.services import efforts, time_log
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.tasks import Query
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.form_view import Row, Section
from ui.widgets.measures.editors import named
from ui.words import tr


def hours() -> FieldEditor:
    """Return an editor of hours, kept in minutes."""
    from ui.widgets.fields.figures import hours as made

    return made()


def _rows(offered: Iterable[Effort]) -> tuple[Row | Section, ...]:
    titles = {one.id: one.title for one in offered}
    return (
        Row("minutes", hours, width=4, help=N_("Such as 1,5 or 1:30.")),
        Row("spent_on", makers.date("back"), width=4),
        Row("activity", makers.choice(ACTIVITY_LABELS), width=4),
        Row("with_citizen", makers.flag(N_("With citizens")), width=12),
        Section(N_("Effort, phase, profession, note"), folded=True),
        Row("effort", named({"": tr("None of them"), **titles}), width=6),
        Row("phase", makers.choice(COST_PHASE_LABELS), width=6),
        Row("profession", makers.choice(PROFESSION_LABELS), width=6),
        Row("note", makers.text(), width=6),
    )


def _dialog(
    house: House, parent: QWidget, offered: Iterable[Effort], record: Mapping[str, Any]
) -> RecordDialog:
    made = Record(
        cls=TimeEntry, caption=N_("Time used"), rows=_rows(offered), press=N_("Save (Ctrl+S)"),
        told=N_("The time is written."),
        explained=N_("Your own time log, no part of the child's file: for the cost of an effort."),
        title=lambda: tr("Time used"), first="minutes", **record,
    )  # fmt: skip
    return RecordDialog(house, None, made, parent)


def use(house: House, parent: QWidget, kind: str, subject: Id) -> None:
    """Open the form for the time of a ``visit``, ``meeting``, ``entry`` or ``case``, filled in: one more press saves it."""
    shipped = house.books.efforts()

    def ask(reader: Reader) -> tuple[dict[str, Any], tuple[Effort, ...]]:
        return time_log.offer(reader, kind, subject), efforts.offered(reader, shipped)

    def show(answer: tuple[dict[str, Any], tuple[Effort, ...]]) -> None:
        beforehand, offered = answer

        def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
            return time_log.spend(writer, {**beforehand, **dict(values_of(edits))})

        record = {
            "save": save,
            "key": f"time_entry:new:{kind}:{subject.hex()}",
            "shown": lambda _reader: beforehand,
        }
        _dialog(house, parent, offered, record).open()

    house.tasks.query(parent, Query(ask, show))


def entry(
    house: House, parent: QWidget, offered: Iterable[Effort], found: TimeEntry | None = None
) -> RecordDialog:
    """Write time that belongs to no visit, meeting or call, or change what is written."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return time_log.spend(writer, dict(values_of(edits)))
        time_log.edit(writer, entity, edits)
        return entity

    record = {
        "save": save,
        "key": "time_entry:new" if found is None else f"time_entry:{found.id.hex()}",
        "entity": None if found is None else found.id,
        "shown": lambda reader: {"spent_on": reader.today, "profession": time_log.own_profession(reader)},
    }
    return _dialog(house, parent, offered, record)
