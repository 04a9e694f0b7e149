"""The forms of measurements: a planned one, an answer with what was said and seen, why one is let go, an own instrument."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import short_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import BETTER_LABELS, RESPONDENT_LABELS, Instrument
from caseworker_app.domain.measurement import (
    ANSWERED_LABELS,
    PHASE_LABELS,
    Measurement,
    MeasurementPlan,
    OwnInstrument,
)
from caseworker_app.domain.meeting import Meeting, kind_name
from caseworker_app.i18n import N_
from caseworker_app.services import instruments, measurements
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.instruments import Shelf
from caseworker_app.services.measurement_views import CaseMeasures
from caseworker_app.services.ports import Writer
from ui.dialogs.record_dialog import Record, RecordDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.fields.figures import figure
from ui.widgets.form_view import Row, Section
from ui.widgets.measures.editors import named
from ui.widgets.measures.scores import ScoresEditor
from ui.words import tr

SAVE = N_("Save (Ctrl+S)")
_NO_ANSWER = N_("If there is no answer")


def plan(
    house: House, parent: QWidget, loaded: CaseMeasures, found: MeasurementPlan | None = None
) -> RecordDialog:
    """Plan a measurement, or change a planned one."""
    case, shelf = loaded.case, loaded.shelf

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return measurements.plan(writer, shelf, case.id, dict(values_of(edits)))
        measurements.edit_plan(writer, shelf, entity, edits)
        return entity

    offered = {one.id: one.name for one in shelf.offered(loaded.today)}
    if found is not None:
        offered.setdefault(found.instrument, _name(shelf, found.instrument))
    meetings = {one.id: _meeting(one) for one in loaded.meetings if one.when is not None}
    rows: tuple[Row | Section, ...] = (
        Row("instrument", named(offered), width=5),
        Row("phase", makers.choice(PHASE_LABELS), width=3),
        Row("due", makers.date("ahead"), width=4),
        Row("respondent", makers.choice(RESPONDENT_LABELS), width=6),
        Row("who", makers.text(), width=6),
        Row(
            "asked",
            makers.text(),
            width=12,
            help=N_("Only for a scale of one's own: the same words each time."),
        ),
        Row("introduces", makers.text(), width=4),
        Row("feedback", makers.text(), width=4),
        Row("registers", makers.text(), width=4),
        Row("meeting", named(meetings, N_("None of them")), width=6),
        Row("meeting_words", makers.text(), width=6),
    )
    record = Record(
        cls=MeasurementPlan, caption=N_("Planned measurement"), rows=rows, save=save, press=SAVE,
        explained=N_("The one after is planned with the one before, so that it is not lost."),
        told=N_("The measurement is planned."), title=lambda: tr("Planned measurement"), first="instrument",
        key=f"measurement_plan:new:{case.id.hex()}" if found is None else f"measurement_plan:{found.id.hex()}",
        entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def let_go(house: House, case: Case, parent: QWidget, found: MeasurementPlan) -> RecordDialog:
    """Say why a planned measurement is not taken."""

    def save(writer: Writer, _entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        why = str(edits["let_go"].value) if "let_go" in edits else ""
        measurements.let_go(writer, found.id, why)
        return found.id

    record = Record(
        cls=MeasurementPlan, caption=N_("The measurement is not taken"), save=save, press=SAVE, first="let_go",
        rows=(Row("let_go", makers.long_text(3), width=12),), told=N_("The measurement is let go, with its reason."),
        title=lambda: tr("The measurement is not taken"), key=f"measurement_plan:{found.id.hex()}:let_go",
        entity=found.id,
    )  # fmt: skip
    return RecordDialog(house, case, record, parent)


def measurement(
    house: House,
    parent: QWidget,
    loaded: CaseMeasures,
    instrument: Instrument,
    planned: MeasurementPlan | None = None,
    found: Measurement | None = None,
) -> RecordDialog:
    """Register an answer to an instrument, to what was planned where it was; or change one."""
    case, shelf = loaded.case, loaded.shelf
    about: dict[str, Any] = {"instrument": instrument.id, "plan": None if planned is None else planned.id}
    shown = _shown(instrument, planned)

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            values = {**about, **shown, **dict(values_of(edits))}
            return measurements.record(writer, shelf, case.id, values)
        measurements.edit(writer, shelf, entity, edits)
        return entity

    def note(first: str, by: str) -> tuple[Row, Row]:
        return Row(first, makers.long_text(2), width=8), Row(by, makers.text(), width=4)

    answers = {one: RESPONDENT_LABELS[one] for one in instrument.respondents}
    alarmed = any(one.alarm for one in instrument.scales)
    rows: tuple[Row | Section, ...] = (
        Row("scores", lambda: ScoresEditor(instrument), width=12),
        *((Row("safety", makers.long_text(2), width=12),) if alarmed else ()),
        Row("taken_on", makers.date("back"), width=4),
        Row("phase", makers.choice(PHASE_LABELS), width=4),
        Row("respondent", makers.choice(answers), width=4),
        Row("who", makers.text(), width=6),
        Row("asked", makers.text(), width=6),
        *note("own_words", "own_words_by"),
        *note("observation", "observed_by"),
        *note("note", "note_by"),
        Row("came_from", makers.text(N_("Paper, skolesundhed.dk, FIT-outcomes …")), width=8),
        Row("together", makers.flag(N_("Filled in together with the citizen")), width=4),
        Section(_NO_ANSWER, folded=True),
        Row("answered", makers.choice(ANSWERED_LABELS), width=4),
        Row("reason", makers.text(), width=8),
    )
    record = Record(
        cls=Measurement, caption=N_("Measurement"), rows=rows, save=save, press=SAVE, first="scores",
        explained=N_("Only the scores are kept, no question of the instrument. A number never stands alone: write what was "
                     "said and seen."),
        told=N_("The measurement is registered."), title=lambda: f"{tr('Measurement')}: {instrument.name}",
        key=measurement_key(case.id, instrument.id, planned) if found is None else f"measurement:{found.id.hex()}",
        entity=None if found is None else found.id,
        shown=lambda reader: {"taken_on": reader.today, **shown},
    )  # fmt: skip
    dialog = RecordDialog(house, case, record, parent)
    _say_instrument(dialog, instrument)
    return dialog


def _say_instrument(dialog: RecordDialog, instrument: Instrument) -> None:
    """Say above the form which instrument it is, and how it is answered."""
    called = f"{instrument.name} ({instrument.full_name})" if instrument.full_name else instrument.name
    room = dialog.layout()
    if isinstance(room, QVBoxLayout):
        for at, (words, look) in enumerate(((called, "subheading"), (instrument.help, "")), start=1):
            label = QLabel(words, dialog)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("look", look)
            label.setVisible(bool(words))
            room.insertWidget(at, label)


def measurement_key(case: Id, instrument: str, planned: MeasurementPlan | None) -> str:
    """Return the key of the draft of a new measurement."""
    of = "" if planned is None else planned.id.hex()
    return f"measurement:new:{case.hex()}:{instrument}:{of}"


def _shown(instrument: Instrument, planned: MeasurementPlan | None) -> dict[str, Any]:
    if planned is None:
        return {"respondent": instrument.respondents[0]}
    return {
        "respondent": planned.respondent,
        "who": planned.who,
        "phase": planned.phase,
        "asked": planned.asked,
    }


def own(
    house: House, parent: QWidget, shipped: Mapping[str, Instrument], found: OwnInstrument | None = None
) -> RecordDialog:
    """Add an instrument of the municipality's own, or change one."""

    def save(writer: Writer, entity: Id | None, edits: Mapping[str, Edit]) -> Id:
        if entity is None:
            return instruments.add(writer, shipped, dict(values_of(edits)))
        instruments.edit(writer, shipped, entity, edits)
        return entity

    rows: tuple[Row | Section, ...] = (
        Row("name", makers.text(), width=8),
        Row("better", makers.choice(BETTER_LABELS), width=4),
        Row("question", makers.text(), width=12),
        Row("lowest", figure, width=3),
        Row("highest", figure, width=3),
        Row("screen", makers.flag(N_("May be filled in on the screen")), width=6),
        Row("scales", makers.long_text(3), width=12, help=N_("One a line; left empty, there is one.")),
        Row("explained", makers.long_text(3), width=12),
        Row("source", makers.text(), width=12),
    )
    record = Record(
        cls=OwnInstrument, caption=N_("Own instrument"), rows=rows, save=save, press=SAVE, first="name",
        explained=N_("Of an instrument with a licence only the scores are kept: write none of its questions here."),
        told=N_("The instrument is saved."), title=lambda: tr("Own instrument"),
        key="own_instrument:new" if found is None else f"own_instrument:{found.id.hex()}",
        entity=None if found is None else found.id,
    )  # fmt: skip
    return RecordDialog(house, None, record, parent)


def _name(shelf: Shelf, instrument: str) -> str:
    found = shelf.get(instrument)
    return instrument if found is None else found.name


def _meeting(one: Meeting) -> str:
    day = None if one.when is None else one.when.day
    called = tr(kind_name(one))
    return called if day is None else f"{called}, {short_date(day, i18n.current().language)}"
