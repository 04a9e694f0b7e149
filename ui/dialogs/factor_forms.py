"""The forms of the register of risk and protective factors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

import resources
from caseworker_app.domain.case import Case
from caseworker_app.domain.factors import DIRECTION_LABELS, Direction, Factor, FactorMark, NamedFactor
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import factors
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.tasks import Query
from ui.widgets.assessment.factor_view import EvidenceEditor, NameEditor, strength
from ui.widgets.assessment.factor_words import evidence_words
from ui.widgets.fields import makers
from ui.widgets.form_view import Row
from ui.words import tr

_FACTOR_ROWS = (
    Row("direction", makers.choice(DIRECTION_LABELS), width=4),
    Row("name", NameEditor, width=8, help=N_("Choose one, or write your own words.")),
    Row("note", makers.long_text(2), width=12),
)
_MARK_ROWS = (
    Row("marked_on", makers.date("back"), width=6),
    Row("strength", strength, width=6),
    Row(
        "words",
        makers.long_text(3),
        width=12,
        help=N_("What was seen or said; not a judgement of the person."),
    ),
    Row("evidence", EvidenceEditor, width=12, help=N_("An entry, a follow-up or a visit in the case.")),
)


def factor(house: House, case: Case, parent: QWidget, found: Factor | None = None) -> RecordDialog:
    """Note a factor, or change one that is noted."""
    listed = factors.named_factors(resources.text("catalogues", "factors.toml"))

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            values: dict[str, Any] = dict(values_of(edits))
            values["catalogue"] = _entry_of(listed, str(values.get("name", "")))
            return factors.add(writer, case.id, values)
        factors.edit(writer, entity, edits)
        return entity

    record = Record(
        cls=Factor, caption=N_("Risk or protective factor"), rows=_FACTOR_ROWS, save=save,
        told=N_("The factor is in the register."),
        key=f"factor:new:{case.id.hex()}" if found is None else f"factor:{found.id.hex()}",
        title=lambda: tr("Factor"), first="name", entity=None if found is None else found.id,
    )  # fmt: skip
    dialog = RecordDialog(house, case, record, parent)
    name = dialog.form.rows["name"].editor

    def offer(_name: str = "direction") -> None:
        if _name == "direction" and isinstance(name, NameEditor) and dialog.form.form is not None:
            direction = dialog.form.value("direction") or Direction.RISK
            name.offer([one.name for one in listed if one.direction is direction])

    dialog.form.edited.connect(offer)
    dialog.form.shown.connect(offer)
    return dialog


def _entry_of(listed: tuple[NamedFactor, ...], name: str) -> str:
    return next((one.id for one in listed if one.name.casefold() == name.strip().casefold()), "")


def mark(house: House, case: Case, found: Factor, parent: QWidget) -> RecordDialog:
    """Mark how strong a factor is."""

    def save(writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        return factors.mark(writer, found.id, dict(values_of(edits)))

    record = Record(
        cls=FactorMark, caption=N_("How strong is it?"), rows=_MARK_ROWS, save=save, told=N_("The mark is set."),
        key=f"factor_mark:new:{found.id.hex()}", title=lambda: tr("Mark: {name}", name=found.name),
        first="strength", press=N_("Mark (Ctrl+S)"), shown=lambda reader: {"marked_on": reader.today},
    )  # fmt: skip
    dialog = RecordDialog(house, case, record, parent)
    evidence = dialog.form.rows["evidence"].editor

    def offer(things: tuple[factors.Evidence, ...]) -> None:
        if isinstance(evidence, EvidenceEditor):
            evidence.offer([(one.link, evidence_words(one)) for one in things])

    house.tasks.query(dialog, Query(lambda r: factors.evidence_of(r, case.id), offer))
    return dialog
