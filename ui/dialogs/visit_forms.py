"""The forms of visits: planned, held, agreed, scored, and what to know at the door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
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
from caseworker_app.services import office, screening_scores, visit_views, visits, visits_together
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


ONCE = N_("It is written once and stands in each child's case; what is of one child alone is written apart.")


def also_for(siblings: Iterable[Case], help_: str = ONCE) -> tuple[Row, ...]:
    """Return the row in which siblings are ticked; none where there are none."""
    offered = tuple(siblings)
    if not offered:
        return ()

    def make() -> FieldEditor:
        from ui.widgets.journal.editors import SiblingsEditor

        editor = SiblingsEditor()
        editor.offer(offered)
        return editor

    return (Row("siblings", make, width=12, label=N_("Also for"), help=help_),)


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
    house: House,
    case: Case,
    parent: QWidget,
    values: Mapping[str, Any] | None = None,
    held: bool = False,
    siblings: Sequence[Case] = (),
) -> RecordDialog:
    """Plan a visit, or write one that was held and never planned; also for those of ``siblings`` who are ticked."""

    def save(writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        written = {**(values or {}), **dict(values_of(edits))}
        if held:
            written.setdefault("held_on", writer.today)
        return visits_together.plan(writer, case.id, written, written.pop("siblings", ()))[0]

    def shown(reader: Reader) -> Mapping[str, Any]:
        begun = dict(values or {})
        if held:
            begun["held_on"] = reader.today
        return begun

    record = Record(
        cls=Visit, caption=N_("A visit was held") if held else N_("Plan a visit"),
        rows=(*(_HELD_ROWS if held else _PLAN_ROWS), *also_for(siblings)), save=save,
        explained=N_("It stands in the child's journal as an entry to sign.") if held else "",
        told=N_("The visit is written.") if held else N_("The visit is planned."),
        press=N_("Save (Ctrl+S)"), key=f"visit:{'held' if held else 'new'}:{case.id.hex()}",
        title=lambda: tr("Visit"), first="held_on" if held else "when", shown=shown,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def change(
    house: House, case: Case, found: Visit, parent: QWidget, siblings: Sequence[Case] = ()
) -> RecordDialog:
    """Change what is planned, or the head of a held visit; ``siblings`` are those it is written for too."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        visits_together.edit(writer, entity or found.id, edits)
        return found.id

    held = found.state is VisitState.HELD
    record = Record(
        cls=Visit, caption=N_("Change the visit"), rows=_HELD_ROWS if held else _PLAN_ROWS, save=save,
        explained=N_("Day, place and people are changed for the siblings too; what it is for, for this child alone.")
        if siblings
        else "",
        told=N_("The visit is changed."), press=N_("Save (Ctrl+S)"), key=f"visit:{found.id.hex()}",
        title=lambda: tr("Visit"), first="held_on" if held else "when", entity=found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def hold(
    house: House, case: Case, found: Visit, parent: QWidget, siblings: Sequence[Case] = ()
) -> RecordDialog:
    """Say that a planned visit was held, when, and who was there; ``siblings`` are those it was planned for too."""
    rows = (
        Row("held_on", makers.date("back"), width=6),
        Row("participants", names, width=12),
        *also_for(siblings, N_("One who was not visited keeps the planned visit.")),
    )
    every = frozenset(one.id for one in siblings)
    planned = None if found.when is None else found.when.day

    def save(writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        written = dict(values_of(edits))
        day = written.get("held_on", _day(planned, writer.today))
        if day is None:
            raise InvalidInput("held_on", "Write the day the visit was held.")
        also = written.get("siblings", every)
        visits_together.hold(writer, found.id, day, written.get("participants", ()), also)
        return found.id

    record = Record(
        cls=Visit, caption=N_("The visit was held"), rows=rows, save=save,
        explained=N_("It stands in the child's journal as an entry to sign."),
        told=N_("The visit was held. Now write what was seen and agreed."), press=N_("Held (Ctrl+S)"),
        key=f"visit:{found.id.hex()}:held", title=lambda: tr("Visit"), first="participants",
        shown=lambda reader: {"held_on": _day(planned, reader.today), "siblings": every},
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def _day(planned: dt.date | None, today: dt.date) -> dt.date:
    """Return the planned day when it has come, else today."""
    return planned if planned is not None and planned <= today else today


AGREED_ONCE = N_("It is written once; each child's is done by itself.")
_AGREED_ROWS: tuple[Row | Section, ...] = (
    Row("what", makers.long_text(2), width=12),
    Row("who", makers.text(), width=6),
    Row("due", makers.date("ahead"), width=6),
)


def agreement(
    house: House,
    case: Case,
    visit: Visit,
    parent: QWidget,
    found: VisitAgreement | None = None,
    siblings: Sequence[Case] = (),
) -> RecordDialog:
    """Write what was agreed, or change it; a new one also for those of ``siblings`` who are ticked."""
    every = frozenset(one.id for one in siblings)

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            written = dict(values_of(edits))
            return visits_together.agree(writer, visit.id, written, written.pop("siblings", every))[0]
        visits.edit_agreement(writer, entity, edits)
        return entity

    key = f"visit_agreement:new:{visit.id.hex()}" if found is None else f"visit_agreement:{found.id.hex()}"
    record = Record(
        cls=VisitAgreement, caption=N_("Agreed on the visit"), save=save,
        rows=_AGREED_ROWS if found is not None else (*_AGREED_ROWS, *also_for(siblings, AGREED_ONCE)),
        shown=lambda _reader: {"siblings": every},
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
