"""Ending an intervention: its last day, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import BREAKDOWNS, END_REASON_LABELS, EndReason, Intervention
from caseworker_app.i18n import N_
from caseworker_app.services import interventions
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row
from ui.words import tr

_ROWS = (
    Row("ended_on", makers.date("back"), label=N_("Last day")),
    Row("end_reason", makers.choice(END_REASON_LABELS)),
    Row("end_note", makers.long_text(3), width=12),
)


class EndInterventionDialog(FormDialog):
    """Ends an intervention; what was due after its last day falls away, what was late stays."""

    def __init__(self, house: House, found: Intervention, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("End the intervention"),
            N_(
                "What is due after the last day falls away. What is late by then stays until it is done or waived."
            ),
            parent,
        )
        self._house, self._found, self._intervention = house, found, found.id
        self._reason: EndReason | None = None
        self._last: dt.date | None = None
        self.form = FormView(
            house, Intervention, _ROWS, self._end,
            title=lambda _form: tr("End: {name}", name=found.name), said=N_("The intervention is ended."),
            button=N_("End it (Ctrl+S)"), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows["ended_on"].editor.setFocus)
        self.form.saved.connect(self._ended)
        self.form.make(
            f"intervention:{found.id.hex()}:end",
            stream=found.stream,
            shown=lambda reader: {"ended_on": reader.today},
            about=found.id,
        )

    def _ended(self, _intervention: object) -> None:
        """Close; a placement that broke down asks why, and what comes next."""
        self.close()
        if self._reason in BREAKDOWNS and self._found.placement:
            from ui.dialogs.complaint_forms import breakdown

            ended = replace(self._found, ended_on=self._last, end_reason=self._reason)
            breakdown(self._house, None, self.parentWidget(), ended).open()

    def _end(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        on = edits["ended_on"].value if "ended_on" in edits else writer.today
        reason = edits["end_reason"].value if "end_reason" in edits else None
        if on is None:
            raise InvalidInput("ended_on", "Write the last day.")
        if reason is None:
            raise InvalidInput("end_reason", "Choose why it ended.")
        note = edits["end_note"].value if "end_note" in edits else ""
        interventions.end(writer, self._intervention, on, reason, note)
        self._last, self._reason = on, reason
        return self._intervention
