"""A meeting in large, over the whole window: what is looked at together. Each change is saved by itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.services import meeting_run
from caseworker_app.services.meeting_run import RunModel
from caseworker_app.services.ports import Draft, Reader
from ui.house import House, Place
from ui.tasks import Op, Query, Touched
from ui.widgets.meeting.large_view import PART_LABELS, LargeView
from ui.widgets.meeting.part import run_draft_key
from ui.words import bind

_FOLLOWED = frozenset(
    {"meeting", "participant", "meeting_point", "agreement", "scale_answer", "minutes_version", "case"}
)


@dataclass(frozen=True, slots=True)
class _Loaded:
    model: RunModel
    draft: Draft | None


class MeetingRunPage(QWidget):
    """Shown with a meeting's id; ``part`` is the number of a part of the large view, 1 to 4."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._meeting: Id | None = None
        self._asked = 0
        self._first, self._wanted = False, ""
        self.view, self.missing = LargeView(house), QLabel()
        bind(self.missing.setText, "There is no such meeting any more. Go back with Alt+Left.")
        self.missing.hide()
        self.view.left.connect(self._go_back)
        self.view.to_family.connect(self._show_family)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.missing)
        layout.addWidget(self.view, 1)

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show a meeting, at one of its parts."""
        self._meeting, self._first, self._wanted = thing, True, part
        self._ask()

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""
        if any(kind in _FOLLOWED for kind, _id in touched):
            self._asked += 1  # an answer that is still on its way is from before
            self._soon.start(0)

    def leave(self) -> bool:
        """Save what is being written; what cannot be saved stays a draft."""
        self.view.leave()
        return True

    def _ask(self) -> None:
        meeting, self._asked = self._meeting, self._asked + 1
        if meeting is None or self._house.tasks.store is None:
            return
        asked, first = self._asked, self._first

        def load(reader: Reader) -> _Loaded | None:
            try:
                model = meeting_run.said_here(reader, meeting)
            except KeyError:
                return None
            return _Loaded(model, reader.draft(run_draft_key(meeting)) if first else None)

        def show(loaded: _Loaded | None) -> None:
            if asked == self._asked:
                self._show(loaded, first=first)

        if first and not self._house.tasks.idle:
            # what is still on its way to the store, such as a line written a moment ago, is waited for
            self._house.tasks.op(self, Op(load, show))
        else:
            self._house.tasks.query(self, Query(load, show))

    def _show(self, loaded: _Loaded | None, *, first: bool) -> None:
        self.missing.setVisible(loaded is None)
        self.view.setVisible(loaded is not None)
        if loaded is None:
            return
        self._first = False
        wanted = int(self._wanted) if self._wanted.isdigit() else 1
        part = min(max(wanted, 1), len(PART_LABELS)) - 1
        self.view.show_model(loaded.model, loaded.draft, first=first, part=part)

    def _go_back(self) -> None:
        if self._meeting is not None:
            self._house.go(Place("meeting", self._meeting, "run"))

    def _show_family(self) -> None:
        if self._meeting is not None:
            self.view.keeping.leave()
            self._house.family_meeting(self._meeting)
