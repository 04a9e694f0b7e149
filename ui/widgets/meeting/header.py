"""The top of the meeting's page: which meeting, whose, when, how far it has come, and the way to the case."""

from __future__ import annotations

from textwrap import shorten

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import clock_span, full_date
from caseworker_app.domain.meeting import MeetingKind, MeetingState, TimeSpan, kind_name
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meeting_chain
from caseworker_app.services.meeting_chain import Step
from caseworker_app.services.meetings import MeetingView
from ui import icons
from ui.widgets.flow_area import FlowArea
from ui.widgets.meeting.part import Loaded
from ui.words import bind, bind_call, tr

LONGEST_REASON = 240
"""So many letters of why a meeting was called off stand in the head."""
STATE_LABELS = {
    MeetingState.PLANNED: N_("Planned"),
    MeetingState.HELD: N_("Held"),
    MeetingState.CALLED_OFF: N_("Called off"),
}
_WHERE = {
    "tried": "plan",
    "agreed": "plan",
    "map": "map",
    "participants": "participants",
    "invited": "invitations",
    "answers": "participants",
    "prepared": "preparation",
    "held": "run",
    "minutes": "minutes",
    "agreements": "run",
}
"""The part of the page where a step is done."""
QUALITY = {
    MeetingKind.BOARD.value: ("board", N_("The board")),
    MeetingKind.WORK.value: ("board", N_("The board")),
    MeetingKind.KIK.value: ("kik", N_("KIK sheets")),
}
"""Kinds of meeting that work with the board or with a KIK sheet: which part of its room, and what the way is called."""


def when_words(when: TimeSpan | None) -> str:
    """Return day and time as said, translated."""
    if when is None:
        return tr("No day and time yet")
    language = i18n.current().language
    said = f"{full_date(when.day, language)} {clock_span(when.start, when.end, language)}"
    return tr("{when} (past midnight)", when=said) if when.past_midnight else said


class Header(QWidget):
    """``held``, ``called_off``, ``planned_again``: what was pressed; ``to_case``: the way to the case; ``wanted``: the part
    of the page a step leads to; ``to_quality``: the part of the room of quality that a kind works with."""

    held = Signal()
    called_off = Signal()
    planned_again = Signal()
    to_case = Signal()
    to_quality = Signal(str)
    wanted = Signal(str)
    time_used = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: MeetingView | None = None
        self._loaded: Loaded | None = None
        self._kind = ""
        self.title, self.when, self.state, self.also, self.reason = (QLabel() for _ in range(5))
        self.title.setProperty("look", "heading")
        for label in (self.title, self.when, self.also, self.reason):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.when.setProperty("look", "muted")
        self.also.setProperty("look", "muted")
        self.hold, self.call_off = QPushButton(), QPushButton()
        self.again, self.case, self.quality, self.time = (QPushButton() for _ in range(4))
        for button, words, signal in (
            (self.case, N_("Go to the case"), self.to_case),
            (self.call_off, "", self.called_off),
            (self.again, N_("Plan it again"), self.planned_again),
            (self.time, N_("Time used …"), self.time_used),
            (self.hold, N_("Mark as held"), self.held),
        ):
            if words:
                bind(button.setText, words)
            button.clicked.connect(signal)
        self.quality.clicked.connect(lambda: self.to_quality.emit(QUALITY[self._kind][0]))
        icons.dress(self.hold, "done")
        icons.dress(self.case, "cases")
        self.steps: dict[str, QPushButton] = {}
        self._lay_out()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.when)
        below.addWidget(self.state)
        below.addStretch(1)
        words.addLayout(below)
        for label in (self.reason, self.also):
            label.setWordWrap(True)
            words.addWidget(label)
        self._doings = QWidget()
        row = QHBoxLayout(self._doings)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.time, self.quality, self.case, self.call_off, self.again, self.hold):
            row.addWidget(button)
        self._top = top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(8)
        top.addLayout(words, 1)
        top.addWidget(self._doings)
        self._chain = FlowArea(2)
        self._flow = self._chain.flow
        bind(self._chain.setAccessibleName, "How far the meeting has come")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._chain)

    def event(self, event: QEvent) -> bool:
        """Let the buttons stand under the words where beside them the words would be cut."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            words = max(
                self.title.sizeHint().width(),
                self.when.sizeHint().width() + self.state.sizeHint().width() + 12,
            )
            under = words + 8 + self._doings.sizeHint().width() > self.width()
            way = QBoxLayout.Direction.TopToBottom if under else QBoxLayout.Direction.LeftToRight
            if way != self._top.direction():
                self._top.setDirection(way)
        return done

    def show_loaded(self, loaded: Loaded) -> None:
        """Show a meeting, and how far it has come."""
        self._loaded = loaded
        self._view = loaded.opened.view
        self._say()

    def _say(self) -> None:
        view = self._view
        if view is None:
            for widget in (
                self.hold,
                self.call_off,
                self.again,
                self.case,
                self.quality,
                self.time,
                self._chain,
            ):
                widget.hide()
            return
        meeting, case = view.meeting, view.case
        child = case.child_name or tr("Unborn child of {name}", name=case.unborn_of)
        name = tr(kind_name(meeting))
        self.title.setText(f"{name} · {child}" if view.about_child else name)
        self.when.setText(" · ".join(part for part in (when_words(meeting.when), meeting.place) if part))
        self.when.setToolTip(self.when.text())
        self.state.setText(tr(STATE_LABELS[meeting.state]))
        look = "soon" if meeting.state is MeetingState.CALLED_OFF else "note"
        if self.state.property("look") != look:
            self.state.setProperty("look", look)
            self.state.style().polish(self.state)
        planned = meeting.state is MeetingState.PLANNED
        self.case.setVisible(view.about_child)
        self._kind = str(meeting.kind)
        self.quality.setVisible(self._kind in QUALITY)
        if self._kind in QUALITY:
            self.quality.setText(tr(QUALITY[self._kind][1]))
        off = meeting.state is MeetingState.CALLED_OFF
        self.call_off.setText(tr("The reason …") if off else tr("Call the meeting off …"))
        self.time.setVisible(meeting.state is MeetingState.HELD)
        for button, shown in (
            (self.hold, planned),
            (self.call_off, planned or off),
            (self.again, not planned),
        ):
            button.setVisible(shown)
        self._say_also()
        self._say_steps()

    def _say_also(self) -> None:
        loaded, view = self._loaded, self._view
        if loaded is None or view is None:
            return
        self._say_reason(view)
        said = []
        if view.invited_to:
            said.append(tr("Called by {name}", name=view.meeting.caller_name or tr("somebody else")))
        if loaded.siblings:
            names = [case.first_name or case.unborn_of for case in loaded.siblings]
            said.append(tr("Held for {names} too", names=names))
        untold = meeting_chain.untold(view)
        if untold:
            said.append(tr("Not told yet: {names}", names=[one.name for one in untold]))
        self.also.setText(" · ".join(said))
        self.also.setVisible(bool(said))

    def _say_reason(self, view: MeetingView) -> None:
        """Say why it was called off: the beginning of a long reason, the whole where the pointer rests."""
        off = view.meeting.state is MeetingState.CALLED_OFF
        why = " ".join(view.meeting.called_off_why.split()) if off else ""
        words = tr("Reason: {why}", why=why) if why else ""
        self.reason.setText(shorten(words, LONGEST_REASON, placeholder=" …"))
        self.reason.setToolTip(words)
        self.reason.setVisible(bool(words))

    def _say_steps(self) -> None:
        steps = () if self._loaded is None else self._loaded.steps
        names = [step.name for step in steps]
        if names != list(self.steps):
            for old in self.steps.values():
                self._flow.removeWidget(old)
                old.hide()
                old.deleteLater()
            self.steps = {name: self._button(name) for name in names}
        for step in steps:
            self._say_step(self.steps[step.name], step)
        self._chain.setVisible(bool(steps))

    def _button(self, name: str) -> QPushButton:
        button = QPushButton()
        button.setProperty("look", "quiet")
        button.setStyleSheet("QPushButton { padding: 2px 6px; }")
        button.clicked.connect(lambda _on=False, name=name: self.wanted.emit(_WHERE[name]))
        self._flow.addWidget(button)
        button.show()
        return button

    def _say_step(self, button: QPushButton, step: Step) -> None:
        word = tr(meeting_chain.STEPS[step.name])
        count = f" {step.number}/{step.of}" if step.of else f" {step.number}" if step.number else ""
        button.setText(f"{'✓' if step.done else '○'} {word}{count}")
        done = tr("This is done") if step.done else tr("This is not done yet")
        button.setAccessibleName(f"{word}{count}: {done}")
        button.setToolTip(f"{word}: {done}")
