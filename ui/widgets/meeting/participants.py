"""Who takes part: chosen from the case or typed in, in the order of the invitation, with their answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Audience, Participant
from caseworker_app.i18n import N_
from caseworker_app.services import meetings, papers
from caseworker_app.services.meetings import MeetingView, OpenMeeting
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.tasks import Op
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.choosing import Choosing
from ui.widgets.meeting.invitee import WIDTHS, InviteeRow
from ui.widgets.meeting.part import Loaded, Part
from ui.words import bind, bind_call, tr

IN_SIGHT, AT_ONCE, REUSED_AT_ONCE = 14, 4, 9
"""How many lines are made at once when a meeting is opened, and how many at a time after that: made anew, or another's."""


class ParticipantsPart(Part):
    """On the left whom to choose from, on the right who is invited."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._view: MeetingView | None = None
        self.rows: dict[Id, InviteeRow] = {}
        self._spare: list[InviteeRow] = []
        self._opened: OpenMeeting | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._place_rest)
        self.choosing = Choosing()
        self.choosing.setFixedWidth(288)
        self.choosing.ticked.connect(self._tick)
        self.choosing.typed.connect(self._invite_name)
        self.complaint = Complaint()
        self.note = QLabel()
        self.note.setProperty("look", "note")
        self._rule = QLabel()
        self._rule.setProperty("look", "muted")
        for label in (self.note, self._rule):
            label.setWordWrap(True)
        bind(self._rule.setText, "The CPR number never stands on a copy to the family or the network.")
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        bind(self._empty.setText, "Nobody is invited yet. Tick people on the left, or write a name.")
        self._lay_out()
        bind_call(self, self._say_notes)

    def _lay_out(self) -> None:
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        self._list.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        right = QFrame()
        right.setProperty("look", "card")
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 8, 4, 8)
        column.setSpacing(8)
        self._head = self._heading()
        for widget in (self._head, self._empty, self.complaint):
            column.addWidget(widget)
        column.addWidget(area, 1)
        column.addWidget(self.note)
        column.addWidget(self._rule)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.choosing)
        layout.addWidget(right, 1)

    def _heading(self) -> QWidget:
        head = QWidget()
        layout = QHBoxLayout(head)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for msgid, stretch, width in (
            ("Name", 5, 0),
            ("Role or function", 4, 0),
            ("Spoken to as", 0, WIDTHS["audience"]),
            ("Answer", 0, WIDTHS["attendance"]),
            ("CPR on the minutes", 0, WIDTHS["number_on_minutes"]),
            ("", 0, WIDTHS["buttons"]),
        ):
            label = QLabel()
            label.setProperty("look", "muted")
            label.setWordWrap(True)
            if msgid:
                bind(label.setText, msgid)
            if width:
                label.setFixedWidth(width)
            layout.addWidget(label, stretch, Qt.AlignmentFlag.AlignBottom)
        return head

    def show_loaded(self, loaded: Loaded) -> None:
        """Show who is invited."""
        opened = loaded.opened
        self._view = opened.view
        if loaded.first:
            self.complaint.clear()
        self.choosing.show_view(opened.view)
        participants = opened.view.participants
        self._take_out({p.id for p in participants})
        self._opened = opened
        self._place(0)
        self._head.setVisible(bool(participants))
        self._empty.setVisible(not participants)
        self._say_notes()

    def _take_out(self, there: set[Id]) -> None:
        """Let go of the lines of those who are not there any more.

        As many as are in sight and come to be others' at once stay where they are: to hide a line and show it again costs
        more than all that is written in it.
        """
        gone = [one for one in self.rows if one not in there]
        lines = sorted((self.rows.pop(one) for one in gone), key=self._list.indexOf)
        used = min(IN_SIGHT, len(there - self.rows.keys()))
        for row in lines[used:]:
            self._put_away(row)
        self._spare[:0] = lines

    def _put_away(self, row: InviteeRow) -> None:
        self._list.removeWidget(row)
        row.hide()

    def _place(self, first: int) -> None:
        """Put the lines in their places: those in sight now, the others a few at a time after the paint."""
        self._fill(first)
        for row in self._spare:
            if not row.isHidden():
                self._put_away(row)

    def _fill(self, first: int) -> None:
        opened = self._opened
        if opened is None:
            return
        participants, made = opened.view.participants, 0
        for place, participant in enumerate(participants[first:], start=first):
            row = self.rows.get(participant.id)
            if row is None:
                most = AT_ONCE if not self._spare else REUSED_AT_ONCE
                if place >= IN_SIGHT and (made >= most or first == 0):
                    self._later.start(0)
                    return
                made += 1
                row = self._make(participant)
            row.follow(opened.fields[participant.id])
            if self._list.indexOf(row) != place:
                self._list.insertWidget(place, row)
            row.show()
            row.show_place(place, len(participants), papers.function_of(participant, opened.view.people))

    def _place_rest(self) -> None:
        """Go on where lines are missing."""
        people = () if self._opened is None else self._opened.view.participants
        first = next((place for place, one in enumerate(people) if one.id not in self.rows), None)
        if first is not None:
            self._place(max(first, 1))

    def _make(self, participant: Participant) -> InviteeRow:
        """Return a line for a participant: one that was another's, where there is one."""
        if self._spare:
            row = self._spare.pop(0)
        else:
            row = InviteeRow(self._house)
            row.moved.connect(partial(self._move, row))
            row.removed.connect(partial(self._remove_row, row))
        row.start_again(participant.id)
        self.rows[participant.id] = row
        return row

    def _move(self, row: InviteeRow, by: int) -> None:
        one = row.form.entity
        if one is not None:
            self._do(lambda w: meetings.move(w, one, by))

    def _remove_row(self, row: InviteeRow) -> None:
        if row.form.entity is not None:
            self._remove(row.form.entity)

    def _say_notes(self) -> None:
        view = self._view
        counted = Counter(p.name for p in view.participants) if view is not None else Counter()
        twice = [name for name, number in counted.items() if number > 1]
        words = tr(
            "More than one is called {names}. Write what each is to the child, so that the letters can be told apart.",
            names=twice,
        )
        self.note.setText(words if twice else "")
        self.note.setVisible(bool(twice))

    # what the user does

    def _do(
        self, run: Callable[[Writer], Any], done: Callable[[Any], None] | None = None, said: str = ""
    ) -> None:
        self.complaint.clear()
        self._house.tasks.op(self, Op(run, done, said, self._refused))

    def _refused(self, error: Any) -> None:
        self.complaint.show_error(error)
        if self._view is not None:
            self.choosing.show_view(self._view)

    def _tick(self, one: Id, on: bool) -> None:
        view = self._view
        if view is None:
            return
        meeting = view.meeting.id
        if not on:
            for participant in view.participants:
                if participant.person == one:
                    self._remove(participant.id)
        elif one == view.case.id:
            self._do(lambda w: meetings.invite_child(w, meeting))
        else:
            self._do(lambda w: meetings.invite(w, meeting, [one]))

    def _remove(self, participant: Id) -> None:
        self._do(
            lambda w: meetings.remove(w, Participant, participant),
            said=N_("Taken off the list. Ctrl+Z brings it again."),
        )

    def _invite_name(self, name: str, function: str, audience: Audience) -> None:
        if self._view is None:
            return
        meeting = self._view.meeting.id
        self._do(
            lambda w: meetings.invite_name(w, meeting, name, function, audience),
            lambda _made: self.choosing.taken(),
        )

    def begin(self) -> None:
        """Go to the people to choose from."""
        self.choosing.list.setFocus()

    def leave(self) -> None:
        """Keep what is being written in a line."""
        for row in self.rows.values():
            row.commit()
