"""Calling a meeting off: why, and who has been told already. Both may be written later as well."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting, MeetingState
from caseworker_app.i18n import N_
from caseworker_app.services import meetings, meetings_together, papers
from caseworker_app.services.forms import Edit
from caseworker_app.services.meetings import MeetingView
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.widgets.check import Check
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row
from ui.words import bind, bind_call, tr

_IN_SIGHT = 6
"""So many names are seen at once; the rest scroll."""


class CallOffDialog(FormDialog):
    """Calls a planned meeting off in one act; of one that is called off it changes the reason."""

    def __init__(self, house: House, view: MeetingView, parent: QWidget | None = None) -> None:
        off = view.meeting.state is MeetingState.CALLED_OFF
        super().__init__(
            N_("Why it was called off") if off else N_("Call the meeting off"),
            "" if off else N_("It stays in the list. Who is told later is ticked under Preparation."),
            parent,
        )
        self._meeting, self._off = view.meeting.id, off
        self._told: frozenset[Id] = frozenset()
        self.boxes: dict[Id, Check] = {}
        row = Row("called_off_why", makers.long_text(3), width=12)
        self.form = FormView(
            house, Meeting, (row,), self._save, title=lambda _form: tr("Call the meeting off"), keys_within=self,
            said=N_("Saved.") if off else N_("The meeting is called off. Ctrl+Z takes it back."),
            button=N_("Save (Ctrl+S)") if off else N_("Call off (Ctrl+S)"), parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        if not off and view.participants:
            self._add_people(view)
        self.form.shown.connect(self.form.rows["called_off_why"].editor.setFocus)
        self.form.saved.connect(lambda _made: self.close())
        key = f"meeting:{self._meeting.hex()}:called_off"
        if off:
            self.form.edit(self._meeting, key)
        else:
            self.form.make(key, stream=view.meeting.stream, about=self._meeting)

    def _add_people(self, view: MeetingView) -> None:
        """Put a tick for everybody who is invited between the reason and the buttons."""
        heading, everybody, inside = QLabel(self), Check(self), QWidget()
        heading.setProperty("look", "subheading")
        bind(heading.setText, N_("Who has been told that it is called off"))
        bind(everybody.setText, N_("Everybody has been told today"))
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(16, 0, 0, 0)
        lines.setSpacing(4)
        for one, name in zip(view.participants, papers.recipients(view), strict=True):
            box = self.boxes[one.id] = Check(inside)
            box.setText(name)
            bind_call(box, partial(_name, box, name))
            box.toggled.connect(self._count)
            lines.addWidget(box)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setFixedHeight(inside.sizeHint().height() * min(len(self.boxes), _IN_SIGHT) // len(self.boxes))
        everybody.clicked.connect(self._tick_all)
        self.everybody = everybody
        for widget in (heading, everybody, area):
            self.add_below(widget)

    def _tick_all(self, on: bool) -> None:
        for box in self.boxes.values():
            box.setChecked(on)

    def _count(self) -> None:
        self._told = frozenset(one for one, box in self.boxes.items() if box.isChecked())
        self.everybody.setChecked(len(self._told) == len(self.boxes))

    def _save(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        if self._off:
            meetings.edit(writer, self._meeting, edits)
        else:
            why = str(edits["called_off_why"].value) if "called_off_why" in edits else ""
            meetings_together.call_off(writer, self._meeting, why, self._told)
        return self._meeting


def _name(box: Check, name: str) -> None:
    box.setAccessibleName(tr("{name} has been told", name=name))
