"""Who is there: a tick each, set beforehand; whoever is missing is taken off."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QLabel

from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Attendance, Participant
from caseworker_app.services import meetings
from caseworker_app.services.meetings import OpenMeeting
from ui.house import House
from ui.tasks import Op
from ui.widgets.flow_area import FlowArea
from ui.words import bind, bind_call, tr

AWAY = (Attendance.DECLINED, Attendance.ABSENT)


class WhoCame(QFrame):
    """The ticks of the participants, as they stand in the minutes."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house
        self.boxes: dict[Id, QCheckBox] = {}
        self._names: dict[Id, str] = {}
        self.setProperty("look", "card")
        heading, help_ = QLabel(), QLabel()
        heading.setProperty("look", "subheading")
        help_.setProperty("look", "muted")
        bind(heading.setText, "Who is here?")
        bind(help_.setText, "Take the tick off whoever did not come.")
        self._area = FlowArea(16)
        self._flow = self._area.flow
        self._nobody = QLabel()
        bind(self._nobody.setText, "Nobody is invited yet. Choose the participants first.")
        self._nobody.setMinimumHeight(28)
        self._flow.addWidget(self._nobody)
        self._heading, self._help = heading, help_
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(12, 4, 12, 4)
        self._across.addWidget(heading, 0, Qt.AlignmentFlag.AlignTop)
        self._across.addWidget(self._area, 1)
        self._across.addWidget(help_, 0, Qt.AlignmentFlag.AlignTop)
        self._turn()
        heading.setMinimumHeight(28)
        help_.setMinimumHeight(28)
        bind_call(self, self._say_names)

    def _turn(self) -> None:
        """Let the words stand over and under the names where beside them they would take half of the room."""
        words = self._heading.sizeHint().width() + self._help.sizeHint().width()
        above = words * 2 > self.width()
        way = QBoxLayout.Direction.TopToBottom if above else QBoxLayout.Direction.LeftToRight
        self._across.setDirection(way)
        self._across.setSpacing(2 if above else 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def show_opened(self, opened: OpenMeeting) -> None:
        """Show who came, as far as it is known."""
        participants = opened.view.participants
        if [p.id for p in participants] != list(self.boxes):
            self._place(participants)
        for participant in participants:
            box = self.boxes[participant.id]
            box.setChecked(participant.attendance not in AWAY)
            box.setText(participant.name.replace("&", "&&"))
            self._names[participant.id] = participant.name
        self._nobody.setVisible(not participants)
        self._say_names()

    def _place(self, participants: tuple[Participant, ...]) -> None:
        for box in self.boxes.values():
            self._flow.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for participant in participants:
            box = QCheckBox()
            box.clicked.connect(lambda came, one=participant.id: self._note(one, came))
            self._flow.addWidget(box)
            self.boxes[participant.id] = box

    def _say_names(self) -> None:
        for one, box in self.boxes.items():
            box.setAccessibleName(tr("{name} came", name=self._names.get(one, "")))

    def _note(self, participant: Id, came: bool) -> None:
        attendance = Attendance.CAME if came else Attendance.ABSENT
        note = Op(lambda w: meetings.set_attendance(w, participant, attendance))
        self._house.tasks.op(self, note)
