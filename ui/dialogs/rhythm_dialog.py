"""The decision on how follow-up goes on after the first one: how often, why, what the child wishes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.follow_up import RhythmDecision
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.i18n import N_
from caseworker_app.services import follow_up_terms
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.follow_up.editors import RhythmEditor
from ui.widgets.form_view import FormView, Row, Section
from ui.words import tr

_ROWS = (
    Row("rhythm", RhythmEditor, width=5, label=N_("How often, every")),
    Row("decided_on", makers.date("back"), width=7),
    Row("form", makers.long_text(2), width=12, help=N_("Where, with whom, in what way.")),
    Row("reasons", makers.long_text(3), width=12),
    Row(
        "child_wish", makers.long_text(3), width=12, help=N_("In the child's words; or why it is not known.")
    ),
    Section(N_("The reasons were given")),
    Row("told_child_on", makers.date("back"), label=N_("To the child on")),
    Row("told_parents_on", makers.date("back"), label=N_("To the parents on")),
)


class RhythmDialog(FormDialog):
    """Records the decision on the further rhythm for an intervention."""

    def __init__(self, house: House, found: Intervention, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Decide the rhythm of follow-ups"),
            N_("After the first follow-up the law asks for a decision on how follow-up goes on, with reasons and the "
               "child's wish (barnets lov § 95). The local standard goes on beside it."),
            parent,
        )  # fmt: skip
        self._intervention = found.id
        self.form = FormView(
            house, RhythmDecision, _ROWS, self._decide,
            title=lambda _form: tr("Rhythm: {name}", name=found.name), said=N_("The decision is recorded."),
            button=N_("Record (Ctrl+S)"), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows["rhythm"].editor.setFocus)
        self.form.saved.connect(self.close)
        self.form.make(
            f"rhythm:{found.id.hex()}",
            stream=found.stream,
            shown=lambda reader: {"decided_on": reader.today},
            about=found.id,
        )

    def _decide(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        return follow_up_terms.decide_rhythm(writer, self._intervention, dict(values_of(edits)))
