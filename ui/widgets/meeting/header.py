"""The top of the meeting's page: which meeting, whose, when, where it stands, and the way to the case."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import clock_span, full_date
from caseworker_app.domain.meeting import MeetingState, TimeSpan, kind_name
from caseworker_app.domain.phrases import N_
from caseworker_app.services.meetings import MeetingView
from ui import icons
from ui.words import bind, bind_call, tr

STATE_LABELS = {
    MeetingState.PLANNED: N_("Planned"),
    MeetingState.HELD: N_("Held"),
    MeetingState.CALLED_OFF: N_("Called off"),
}


def when_words(when: TimeSpan | None) -> str:
    """Return day and time as said, translated."""
    if when is None:
        return tr("No day and time yet")
    language = i18n.current().language
    return f"{full_date(when.day, language)} {clock_span(when.start, when.end, language)}"


class Header(QWidget):
    """``held``, ``called_off``, ``planned_again``: what was pressed; ``to_case``: the way to the case."""

    held = Signal()
    called_off = Signal()
    planned_again = Signal()
    to_case = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: MeetingView | None = None
        self.title, self.when, self.state = QLabel(), QLabel(), QLabel()
        self.title.setProperty("look", "heading")
        for label in (self.title, self.when):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.when.setProperty("look", "muted")
        self.hold, self.call_off = QPushButton(), QPushButton()
        self.again, self.case = QPushButton(), QPushButton()
        for button, words, signal in (
            (self.case, N_("Go to the case"), self.to_case),
            (self.call_off, "Call the meeting off", self.called_off),
            (self.again, N_("Plan it again"), self.planned_again),
            (self.hold, N_("Mark as held"), self.held),
        ):
            bind(button.setText, words)
            button.clicked.connect(signal)
        icons.dress(self.hold, "done")
        icons.dress(self.case, "cases")
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
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        for button in (self.case, self.call_off, self.again, self.hold):
            layout.addWidget(button)

    def show_view(self, view: MeetingView) -> None:
        """Show a meeting."""
        self._view = view
        self._say()

    def _say(self) -> None:
        view = self._view
        if view is None:
            for widget in (self.hold, self.call_off, self.again, self.case):
                widget.hide()
            return
        meeting, case = view.meeting, view.case
        child = case.child_name or tr("Unborn child of {name}", name=case.unborn_of)
        self.title.setText(f"{tr(kind_name(meeting))} · {child}")
        self.when.setText(" · ".join(part for part in (when_words(meeting.when), meeting.place) if part))
        self.state.setText(tr(STATE_LABELS[meeting.state]))
        look = "soon" if meeting.state is MeetingState.CALLED_OFF else "note"
        if self.state.property("look") != look:
            self.state.setProperty("look", look)
            self.state.style().polish(self.state)
        planned = meeting.state is MeetingState.PLANNED
        self.case.show()
        for button, shown in ((self.hold, planned), (self.call_off, planned), (self.again, not planned)):
            button.setVisible(shown)
