"""The form over one goal: its text and both families of words, the five letters with their questions, who and when."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.plan import HELP_QUESTION_LABELS, LETTER_LABELS, Goal, Letter, missing_letters
from caseworker_app.i18n import N_
from caseworker_app.services import goals
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.form_view import FormView, Row, Section
from ui.widgets.plan.letters import FIELDS, LetterStrip
from ui.words import tr


def names() -> FieldEditor:
    """Names, one a line."""
    from ui.widgets.plan.editors import NamesEditor

    return NamesEditor()


def letter(one: Letter, width: int = 6) -> Row:
    """Return the row of a letter, its help question below it."""
    return Row(
        FIELDS[one],
        makers.long_text(2),
        label=LETTER_LABELS[one],
        help=HELP_QUESTION_LABELS[one],
        width=width,
    )


OWN_WORDS = (
    Row("child_words", makers.long_text(2)),
    Row("parents_words", makers.long_text(2)),
)
LETTERS = (
    Section(),
    letter(Letter.SPECIFIC, 12),
    letter(Letter.MEASURABLE),
    Row("indicator", makers.long_text(2), help=N_("Answers M by itself when nothing is written there.")),
    letter(Letter.ATTRACTIVE, 12),
    letter(Letter.REALISTIC),
    Row("owners", names, width=6),
    letter(Letter.TIME_BOUND),
    Row("expected_on", makers.date("ahead"), help=N_("Answers T by itself."), width=3),
    Row("start", makers.date("back"), width=3),
)
GOAL_ROWS = (Row("text", makers.long_text(2), width=12), *OWN_WORDS, *LETTERS)
_ANSWERS = ("specific", "measurable", "indicator", "attractive", "realistic", "time_bound", "expected_on")


class GoalForm(QWidget):
    """The form, and above it the five letters as they are answered while one writes. ``saved`` comes when it is."""

    saved = Signal()
    shown = Signal()

    def __init__(self, house: House, keys_within: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = LetterStrip(self)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form = FormView(
            house, Goal, GOAL_ROWS, _save,
            title=lambda form: tr("Goal: {name}", name=form.fields["text"].value), said=N_("The goal is saved."),
            footer=True, keys_within=keys_within, parent=self._area.viewport(),
        )  # fmt: skip
        self._area.setWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.strip)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.form.footer)
        self.strip.pressed.connect(self.go_to)
        self.form.shown.connect(self._shown)
        self.form.edited.connect(lambda _name: self._say_letters())
        self.form.saved.connect(self._saved)
        self.form.cancelled.connect(self._say_letters)

    def edit(self, goal: Id) -> None:
        """Show a goal."""
        if self.form.entity != goal:
            self.form.edit(goal)

    def offer(self, people: Iterable[str]) -> None:
        """Offer the people of the case as those who work with it."""
        editor = self.form.rows["owners"].editor
        from ui.widgets.plan.editors import NamesEditor

        if isinstance(editor, NamesEditor):
            editor.offer(people)

    def go_to(self, one: Letter) -> None:
        """Put the cursor where a letter is answered."""
        row = self.form.rows[FIELDS[one]]
        row.editor.setFocus()
        self._area.ensureWidgetVisible(row, 0, 24)

    def _shown(self) -> None:
        self._say_letters()
        self._area.verticalScrollBar().setValue(0)
        self.shown.emit()

    def _saved(self, _goal: object) -> None:
        self._say_letters()
        self.saved.emit()

    def _say_letters(self) -> None:
        if self.form.form is None:
            return
        written = {name: self.form.value(name) for name in _ANSWERS}
        self.strip.show_missing(missing_letters(dataclasses.replace(Goal(), **written)))


def _save(writer: Writer, goal: Id | None, edits: Mapping[str, Edit]) -> Id:
    if goal is None:
        raise RuntimeError("a new goal is made in its dialog")
    goals.edit(writer, goal, edits)
    return goal
