"""A meeting in large while the family looks on: what is said here is shown, and nothing behind it can be reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import meeting_run
from caseworker_app.services.meeting_run import RunModel
from caseworker_app.services.ports import Draft, Reader
from ui.family_mode.big import big_button
from ui.family_mode.hatch import Hatch
from ui.house import House
from ui.passing_on import pass_focus
from ui.tasks import Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.large_view import LargeView

_FOLLOWED = frozenset({"meeting", "participant", "meeting_point", "agreement", "scale_answer"})


def _nothing_said(_words: str) -> None:
    """There is no status line here."""


@dataclass(frozen=True)
class _Desk:
    """What of the house the large view needs: the hatch for its tasks, and nobody to say things to."""

    tasks: Hatch
    say: Callable[[str], None] = _nothing_said


class MeetingSession(QObject):
    """Reads the meeting through the allow-list. ``changed`` carries what is said now."""

    changed = Signal(object)

    def __init__(
        self, hatch: Hatch, model: RunModel, draft: Draft | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.hatch = hatch
        self.draft = draft
        self.model: RunModel | None = model
        self._meeting: Id | None = model.opened.view.meeting.id

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""
        meeting = self._meeting
        if meeting is None or not any(kind in _FOLLOWED for kind, _id in touched):
            return

        def load(reader: Reader) -> RunModel | None:
            try:
                return meeting_run.said_here(reader, meeting)
            except KeyError:
                return None

        self.hatch.query(self, Query(load, self._take))

    def _take(self, model: RunModel | None) -> None:
        if self._meeting is not None and model is not None:
            self.model = model
            self.changed.emit(model)

    def close(self) -> None:
        """Let the meeting go: nothing of it stays here."""
        self._meeting = self.model = self.draft = None


class MeetingPlace(QWidget):
    """``leave_pressed`` and ``cover_pressed`` are the two buttons of the worker; all else is the meeting's."""

    leave_pressed = Signal()
    cover_pressed = Signal()

    def __init__(self, session: MeetingSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = LargeView(cast("House", _Desk(session.hatch)), alone=True)
        self.cover = big_button(N_("Cover (F12)"), self.cover_pressed.emit, "quiet")
        self.leave = big_button(N_("End"), self.leave_pressed.emit)
        self.complaint = Complaint()
        below = QHBoxLayout()
        below.setContentsMargins(24, 0, 24, 12)
        below.setSpacing(8)
        below.addWidget(self.complaint, 1)
        below.addStretch(1)
        below.addWidget(self.cover)
        below.addWidget(self.leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addLayout(below)
        session.changed.connect(self._show)
        if session.model is not None:
            self.view.show_model(session.model, session.draft, first=True)
        pass_focus(self, lambda: self.view.purpose.text.editor.text)

    def _show(self, model: RunModel) -> None:
        self.view.show_model(model, None, first=False)

    def offer(self, *, undo: bool, redo: bool) -> None:
        """Nothing is undone here: an emptied line is taken back."""

    def put_down(self) -> None:
        """Keep what is being written: the view is covered or let go."""
        self.view.keeping.leave()

    def say_error(self, error: UserError) -> None:
        """Say in the window why something was not kept."""
        self.complaint.show_error(error)
