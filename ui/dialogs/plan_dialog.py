"""The plan's own words: what the child and the parents say, what it is for, and what the law calls it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.plan import Plan
from caseworker_app.domain.plan_facts import PLAN_NAME_LABELS
from caseworker_app.i18n import N_
from caseworker_app.services import plans
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row, Section
from ui.words import tr

PLAN_ROWS = (
    Row(
        "child_words",
        makers.long_text(3),
        help=N_("Word for word. The child reads it in its own version."),
        width=12,
    ),
    Row("parents_words", makers.long_text(2), width=12),
    Row("purpose", makers.long_text(2), width=12),
    Row("family_support", makers.long_text(2), width=12),
    Section(N_("Kind and dates"), folded=True),
    Row("kind", makers.choice(PLAN_NAME_LABELS)),
    Row("begun_on", makers.date("back"), width=3),
    Row("ready_on", makers.date("back"), width=3),
)


class PlanDialog(FormDialog):
    """Edits a plan."""

    def __init__(self, house: House, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(N_("The plan's own words"), parent=parent)
        self.form = FormView(
            house, Plan, PLAN_ROWS, self._save,
            title=lambda _form: tr("The plan's own words"), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows["child_words"].editor.setFocus)
        self.form.saved.connect(lambda _plan: self.close())
        house.tasks.touched.connect(self.form.follow)
        self.form.edit(plan.id)

    def _save(self, writer: Writer, plan: Id | None, edits: Mapping[str, Edit]) -> Id:
        if plan is None:
            raise RuntimeError("a plan is begun before its words are written")
        plans.edit(writer, plan, edits)
        return plan
