"""Marking how far a goal is: when, who says it, from 0 to 10 or in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.plan import MARK_SOURCE_LABELS, Goal, MarkSource, ProgressMark
from caseworker_app.i18n import N_
from caseworker_app.services import goals
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.form_view import FormView, Row
from ui.words import tr


def _scale() -> FieldEditor:
    from ui.widgets.plan.editors import ScaleEditor

    return ScaleEditor()


MARK_ROWS = (
    Row("marked_on", makers.date("back")),
    Row("source", makers.choice(MARK_SOURCE_LABELS)),
    Row("value", _scale, width=12),
    Row("words", makers.long_text(3), help=N_("Word for word, when the child says it."), width=12),
)


class MarkDialog(FormDialog):
    """Adds a progress mark to a goal."""

    def __init__(self, house: House, goal: Goal, parent: QWidget | None = None) -> None:
        super().__init__(N_("Mark progress"), parent=parent)
        self._goal = goal.id
        self.form = FormView(
            house, ProgressMark, MARK_ROWS, self._mark,
            title=lambda _form: tr("Progress: {name}", name=goal.text), said=N_("The progress is marked."),
            button=N_("Mark (Ctrl+S)"), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows["value"].editor.setFocus)
        self.form.saved.connect(lambda _mark: self.close())
        self.form.make(
            f"progress_mark:new:{goal.id.hex()}",
            stream=goal.stream,
            shown=lambda reader: {"marked_on": reader.today},
            about=goal.id,
        )

    def _mark(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        values = dict(values_of(edits))
        return goals.mark(
            writer,
            self._goal,
            on=values.get("marked_on") or writer.today,
            source=values.get("source") or MarkSource.WORKER,
            value=values.get("value"),
            words=values.get("words", ""),
        )
