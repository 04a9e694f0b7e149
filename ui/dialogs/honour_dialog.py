"""A concern about honour-related conflict or negative social control, and its risk assessment."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.honour import INVOLVEMENT_LABELS, HonourConcern
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import honour
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.models.caseload_rows import child_words
from ui.tasks import Op
from ui.widgets.complaint import Complaint
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row, Section
from ui.words import bind, tr

_ROWS = (
    Row("noted_on", makers.date("back")),
    Row("reason", makers.long_text(3), width=12),
    Section(N_("The risk assessment, now or later")),
    Row("assessed_on", makers.date("back"), help=N_("Today, when nothing is written.")),
    Row("assessed_by", makers.text(), help=N_("You, when nothing is written.")),
    Row("conclusion", makers.long_text(4), width=12),
    Row("parents", makers.choice(INVOLVEMENT_LABELS, N_("Not said"))),
    Row("network", makers.choice(INVOLVEMENT_LABELS, N_("Not said"))),
)


def honour_key(case: Id) -> str:
    """Return the key under which the draft of a new concern is kept."""
    return f"honour:{case.hex()}"


class HonourDialog(FormDialog):
    """Notes a concern (without ``concern``), or opens one to write its risk assessment or take it back."""

    def __init__(
        self, house: House, case: Case, concern: Id | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            N_("Honour-related conflict or negative social control"),
            N_("Until the risk assessment is written, nothing is shown to the family and nobody is invited from a map "
               "(Barnets lov § 18, stk. 3). The concern is on no copy for the family."),
            parent,
        )  # fmt: skip
        self._house, self._case, self._concern = house, case, concern
        self.form = FormView(
            house, HonourConcern, _ROWS, self._save,
            title=lambda _form: tr("Concern: {name}", name=child_words(case)),
            said=N_("The concern is saved."), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.why, self.take_back, self.complaint = QLineEdit(), QPushButton(), Complaint()
        self.hold(self.form)
        if concern is not None:
            self._offer_taking_back()
        first = "reason" if concern is None else "conclusion"
        self.form.shown.connect(self.form.rows[first].editor.setFocus)
        self.form.saved.connect(self.close)
        if concern is not None:
            self.form.edit(concern)
        else:
            self.form.make(
                honour_key(case.id),
                stream=case.stream,
                shown=lambda reader: {"noted_on": reader.today},
                about=case.id,
            )

    def _save(self, writer: Writer, concern: Id | None, edits: Mapping[str, Edit]) -> Id:
        if concern is None:
            return honour.note(writer, self._case.id, dict(values_of(edits)))
        honour.edit(writer, concern, edits)
        return concern

    def _offer_taking_back(self) -> None:
        row, label = QWidget(), QLabel()
        bind(label.setText, "It was no such concern:")
        bind(self.why.setPlaceholderText, "Why it is taken back")
        bind(self.why.setAccessibleName, "Why it is taken back")
        bind(self.take_back.setText, "Take back the concern")
        self.take_back.setAutoDefault(False)
        self.take_back.clicked.connect(self._take_back)
        self.why.setMaxLength(2000)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        for widget, stretch in ((label, 0), (self.why, 1), (self.take_back, 0)):
            across.addWidget(widget, stretch)
        self.add(row)
        self.add(self.complaint)

    def _take_back(self) -> None:
        concern, why = self._concern, self.why.text()
        if concern is None:
            return
        self.complaint.clear()
        op = Op(
            lambda w: honour.take_back(w, concern, why),
            done=self._taken_back,
            said=N_("The concern is taken back. Ctrl+Z brings it again."),
            failed=self._refused,
        )
        self._house.tasks.op(self, op)

    def _taken_back(self, _nothing: None) -> None:
        self.close()

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)
        self.why.setFocus()
