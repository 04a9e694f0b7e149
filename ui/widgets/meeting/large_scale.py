"""A scaling question at the meeting: 0 to 10, and who answered what. Put there only on wish."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting, Participant
from caseworker_app.domain.meeting_run import HIGHEST, LOWEST, ScaleAnswer
from caseworker_app.services import meeting_run
from ui.house import House
from ui.tasks import Op
from ui.widgets.fields.text import LineEditor
from ui.widgets.flow import FlowLayout
from ui.widgets.meeting.saved_row import Keeping, SavedRow
from ui.words import bind, bind_call, tr

_TOGETHER_S = 0.8
"""A 1 and a 0 within so many seconds are a 10."""


class ScaleQuestion(SavedRow):
    """The question, one line of the meeting itself."""

    def __init__(self, house: House) -> None:
        self.editor = LineEditor(
            "On a scale from 0 to 10: how …? 0 is the worst you can think of, 10 the best."
        )
        keeping = Keeping(Meeting, None, meeting_run.edit, check=meeting_run.checked)
        super().__init__(house, keeping, {"scale_question": self.editor})
        self.add_body(self.editor)
        bind(self.editor.line.setAccessibleName, "Scaling question from 0 to 10")


class ScaleNumbers(QWidget):
    """The eleven numbers. A digit chooses, arrows go on, Enter or a press answers: ``pressed`` is called with it."""

    def __init__(self, pressed: object) -> None:
        super().__init__()
        self._pressed = pressed
        self._typed = (-1, 0.0)
        self.group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.buttons: list[QPushButton] = []
        for number in range(LOWEST, HIGHEST + 1):
            button = QPushButton(str(number))
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("look", "number")
            button.clicked.connect(partial(self._answer, number))
            self.group.addButton(button, number)
            self.buttons.append(button)
            layout.addWidget(button)
        bind_call(self, self._say)

    def _say(self) -> None:
        for number, button in enumerate(self.buttons):
            button.setAccessibleName(tr("{number} of 10", number=number))

    def _answer(self, number: int, _checked: bool = False) -> None:
        if callable(self._pressed):
            self._pressed(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit goes to its number, 1 and 0 together to 10; Enter answers with the number one is at."""
        typed = event.text()
        if typed.isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            before, moment = self._typed
            number = (
                HIGHEST if before == 1 and typed == "0" and monotonic() - moment < _TOGETHER_S else int(typed)
            )
            self._typed = (number, monotonic())
            self.buttons[number].setFocus()
            self.buttons[number].setChecked(True)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for number, button in enumerate(self.buttons):
                if button.hasFocus():
                    self._answer(number)
        else:
            super().keyPressEvent(event)

    def show_number(self, number: int | None) -> None:
        """Show what was answered."""
        self.group.setExclusive(False)
        for at, button in enumerate(self.buttons):
            button.setChecked(at == number)
        self.group.setExclusive(True)


class Scale(QFrame):
    """The question, who answers, the numbers, and the answers so far."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house
        self._here: dict[Id, str] = {}
        self._answers: dict[Id, int] = {}
        self._meeting: Id | None = None
        self._who: Id | None = None
        self.setProperty("look", "card")
        self.question = ScaleQuestion(house)
        self.numbers = ScaleNumbers(self._answer)
        people = QWidget()
        self._flow = FlowLayout(people, 8)
        self.people: dict[Id, QPushButton] = {}
        heading = QLabel()
        heading.setProperty("look", "subheading")
        bind(heading.setText, "Scaling question")
        heading.setBuddy(self.question.editor.line)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(heading)
        top.addWidget(self.question, 1)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(people, 1)
        below.addWidget(self.numbers, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(below)
        bind(self.setAccessibleName, "Scaling question")
        bind_call(self, self._say)

    def show_answers(self, meeting: Id, here: Sequence[Participant], answers: Sequence[ScaleAnswer]) -> None:
        """Show who is here with what each has answered."""
        self._meeting = meeting
        named = {one.id: one.name for one in here}
        self._answers = {a.participant: a.value for a in answers if a.participant and a.value is not None}
        if list(named) != list(self._here):
            self._place(named)
        self._here = named
        if self._who not in named:
            self._who = next((one for one in named if one not in self._answers), None)
        self._say()

    def _place(self, named: dict[Id, str]) -> None:
        for button in self.people.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.people = {}
        for one in named:
            button = QPushButton()
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._choose, one))
            self._flow.addWidget(button)
            self.people[one] = button

    def _choose(self, one: Id, _checked: bool = False) -> None:
        self._who = one
        self._say()
        self.numbers.buttons[self._answers.get(one, 5)].setFocus()

    def _answer(self, number: int) -> None:
        meeting, who = self._meeting, self._who
        if meeting is None or who is None:
            self.numbers.show_number(None)
            return
        self._house.tasks.op(self, Op(lambda w: meeting_run.answer(w, meeting, who, number)))
        self._answers[who] = number
        waiting = [one for one in self._here if one not in self._answers]
        self._who = waiting[0] if waiting else who
        self._say()

    def _say(self) -> None:
        for one, button in self.people.items():
            name = self._here.get(one, "").replace("&", "&&")
            given = self._answers.get(one)
            words = f"{name}: {given}" if given is not None else name
            if button.text() != words:
                button.setText(words)
                button.setAccessibleName(
                    tr("{name} answered {number} of 10", name=self._here.get(one, ""), number=given)
                    if given is not None
                    else tr("{name} answers", name=self._here.get(one, ""))
                )
            button.setChecked(one == self._who)
        self.numbers.show_number(None if self._who is None else self._answers.get(self._who))

    def go(self) -> None:
        """Go to the question, or to the numbers where it is written."""
        if self.question.editor.value():
            self.numbers.buttons[5].setFocus()
        else:
            self.question.editor.setFocus()
