"""A new goal or subgoal: one sentence and the child's own words first; the letters can wait until they are answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.plan import HELP_QUESTION_LABELS, Goal, Letter, Plan
from caseworker_app.i18n import N_
from caseworker_app.services import goals
from caseworker_app.services.forms import Edit, Form, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row, Section
from ui.widgets.plan.editors import NamesEditor
from ui.widgets.plan.goal_form import letter, names
from ui.words import tr

NEW_GOAL_ROWS = (
    Row("text", makers.long_text(2), help=HELP_QUESTION_LABELS[Letter.SPECIFIC], width=12),
    Row("child_words", makers.long_text(2), width=12),
    Row("expected_on", makers.date("ahead"), help=HELP_QUESTION_LABELS[Letter.TIME_BOUND]),
    Row("owners", names),
    Section(N_("The letters, and the parents' words"), folded=True),
    letter(Letter.SPECIFIC),
    letter(Letter.MEASURABLE),
    letter(Letter.ATTRACTIVE),
    letter(Letter.REALISTIC),
    Row("parents_words", makers.long_text(2), width=12),
)


class GoalDialog(FormDialog):
    """Makes a goal of a plan, or a subgoal of ``above``; what is missing makes it a draft that says so."""

    def __init__(
        self,
        house: House,
        plan: Plan,
        people: Iterable[str],
        above: Goal | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            N_("New goal") if above is None else N_("New subgoal"),
            N_("One sentence is enough to begin with. A goal that lacks a letter is a draft and says which."),
            parent,
        )
        self._plan, self._above = plan.id, None if above is None else above.id
        self.form = FormView(
            house, Goal, NEW_GOAL_ROWS, self._add,
            title=_title, said=N_("The goal is added as a draft."), button=N_("Add (Ctrl+S)"),
            keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        owners = self.form.rows["owners"].editor
        if isinstance(owners, NamesEditor):
            owners.offer(people)
        self.form.shown.connect(self.form.rows["text"].editor.setFocus)
        self.form.saved.connect(lambda _goal: self.close())
        place = plan.id if above is None else above.id
        self.form.make(f"goal:new:{place.hex()}", stream=plan.stream, about=plan.id)

    def _add(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        return goals.add(writer, self._plan, dict(values_of(edits)), self._above)


def _title(form: Form[Any]) -> str:
    text = form.fields["text"].value
    return tr("Goal: {name}", name=text) if text else tr("New goal")
