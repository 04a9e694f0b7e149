"""The forms of quality and learning: a trial action and a round of it, a KIK sheet and a core element on it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.kik_sheet import (
    DEGREE_LABELS,
    OCCASION_LABELS,
    QUALITY_LABELS,
    KikElement,
    KikSheet,
)
from caseworker_app.domain.trial_action import TRIAL_TYPE_LABELS, TrialAction, TrialRound
from caseworker_app.i18n import N_
from caseworker_app.services import kik, trials
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import Row, Section
from ui.words import tr

SAVE = N_("Save (Ctrl+S)")

_TRIAL_ROWS: tuple[Row | Section, ...] = (
    Row("what", makers.long_text(2), width=12),
    Row("type", makers.choice(TRIAL_TYPE_LABELS), width=6),
    Row("point", makers.text(), width=6),
    Row("aim", makers.long_text(2), width=12),
    Row("how_known", makers.long_text(2), width=12, help=N_("What we will see or hear; it need not be a figure.")),
    Row("owner", makers.text(), width=4),
    Row("others", makers.text(), width=4),
    Row("show_on", makers.date("ahead"), width=4),
)  # fmt: skip
_LEARNT: tuple[Row | Section, ...] = (Row("learnt", makers.long_text(2), width=12),)


def trial(
    house: House, parent: QWidget, found: TrialAction | None = None, first: str = "what"
) -> RecordDialog:
    """Put an idea on the board, or change a trial."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return trials.suggest(writer, dict(values_of(edits)))
        trials.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=TrialAction, caption=N_("Trial action"), rows=_TRIAL_ROWS if found is None else (*_TRIAL_ROWS, *_LEARNT),
        explained=N_("Small: one worker and one family first. No child is named on the board."), save=save, press=SAVE,
        told=N_("It is on the board."), title=lambda: tr("Trial action"), first=first,
        key="trial_action:new" if found is None else f"trial_action:{found.id.hex()}",
        entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


_ROUND_ROWS: tuple[Row | Section, ...] = (
    Row("plan", makers.long_text(3), width=12),
    Row("tried", makers.long_text(3), width=12),
    Row("reflected", makers.long_text(3), width=12),
    Row("adjusted", makers.long_text(3), width=12, help=N_("The next round begins with it.")),
)


def round_of(house: House, parent: QWidget, found: TrialRound, first: str = "plan") -> RecordDialog:
    """Write in a round."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        trials.write_round(writer, found.id, edits)
        return found.id

    record = Record(
        cls=TrialRound, caption=N_("Round of a trial action"), rows=_ROUND_ROWS, save=save, press=SAVE,
        told=N_("It is written."), title=lambda: tr("Round of a trial action"), first=first,
        key=f"trial_round:{found.id.hex()}", entity=found.id,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


_SHEET_ROWS: tuple[Row | Section, ...] = (
    Row("effort", makers.text(N_("Children's groups, family treatment …")), width=6),
    Row("occasion", makers.choice(OCCASION_LABELS), width=6),
    Row("made_on", makers.date("back"), width=4),
    Row("next_on", makers.date("ahead"), width=4),
    Row("present", makers.text(), width=12),
)
_NAMES: tuple[Row | Section, ...] = (
    Row(
        "elements", makers.long_text(5), width=12, help=N_("One a line; left empty, those of the last sheet.")
    ),
)
_AFTER: tuple[Row | Section, ...] = (Row("agreed", makers.long_text(3), width=12),)


def sheet(
    house: House, parent: QWidget, found: KikSheet | None = None, first: str = "effort"
) -> RecordDialog:
    """Begin a KIK sheet, or change one."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return kik.begin(writer, dict(values_of(edits)))
        kik.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=KikSheet, caption=N_("KIK sheet"), rows=(*_SHEET_ROWS, *(_NAMES if found is None else _AFTER)), save=save,
        explained=N_("Quality in core elements: we look at our own work together. No child is named."), press=SAVE,
        told=N_("The KIK sheet is saved."), title=lambda: tr("KIK sheet"), first=first,
        key="kik_sheet:new" if found is None else f"kik_sheet:{found.id.hex()}",
        entity=None if found is None else found.id, shown=lambda reader: {"made_on": reader.today},
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


_ELEMENT_ROWS: tuple[Row | Section, ...] = (
    Row("name", makers.text(), width=12),
    Row("degree", makers.choice(DEGREE_LABELS, none=N_("Not said")), width=6),
    Row("quality", makers.choice(QUALITY_LABELS, none=N_("Not said")), width=6),
    Row("seen", makers.long_text(3), width=12),
    Row("better", makers.long_text(3), width=12, help=N_("It can become a trial action.")),
)


def element(house: House, parent: QWidget, of: Id, found: KikElement | None = None) -> RecordDialog:
    """Add a core element, or look at one."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            kik.add_element(writer, of, dict(values_of(edits)))
        else:
            kik.look_at(writer, entity, edits)
        return of

    record = Record(
        cls=KikElement, caption=N_("Core element"), rows=_ELEMENT_ROWS, save=save, press=SAVE,
        told=N_("It is written."), title=lambda: tr("Core element"), first="name" if found is None else "degree",
        key=f"kik_element:new:{of.hex()}" if found is None else f"kik_element:{found.id.hex()}",
        entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)
