"""Keeping the plan as it stands: when it is ready to be used, or later with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.plan import Plan, PlanVersion
from caseworker_app.i18n import N_
from caseworker_app.services import plans
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row
from ui.words import tr

_WHY = Row(
    "why",
    makers.long_text(2),
    help=N_("For instance: agreed with Emma and her parents at the meeting."),
    width=12,
)
_READY_ROWS = (Row("made_on", makers.date("back"), label=N_("Ready on")), _WHY)


class PlanVersionDialog(FormDialog):
    """Keeps a version; with ``ready`` it also says from which day the plan can be used."""

    def __init__(self, house: House, plan: Plan, *, ready: bool, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("The plan is ready to use") if ready else N_("Keep a version of the plan"),
            N_(
                "A version keeps the plan as it stands today. It is never changed and can always be read and printed."
            ),
            parent,
        )
        self._plan, self._ready = plan.id, ready
        self.form = FormView(
            house, PlanVersion, _READY_ROWS if ready else (_WHY,), self._keep,
            title=lambda _form: tr("Version of the plan"),
            said=N_("The plan is in use.") if ready else N_("A version is kept."),
            button=N_("Ready to use (Ctrl+S)") if ready else N_("Keep (Ctrl+S)"),
            keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows["why"].editor.setFocus)
        self.form.saved.connect(lambda _version: self.close())
        kind = "ready" if ready else "new"
        self.form.make(
            f"plan_version:{kind}:{plan.id.hex()}",
            stream=plan.stream,
            shown=lambda reader: {"made_on": reader.today} if ready else {},
            about=plan.id,
        )

    def _keep(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        values = dict(values_of(edits))
        why = values.get("why", "")
        if not self._ready:
            return plans.keep_version(writer, self._plan, why)
        return plans.make_ready(writer, self._plan, values.get("made_on") or writer.today, why)
