"""Three of the four parts of the large view: the purpose, what is said, and the end. The fourth is the agreements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.heads import Field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import WARN_MINUTES, Column, MinutesForm, form_of
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meeting_run
from caseworker_app.services.forms import Edit
from caseworker_app.services.meeting_run import RunModel
from ui.house import House
from ui.tasks import Op
from ui.widgets.meeting.columns import PointColumn
from ui.widgets.meeting.large_scale import Scale
from ui.widgets.meeting.meeting_text import MeetingText
from ui.widgets.meeting.who_came import WhoCame
from ui.words import bind


class PurposePart(QWidget):
    """Why we meet today, how it will run, and who is here. With ``choices`` also what the meeting has on wish."""

    def __init__(self, house: House, *, choices: bool) -> None:
        super().__init__()
        self._house = house
        self._meeting: Id | None = None
        self._fields: Mapping[str, Field[Any]] = {}
        self.text = MeetingText(house, "purpose", N_("We meet today because"))
        self.course, self.who = QLabel(), WhoCame(house)
        self.child, self.warn = QCheckBox(), QSpinBox()
        self._choices = QWidget()
        if not choices:
            self._choices.hide()
        self._lay_out()
        self.child.clicked.connect(lambda on: self._keep("child_column", on))
        self.warn.editingFinished.connect(self._keep_warning)

    def _lay_out(self) -> None:
        heading = QLabel()
        heading.setProperty("look", "subheading")
        bind(heading.setText, "How the meeting will run")
        self.course.setWordWrap(True)
        self.course.setTextFormat(Qt.TextFormat.PlainText)
        self.course.setAlignment(Qt.AlignmentFlag.AlignTop)
        card = QFrame()
        card.setProperty("look", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(12, 8, 12, 12)
        inner.addWidget(heading)
        inner.addWidget(self.course, 1)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.text, 3)
        across.addWidget(card, 2)
        self._course_card = card
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(across, 1)
        layout.addWidget(self.who)
        layout.addWidget(self._choices)
        row = QHBoxLayout(self._choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        bind(self.child.setText, "The child has a column of its own")
        words, after = QLabel(), QLabel()
        bind(words.setText, "Say that it is time to sum up")
        bind(after.setText, "minutes before the end")
        bind(self.warn.setAccessibleName, "Minutes before the end for the summary")
        words.setBuddy(self.warn)
        self.warn.setRange(0, 240)
        self.warn.setFixedWidth(96)
        self.warn.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.warn.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        row.addWidget(self.child)
        row.addStretch(1)
        for widget in (words, self.warn, after):
            row.addWidget(widget)

    def show_model(self, model: RunModel) -> None:
        """Show the purpose and who is here."""
        meeting = model.opened.view.meeting
        self._meeting, self._fields = meeting.id, model.opened.fields[meeting.id]
        self.text.follow(self._fields)
        course = "\n".join(line.strip() for line in meeting.course.splitlines() if line.strip())
        self.course.setText(course)
        self._course_card.setVisible(bool(course))
        self.who.show_opened(model.opened)
        self.child.setChecked(meeting.child_column)
        if not self.warn.hasFocus():
            self.warn.setValue(WARN_MINUTES if meeting.warn_minutes is None else meeting.warn_minutes)

    def _keep_warning(self) -> None:
        now = self._fields["warn_minutes"].value if self._fields else None
        if self.warn.value() != (WARN_MINUTES if now is None else now):
            self._keep("warn_minutes", self.warn.value())

    def _keep(self, name: str, value: object) -> None:
        meeting = self._meeting
        if meeting is not None:
            edits = {name: Edit(value, self._fields[name].heads)}
            self._house.tasks.op(self, Op(lambda w: meeting_run.edit(w, meeting, edits)))

    def go(self) -> None:
        """Go to the purpose."""
        self.text.editor.setFocus()


class SaidPart(QWidget):
    """The three columns, on wish the child's own, or for a plain meeting what was talked about; on wish a scale."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self.columns = {column: PointColumn(house, column, "") for column in Column}
        self.scale = Scale(house)
        self.ask = QPushButton()
        self.plain = False
        self._talk: MeetingText | None = None
        bind(self.ask.setText, "Ask on a scale from 0 to 10")
        self.ask.setProperty("look", "quiet")
        self.ask.clicked.connect(self._show_scale)
        self._asked = False
        across = QHBoxLayout()
        across.setSpacing(12)
        for column in self.columns.values():
            across.addWidget(column, 1)
        self._across = across
        below = QHBoxLayout()
        below.addWidget(self.ask)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(across, 1)
        layout.addWidget(self.scale)
        layout.addLayout(below)

    def show_model(self, model: RunModel) -> None:
        """Show what is said."""
        view = model.opened.view
        self.plain = form_of(view.meeting) is not MinutesForm.COLUMNS
        for which, column in self.columns.items():
            wanted = view.meeting.child_column if which is Column.CHILD else not self.plain
            column.setVisible(wanted or bool(view.points[which]))
            column.show_opened(model.opened)
        self.scale.question.follow(model.opened.fields[view.meeting.id])
        self.scale.show_answers(view.meeting.id, model.here, model.answers)
        self._asked = self._asked or bool(view.meeting.scale_question or model.answers)
        self._turn_scale()

    def hold(self, talk: MeetingText) -> None:
        """Show what was talked about here, instead of the columns."""
        self._across.addWidget(talk, 1)
        self._talk = talk

    def _show_scale(self) -> None:
        self._asked = True
        self._turn_scale()
        self.scale.go()

    def _turn_scale(self) -> None:
        self.scale.setVisible(self._asked)
        self.ask.setVisible(not self._asked)

    def go(self) -> None:
        """Go to the first empty line."""
        if self.plain and self._talk is not None:
            self._talk.editor.setFocus()
        else:
            self.columns[Column.WORRIES].go()


class EndPart(QWidget):
    """A task for the family until next time, and the summary that is read aloud."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self.task = MeetingText(house, "family_task", N_("A task for the family until next time"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self.task, 1)

    def hold(self, summary: MeetingText) -> None:
        """Show the summary here."""
        self._row.addWidget(summary, 1)

    def go(self) -> None:
        """Go to the task."""
        self.task.editor.setFocus()
