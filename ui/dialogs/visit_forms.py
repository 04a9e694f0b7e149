"""The forms of visits: planned, held, agreed, scored, and what to know at the door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.screening_score import ScreeningScore
from caseworker_app.domain.visit import (
    SIDE_LABELS,
    VISIT_KIND_LABELS,
    HomeFacts,
    Visit,
    VisitAgreement,
    VisitState,
)
from caseworker_app.i18n import N_
from caseworker_app.services import office, screening_scores, visit_views, visits
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.form_view import Row, Section
from ui.words import tr

MINUTES = 60


def names() -> FieldEditor:
    """Names with a comma between them."""
    from ui.widgets.fields.tags import TagsLine

    return TagsLine()


_PLAN_ROWS: tuple[Row | Section, ...] = (
    Row("kind", makers.choice(VISIT_KIND_LABELS), width=6),
    Row("joint_with", makers.text(), width=6, help=N_("Leave it empty when you go alone.")),
    Row("when", makers.time_span(MINUTES), width=8),
    Row("place", makers.text(), width=12),
    Row("purpose", makers.long_text(2), width=12),
)
_HELD_ROWS: tuple[Row | Section, ...] = (
    Row("kind", makers.choice(VISIT_KIND_LABELS), width=6),
    Row("joint_with", makers.text(), width=6),
    Row("held_on", makers.date("back"), width=6),
    Row("place", makers.text(), width=6),
    Row("participants", names, width=12),
    Row("purpose", makers.long_text(2), width=12),
)


def plan(
    house: House, case: Case, parent: QWidget, values: Mapping[str, Any] | None = None, held: bool = False
) -> RecordDialog:
    """Plan a visit, or write one that was held and never planned."""

    def save(writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        written = {**(values or {}), **dict(values_of(edits))}
        if held:
            written.setdefault("held_on", writer.today)
        return visits.plan(writer, case.id, written)

    def shown(reader: Reader) -> Mapping[str, Any]:
        begun = dict(values or {})
        if held:
            begun["held_on"] = reader.today
        return begun

    record = Record(
        cls=Visit, caption=N_("A visit was held") if held else N_("Plan a visit"),
        rows=_HELD_ROWS if held else _PLAN_ROWS, save=save,
        explained=N_("It stands in the child's journal as an entry to sign.") if held else "",
        told=N_("The visit is written.") if held else N_("The visit is planned."),
        press=N_("Save (Ctrl+S)"), key=f"visit:{'held' if held else 'new'}:{case.id.hex()}",
        title=lambda: tr("Visit"), first="held_on" if held else "when", shown=shown,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def change(house: House, case: Case, found: Visit, parent: QWidget) -> RecordDialog:
    """Change what is planned, or the head of a held visit."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        visits.edit(writer, entity or found.id, edits)
        return found.id

    held = found.state is VisitState.HELD
    record = Record(
        cls=Visit, caption=N_("Change the visit"), rows=_HELD_ROWS if held else _PLAN_ROWS, save=save,
        told=N_("The visit is changed."), press=N_("Save (Ctrl+S)"), key=f"visit:{found.id.hex()}",
        title=lambda: tr("Visit"), first="held_on" if held else "when", entity=found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def hold(house: House, case: Case, found: Visit, parent: QWidget) -> RecordDialog:
    """Say that a planned visit was held, when, and who was there."""
    rows = (
        Row("held_on", makers.date("back"), width=6),
        Row("participants", names, width=12, help=N_("With a comma between them.")),
    )
    planned = None if found.when is None else found.when.day

    def save(writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        written = dict(values_of(edits))
        day = written.get("held_on", _day(planned, writer.today))
        if day is None:
            raise InvalidInput("held_on", "Write the day the visit was held.")
        visits.hold(writer, found.id, day, written.get("participants", ()))
        return found.id

    record = Record(
        cls=Visit, caption=N_("The visit was held"), rows=rows, save=save,
        explained=N_("It stands in the child's journal as an entry to sign."),
        told=N_("The visit was held. Now write what was seen and agreed."), press=N_("Held (Ctrl+S)"),
        key=f"visit:{found.id.hex()}:held", title=lambda: tr("Visit"), first="participants",
        shown=lambda reader: {"held_on": _day(planned, reader.today)},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def _day(planned: dt.date | None, today: dt.date) -> dt.date:
    """Return the planned day when it has come, else today."""
    return planned if planned is not None and planned <= today else today


_AGREED_ROWS: tuple[Row | Section, ...] = (
    Row("what", makers.long_text(2), width=12),
    Row("who", makers.text(), width=6),
    Row("due", makers.date("ahead"), width=6),
)


def agreement(
    house: House, case: Case, visit: Visit, parent: QWidget, found: VisitAgreement | None = None
) -> RecordDialog:
    """Write what was agreed, or change it."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return visits.add_agreement(writer, visit.id, dict(values_of(edits)))
        visits.edit_agreement(writer, entity, edits)
        return entity

    key = f"visit_agreement:new:{visit.id.hex()}" if found is None else f"visit_agreement:{found.id.hex()}"
    record = Record(
        cls=VisitAgreement, caption=N_("Agreed on the visit"), rows=_AGREED_ROWS, save=save,
        told=N_("The agreement is written."), press=N_("Save (Ctrl+S)"), key=key,
        title=lambda: tr("Agreed on the visit"), first="what", entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def number() -> FieldEditor:
    """A whole number, or nothing."""
    from ui.widgets.topic_form.editors import NumberEditor

    return NumberEditor()


_SCORE_ROWS: tuple[Row | Section, ...] = (
    Row("instrument", makers.text(), width=4, help=N_("The name only: EPDS, ADBB, WHO-5 …")),
    Row("score", number, width=4),
    Row("taken_on", makers.date("back"), width=4),
    Row("about", makers.text(), width=6),
    Row("taken_by", makers.text(), width=6),
    Row("side", makers.choice(SIDE_LABELS), width=6),
    Row("item10", makers.flag(N_("Thoughts of self-harm (item 10 above 0)")), width=6),
    Row("note", makers.long_text(2), width=12),
)


def score(
    house: House, case: Case, parent: QWidget, visit: Visit | None = None, found: ScreeningScore | None = None
) -> RecordDialog:
    """Record the total of an instrument that was filled in elsewhere."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            extra = {} if visit is None else {"visit": visit.id}
            return screening_scores.record(writer, case.id, {**extra, **dict(values_of(edits))})
        screening_scores.edit(writer, entity, edits)
        return entity

    def shown(reader: Reader) -> Mapping[str, Any]:
        day = reader.today if visit is None or visit.held_on is None else visit.held_on
        return {"taken_on": day, "taken_by": office.house(reader).worker.name}

    record = Record(
        cls=ScreeningScore, caption=N_("Score"), rows=_SCORE_ROWS, save=save, shown=shown,
        explained=N_("Only the total is kept: neither questions nor answers."), told=N_("The score is recorded."),
        key=f"screening_score:new:{case.id.hex()}" if found is None else f"screening_score:{found.id.hex()}",
        title=lambda: tr("Score"), first="score", entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


_HOME_ROWS: tuple[Row | Section, ...] = (
    Row("dog", makers.text(), width=12),
    Row("way_in", makers.text(), width=12, help=N_("Which door, which bell, where one parks.")),
    Row("mind", makers.long_text(2), width=12),
)


def at_the_door(house: House, case: Case, parent: QWidget, found: HomeFacts | None) -> RecordDialog:
    """Write what one must know before ringing the bell."""

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        return visits.write_home(writer, case.id, dict(values_of(edits)))

    def shown(reader: Reader) -> Mapping[str, Any]:
        there = visit_views.home_of(reader, case)
        return {} if there is None else {"dog": there.dog, "way_in": there.way_in, "mind": there.mind}

    record = Record(
        cls=HomeFacts, caption=N_("To know at the door"), rows=_HOME_ROWS, save=save, shown=shown,
        told=N_("It is written."), press=N_("Save (Ctrl+S)"), key=f"home_facts:{case.id.hex()}",
        title=lambda: tr("To know at the door"), first="dog", entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)
