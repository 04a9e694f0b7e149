"""Partshøring - af barnet: asked for, held, or the reason why not, before an intervention starts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.follow_up import WAY_LABELS, PartyHearing
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import follow_up_terms
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.interventions import InterventionView
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.models.attendees import attendees
from ui.tasks import Query
from ui.widgets.fields import makers
from ui.widgets.follow_up.editors import WhoEditor
from ui.widgets.form_view import FormView, Row, Section
from ui.words import tr

_FIELDS = ("asked_on", "held_on", "way", "participants", "child_words", "assessment", "reason")
_ROWS = (
    Row("asked_on", makers.date("back")),
    Row("held_on", makers.date("back")),
    Row("way", makers.choice(WAY_LABELS)),
    Row("participants", WhoEditor, width=12),
    Row("child_words", makers.long_text(4), width=12, help=N_("Word for word, as the child said it.")),
    Row("assessment", makers.long_text(3), width=12),
    Section(N_("Or the child was not heard")),
    Row("reason", makers.long_text(2), width=12),
)


class PartyHearingDialog(FormDialog):
    """Records the child's hearing before an intervention of hers."""

    def __init__(
        self, house: House, case: Case, view: InterventionView, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            N_("Party hearing of the child"),
            N_("The child is heard before the intervention starts. What is written here becomes the journal entry "
               "“Partshøring - af barnet”."),
            parent,
        )  # fmt: skip
        found = view.intervention
        self._intervention = found.id
        self.form = FormView(
            house, PartyHearing, _ROWS, self._record,
            title=lambda _form: tr("Hearing: {name}", name=found.name), said=N_("The hearing is recorded."),
            button=N_("Record (Ctrl+S)"), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows["asked_on"].editor.setFocus)
        self.form.saved.connect(self.close)
        who = self.form.rows["participants"].editor
        if isinstance(who, WhoEditor):
            house.tasks.query(self, Query(lambda r: attendees(r, case), who.offer))
        if view.heard is not None:
            self.form.edit(view.heard.id)
        else:
            self.form.make(f"hearing:{found.id.hex()}", stream=found.stream, about=found.id)

    def _record(self, writer: Writer, hearing: Id | None, edits: Mapping[str, Edit]) -> Id:
        now = None if hearing is None else writer.get(PartyHearing, hearing)
        values = {} if now is None else {name: getattr(now, name) for name in _FIELDS}
        values |= dict(values_of(edits))
        asked = values.get("asked_on")
        if (
            asked is not None
            and values.get("held_on") is None
            and not str(values.get("reason") or "").strip()
        ):
            return follow_up_terms.ask_for_hearing(writer, self._intervention, asked)
        return follow_up_terms.record_hearing(writer, self._intervention, values)
