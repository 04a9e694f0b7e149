"""The urgent assessment of a notification: when, by whom, what was found; it settles the clock of 24 hours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.notification import Notification
from caseworker_app.i18n import N_
from caseworker_app.services import office, settling
from caseworker_app.services.deadline import Deadline
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.models.due_rows import what_words
from ui.widgets.fields import makers
from ui.widgets.follow_up.editors import MomentEditor
from ui.widgets.form_view import FormView, Row

_ROWS = (
    Row("assessed_at", MomentEditor, width=6),
    Row("assessed_by", makers.text(), width=6),
    Row("acute", makers.flag(N_("Needs help at once")), width=12),
    Row("assessment", makers.long_text(4), width=12),
)


class AssessmentDialog(FormDialog):
    """Records the assessment of the notification a deadline runs from."""

    def __init__(self, house: House, one: Deadline, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Urgent assessment"),
            N_(
                "The day and the hour are written on the notification, and the clock of 24 hours is settled by it."
            ),
            parent,
        )
        self._one = one
        self.form = FormView(
            house, Notification, _ROWS, self._assess,
            title=lambda _form: what_words(one), said=N_("It is noted as done. Ctrl+Z opens it again."),
            button=N_("Record (Ctrl+S)"), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows["assessment"].editor.setFocus)
        self.form.saved.connect(self.close)
        self.form.make(
            f"assessment:{one.subject.hex()}", stream=one.case.stream, shown=_beforehand, about=one.case.id
        )

    def _assess(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        return settling.assess(writer, self._one, dict(values_of(edits)))


def _beforehand(reader: Reader) -> dict[str, Any]:
    return {"assessed_at": reader.now, "assessed_by": office.house(reader).worker.name}
