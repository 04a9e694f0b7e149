"""Entering and leaving Familievisning: the one place that knows both the work window and the family's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.phrases import Phrase
from caseworker_app.services import family_pin, family_view, history, honour, map_reading, meeting_run
from caseworker_app.services.family_view import Audience, FamilyModel
from caseworker_app.services.meeting_run import RunModel
from caseworker_app.services.opening import Doors, PinState
from caseworker_app.services.ports import Draft, Reader
from ui.family_mode.hatch import Hatch
from ui.family_mode.meeting import MeetingSession
from ui.family_mode.session import FamilySession
from ui.family_mode.window import FamilyWindow
from ui.house import House
from ui.locking import close_dialogs, forget_clipboard
from ui.tasks import Job, Op, Query, Touched
from ui.widgets.meeting.part import run_draft_key

if TYPE_CHECKING:
    from caseworker_app.domain.case import Case
    from caseworker_app.domain.network_map import NetworkMap


@dataclass(frozen=True, slots=True)
class Asked:
    """What is needed to ask for whom: the map, its case, and what stands against each audience."""

    map: NetworkMap
    case: Case
    against: Mapping[Audience, Phrase | None]


@dataclass(frozen=True, slots=True)
class _Ready:
    model: FamilyModel
    templates: Templates
    pin_hash: str
    since: Id | None


@dataclass(frozen=True, slots=True)
class _ReadyMeeting:
    model: RunModel
    draft: Draft | None
    pin_hash: str
    since: Id | None


class FamilyMode(QObject):
    """Belongs to the work window. ``forget`` empties what that window remembers (search); ``lock`` locks the app."""

    def __init__(
        self,
        house: House,
        doors: Doors,
        work: QWidget,
        *,
        forget: Callable[[], None],
        lock: Callable[[], None],
    ) -> None:
        super().__init__(work)
        self._house, self._doors, self._work = house, doors, work
        self._forget, self._lock = forget, lock
        self._pin_hash = ""
        self._since: Id | None = None
        self.window: FamilyWindow | None = None
        house.tasks.touched.connect(self._touched)

    # entering

    def begin(self, map_id: Id) -> None:
        """Ask for whom a map is to be shown."""
        if self.window is None:
            self._house.tasks.query(self, Query(lambda r: _asked(r, map_id), self._ask))

    def _ask(self, asked: Asked) -> None:
        from ui.dialogs.audience_dialog import AudienceDialog

        dialog = AudienceDialog(self._house, asked, self._work)
        dialog.chosen.connect(lambda audience: self.enter(asked.map.id, audience))
        dialog.open()

    def enter(self, map_id: Id, audience: Audience) -> None:
        """Show a map to an audience. A refusal is shown in the work window."""
        books = self._house.books

        def ready(reader: Reader) -> _Ready | UserError:
            templates = books.map_templates()
            try:
                model = family_view.family_model(reader, map_id, audience, templates)
            except UserError as refusal:
                return refusal
            return _Ready(model, templates, family_pin.pin_hash(reader), history.latest(reader))

        self._house.tasks.query(self, Query(ready, self._enter))

    def enter_meeting(self, meeting: Id) -> None:
        """Show a meeting in large to those who are at it; what is still on its way to the store is waited for."""

        def ready(reader: Reader) -> _ReadyMeeting | UserError:
            try:
                model = meeting_run.said_here(reader, meeting)
                honour.pass_gate(reader, model.opened.view.case.id)
            except UserError as refusal:
                return refusal
            draft = reader.draft(run_draft_key(meeting))
            return _ReadyMeeting(model, draft, family_pin.pin_hash(reader), history.latest(reader))

        if self.window is None:
            self._house.tasks.op(self, Op(ready, self._enter))

    def _enter(self, ready: _Ready | _ReadyMeeting | UserError) -> None:
        if isinstance(ready, UserError):
            self._house.tasks.error.emit(ready)
            return
        if self.window is not None:
            return
        self._pin_hash, self._since = ready.pin_hash, ready.since
        hatch = Hatch()
        session: FamilySession | MeetingSession
        if isinstance(ready, _ReadyMeeting):
            session = MeetingSession(hatch, ready.model, ready.draft)
        else:
            session = FamilySession(hatch, ready.model, ready.templates, ready.since)
        hatch.setParent(session)
        hatch.writes.connect(self._house.tasks.op)
        hatch.reads.connect(self._house.tasks.query)
        self._house.tasks.job(self, Job(self._doors.family_began, lambda _nothing: None))
        forget_clipboard()
        self._forget()
        close_dialogs(self._work)
        window = self.window = FamilyWindow(session, has_pin=bool(ready.pin_hash))
        window.tried.connect(self._tried)
        window.lock.connect(self._lock_instead)
        window.woken.connect(self.leave)
        hatch.error.connect(window.say_error)
        window.showFullScreen()
        window.watch()
        self._work.hide()
        window.raise_()
        window.activateWindow()

    # while it is shown

    def _touched(self, touched: Touched) -> None:
        window, since = self.window, self._since
        if window is not None:
            window.session.follow(touched)
            self._house.tasks.query(self, Query(lambda r: history.state(r, since), self._offer))

    def _offer(self, state: history.UndoState) -> None:
        if self.window is not None:
            self.window.offer(undo=state.undo is not None, redo=state.redo is not None)

    def _tried(self, typed: str, by_passphrase: bool, leaves: bool) -> None:
        doors, hashed = self._doors, self._pin_hash

        def prove() -> None:
            if by_passphrase:
                doors.check_passphrase(typed)
            else:
                doors.check_pin(hashed, typed)

        def proved(_nothing: None) -> None:
            if leaves:
                self.leave()
            elif self.window is not None:
                self._house.tasks.job(self, Job(self._doors.family_began, lambda _nothing: None))
                self.window.show_again()

        self._house.tasks.job(self, Job(prove, proved, lambda error: self._refused(error, by_passphrase)))

    def _refused(self, error: UserError, by_passphrase: bool) -> None:
        if self.window is None:
            return
        self.window.refused(error)

        def state() -> PinState:
            found = self._doors.pin_state()
            return PinState(self._doors.wait_seconds(), found.spent) if by_passphrase else found

        def stand(found: PinState) -> None:
            if self.window is not None:
                self.window.stand(found)

        self._house.tasks.job(self, Job(state, stand))

    # leaving

    @property
    def shown(self) -> bool:
        """Whether the family looks on."""
        return self.window is not None

    def leave(self) -> None:
        """Show the work window again; whoever calls has made sure that it is the worker's, or locked."""
        window, self.window = self.window, None
        self._pin_hash = ""
        if window is not None:
            forget_clipboard()
            self._work.show()
            self._work.activateWindow()
            window.let_go()

    def _lock_instead(self) -> None:
        self._lock()
        self.leave()

    def forget_map(self) -> None:
        """The store is being closed: the family's window keeps nothing but the neutral picture."""
        if self.window is not None:
            self.window.forget()


def _asked(reader: Reader, map_id: Id) -> Asked:
    found = map_reading.known(reader, map_id)
    case = map_reading.case_of(reader, found.stream)
    return Asked(found, case, family_view.audiences(reader, map_id))
