"""Recording an exception agreed with the team leader: who, when, why, and why it serves the child."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.follow_up import FollowUpException
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.rules.model import ExceptionKind
from caseworker_app.i18n import N_
from caseworker_app.services import follow_up_terms
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.follow_up.choosing import ExceptionKindEditor
from ui.widgets.form_view import FormView, Row
from ui.words import tr


def _rows(kinds: Sequence[ExceptionKind]) -> tuple[Row, ...]:
    return (
        Row("kind", lambda: ExceptionKindEditor(kinds), width=12),
        Row("agreed_by", makers.text()),
        Row("agreed_on", makers.date("back")),
        Row("reason", makers.long_text(3), width=12),
        Row("serves_child", makers.long_text(3), width=12),
    )


class ExceptionDialog(FormDialog):
    """Records an exception for an intervention. It moves no date; it changes how the extra follow-ups may be held."""

    def __init__(
        self, house: House, found: Intervention, kinds: Sequence[ExceptionKind], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            N_("Exception agreed with the team leader"),
            N_("No due date is moved or removed. Only how the extra follow-ups may be held changes; one full follow-up "
               "each half-year stays."),
            parent,
        )  # fmt: skip
        self._house, self._intervention = house, found.id
        self.form = FormView(
            house, FollowUpException, _rows(kinds), self._record,
            title=lambda _form: tr("Exception: {name}", name=found.name), said=N_("The exception is recorded."),
            button=N_("Record (Ctrl+S)"), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows["kind"].editor.setFocus)
        self.form.saved.connect(self.close)
        first = {"kind": kinds[0].id} if len(kinds) == 1 else {}
        self.form.make(
            f"exception:{found.id.hex()}",
            stream=found.stream,
            values=first,
            shown=lambda reader: {"agreed_on": reader.today},
            about=found.id,
        )

    def _record(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        values = {"agreed_on": writer.today, **dict(values_of(edits))}
        local = self._house.books.rules(writer).local.on(writer.today)
        if local is None:
            raise RuntimeError("an exception is offered by rules in force")
        return follow_up_terms.record_exception(writer, local, self._intervention, values)
