"""One participant in the list: name, function, how the letter speaks, the answer, and for a professional the number."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import ATTENDANCE_LABELS, Audience, Participant
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meetings
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from ui import icons
from ui.house import House
from ui.theme import TARGET
from ui.widgets.fields.choice import ChoiceEditor, FlagEditor
from ui.widgets.fields.text import LineEditor
from ui.widgets.meeting.saved_row import Keeping, SavedRow
from ui.words import bind_call, tr

AUDIENCE_LABELS = {
    Audience.CHILD: N_("Child"),
    Audience.PARENT: N_("Parent"),
    Audience.NETWORK: N_("Network"),
    Audience.PROFESSIONAL: N_("Professional"),
}
WIDTHS = {"audience": 140, "attendance": 160, "number_on_minutes": 80, "buttons": 104}
_LABELS = {
    "name": N_("Name"),
    "function": N_("Role or function"),
    "audience": N_("Spoken to as"),
    "attendance": N_("Answer"),
    "number_on_minutes": N_("CPR on the minutes"),
}


def _edit(writer: Writer, participant: Id, edits: Mapping[str, Edit]) -> None:
    """Keep what was changed; an answer alone is an act of its own name."""
    if set(edits) == {"attendance"}:
        meetings.set_attendance(writer, participant, edits["attendance"].value)
    else:
        meetings.edit_participant(writer, participant, edits)


class InviteeRow(SavedRow):
    """``moved`` carries -1 or 1, ``removed`` nothing."""

    moved = Signal(int)
    removed = Signal()

    def __init__(self, house: House) -> None:
        self.name, self.function = LineEditor(), LineEditor()
        self.audience, self.attendance = ChoiceEditor(AUDIENCE_LABELS), ChoiceEditor(ATTENDANCE_LABELS)
        self.number = FlagEditor(N_("CPR"))
        editors = {
            "name": self.name, "function": self.function, "audience": self.audience,
            "attendance": self.attendance, "number_on_minutes": self.number,
        }  # fmt: skip
        super().__init__(house, Keeping(Participant, None, _edit), editors)
        self.up, self.down = self._button("up"), self._button("down")
        self.remove = self._button("close")
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.remove.clicked.connect(self.removed)
        self._never = QLabel("–")
        self._lay_out()
        for line in (self.name.line, self.function.line):
            line.returnPressed.connect(self.commit)
        self.audience.edited.connect(self._audience_chosen)
        self.attendance.edited.connect(self.commit)
        self.number.edited.connect(self.commit)
        bind_call(self, self._say_names)

    def _button(self, icon: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("look", "quiet")
        button.setStyleSheet("QToolButton { padding: 0; }")
        button.setFixedSize(TARGET, TARGET)
        if icon == "close":
            icons.dress(button, icon)
        else:
            button.setText("↑" if icon == "up" else "↓")
        return button

    def _lay_out(self) -> None:
        body, buttons = QWidget(), QWidget()
        near = QHBoxLayout(buttons)
        near.setContentsMargins(0, 0, 0, 0)
        near.setSpacing(4)
        for button in (self.up, self.down, self.remove):
            near.addWidget(button)
        number = QWidget()
        either = QHBoxLayout(number)
        either.setContentsMargins(0, 0, 0, 0)
        either.addWidget(self.number)
        either.addWidget(self._never)
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.name, 5)
        layout.addWidget(self.function, 4)
        for widget, key in (
            (self.audience, "audience"),
            (self.attendance, "attendance"),
            (number, "number_on_minutes"),
            (buttons, "buttons"),
        ):
            widget.setFixedWidth(WIDTHS[key])
            layout.addWidget(widget)
        self.add_body(body)

    def _audience_chosen(self) -> None:
        """Take the number off the copy of somebody who is no professional, before the rule has to refuse it."""
        if self.audience.value() is not Audience.PROFESSIONAL:
            self.number.show_value(False)
        self._show_number()
        self.commit()

    def _show_number(self) -> None:
        professional = self.audience.value() is Audience.PROFESSIONAL
        self.number.setVisible(professional)
        self._never.setVisible(not professional)

    def show_place(self, place: int, of: int, role: str) -> None:
        """Show what depends on where in the list it stands, and the role that is printed when no other is written."""
        self.function.line.setPlaceholderText(role)
        self.up.setEnabled(place > 0)
        self.down.setEnabled(place < of - 1)
        self._show_number()
        self._say_names()

    def _say_names(self) -> None:
        name = self.name.line.text()
        for field, editor in self.editors.items():
            editor.name_parts(tr("{name}: {field}", name=name, field=tr(_LABELS[field])))
        never = tr("The CPR number never stands on a copy to the family or the network.")
        self._never.setToolTip(never)
        self._never.setAccessibleName(never)
        self.number.setToolTip(tr("The CPR number on this copy of the minutes"))
        for button, words in (
            (self.up, tr("Move {name} up", name=name)),
            (self.down, tr("Move {name} down", name=name)),
            (self.remove, tr("Take {name} off the list", name=name)),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
