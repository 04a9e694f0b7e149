"""One meeting: planned, invited to, run, written up. Each part is a tab, made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.domain.meeting import MeetingState
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meetings, meetings_together
from caseworker_app.services.ports import Draft, Reader, Writer
from ui.house import House, Place
from ui.tasks import Op, Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.form_bars import NoticeBar
from ui.widgets.meeting.header import Header
from ui.widgets.meeting.loading import read
from ui.widgets.meeting.makers import MAKERS
from ui.widgets.meeting.part import Loaded, Part, run_draft_key
from ui.widgets.time_used import use_time
from ui.widgets.today.due_words import said
from ui.words import bind, bind_call, tr

PARTS = {
    "plan": N_("Plan"),
    "participants": N_("Participants"),
    "invitations": N_("Invitations"),
    "preparation": N_("Preparation"),
    "agenda": N_("Agenda"),
    "run": N_("The meeting"),
    "minutes": N_("Minutes"),
}
_FOLLOWED = frozenset(
    {
        "meeting",
        "participant",
        "meeting_point",
        "agreement",
        "agenda_point",
        "internal_agenda",
        "internal_case",
        "minutes_version",
        "minutes_sending",
        "minutes_addition",
        "scale_answer",
        "network_map",
        "own_catalogue",
        "person",
        "case",
        "consent",
        "print",
        "worker",
        "office",
        "template",
    }
)


class MeetingPage(QWidget):
    """Shown with a meeting's id; ``part`` is one of :data:`PARTS`, by default the plan, or the run of a held one."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._meeting: Id | None = None
        self._case: Id | None = None
        self._loaded: Loaded | None = None
        self._asked = 0
        self._first = self._plan_unsaved = False
        self._wanted = ""
        self._draft: Draft | None = None
        self._holders: dict[str, QVBoxLayout] = {}
        self.parts: dict[str, Part] = {}
        self._stale: dict[str, bool] = {}
        self.header = Header()
        self.complaint, self.notice = Complaint(), NoticeBar()
        self.missing = QLabel()
        bind(self.missing.setText, "There is no such meeting any more. Go back with Alt+Left.")
        self.missing.hide()
        self.tabs = QTabWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)
        self._lay_out()
        self._connect()
        bind_call(self, self.notice.say_again)

    def _lay_out(self) -> None:
        for name, msgid in PARTS.items():
            holder = QWidget()
            self._holders[name] = QVBoxLayout(holder)
            self._holders[name].setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, "")
            bind_call(holder, partial(self._say_tab, holder, msgid))
        bind(self.tabs.tabBar().setAccessibleName, "Parts of the meeting")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        for widget in (self.missing, self.header, self.notice, self.complaint):
            layout.addWidget(widget)
        layout.addWidget(self.tabs, 1)

    def _say_tab(self, holder: QWidget, msgid: str) -> None:
        self.tabs.setTabText(self.tabs.indexOf(holder), tr(msgid))

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turned)
        self.tabs.tabBarClicked.connect(lambda _tab: QTimer.singleShot(0, self, self._begin))
        self.header.to_case.connect(self._go_to_case)
        self.header.time_used.connect(lambda: use_time(self._house, self, "meeting", self._meeting))
        self.header.to_quality.connect(lambda part: self._house.go(Place("quality", None, part)))
        self.header.held.connect(lambda: self._do(meetings_together.hold))
        self.header.called_off.connect(self._call_off)
        self.header.wanted.connect(self._to_step)
        self.header.planned_again.connect(lambda: self._do(meetings.plan_again))
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self, partial(self._turn, step))

    # what the main window asks

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show a meeting, at one of its parts."""
        self._meeting = thing
        self._first, self._wanted = True, part
        self.complaint.clear()
        self._ask()

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""
        plan = self.parts.get("plan")
        if plan is not None:
            plan.follow(touched)
        if any(kind in _FOLLOWED for kind, _id in touched):
            self._asked += 1  # an answer that is still on its way is from before
            self._soon.start(0)

    def leave(self) -> bool:
        """Save what is being written; what cannot be saved stays a draft."""
        for part in self.parts.values():
            part.leave()
        return True

    # reading

    def _ask(self) -> None:
        meeting, self._asked = self._meeting, self._asked + 1
        if meeting is None or self._house.tasks.store is None:
            return
        asked, first, wanted = self._asked, self._first, self._wanted

        def load(reader: Reader) -> Loaded | None:
            try:
                opened = meetings.opened(reader, meeting)
            except KeyError:
                return None
            draft = reader.draft(run_draft_key(meeting)) if first else None
            return read(reader, self._house, opened, draft, first=first)

        def show(loaded: Loaded | None) -> None:
            if asked == self._asked:
                self._first = False
                self._show(loaded, wanted if first else "")

        if first and not self._house.tasks.idle:
            # what is still on its way to the store, such as a line written here a moment ago, is waited for
            self._house.tasks.op(self, Op(load, show))
        else:
            self._house.tasks.query(self, Query(load, show))

    def _show(self, loaded: Loaded | None, wanted: str) -> None:
        self.missing.setVisible(loaded is None)
        for widget in (self.header, self.tabs):
            widget.setVisible(loaded is not None)
        self._loaded = loaded
        if loaded is None:
            return
        view = loaded.opened.view
        self._case = view.case.id
        self.header.show_loaded(loaded)
        self._say_consents(loaded)
        shown = list(PARTS)[self.tabs.currentIndex()]
        if loaded.first and wanted in PARTS:
            shown = wanted
        for name, part in self.parts.items():
            if name == shown:
                self._take(name, part, loaded)
            else:
                # what nobody looks at is filled when it is turned to
                self._stale[name] = loaded.first or self._stale.get(name, False)
        if loaded.first:
            self._draft = loaded.draft
            name = wanted if wanted in PARTS else _where_to_begin(loaded)
            self.tabs.setCurrentIndex(list(PARTS).index(name))
            self._turned()
            QTimer.singleShot(0, self, self._begin)  # a part made just now cannot take the focus yet

    def _say_consents(self, loaded: Loaded) -> None:
        """Say of a meeting that is not held yet that a consent was withdrawn after its invitations had left."""
        standing, case = loaded.consents, loaded.opened.view.case.id
        late = () if standing is None else standing.withdrawn_late
        if not late or loaded.opened.view.meeting.state is not MeetingState.PLANNED:
            self.notice.clear()
            return

        def say() -> tuple[str, str]:
            return " ".join(said(phrase) for phrase in late), tr("See the consents")

        self.notice.tell(say, lambda: self._house.go(Place("case", case, "assessment:consents")), "warning")

    # parts

    def part(self, name: str) -> Part:
        """Return a part, made now if it has not been looked at."""
        found = self.parts.get(name)
        if found is None:
            found = self.parts[name] = MAKERS[name](self._house)
            self._holders[name].addWidget(found)
            found.plan_changed.connect(self._hear_of_plan)
            found.hear_of_plan(unsaved=self._plan_unsaved)
            if self._loaded is not None:
                # for a part that is made later this is the first time
                found.take(replace(self._loaded, draft=self._draft, first=True))
        return found

    def _hear_of_plan(self, unsaved: bool) -> None:
        self._plan_unsaved = unsaved
        for part in self.parts.values():
            part.hear_of_plan(unsaved=unsaved)

    def _turned(self, _index: int = 0) -> None:
        if self._loaded is not None:
            name = list(PARTS)[self.tabs.currentIndex()]
            part = self.part(name)
            if name in self._stale:
                self._take(name, part, self._loaded)

    def _take(self, name: str, part: Part, loaded: Loaded) -> None:
        """Let a part show what was read; the first time of a meeting with the draft of it."""
        first = self._stale.pop(name, False) or loaded.first
        part.take(replace(loaded, draft=self._draft if not loaded.first else loaded.draft, first=first))

    def _turn(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        if self._loaded is not None:
            self.part(list(PARTS)[self.tabs.currentIndex()]).begin()

    # what the user does

    def _go_to_case(self) -> None:
        if self._case is not None:
            self._house.go(Place("case", self._case) if self._case != NO_ID else Place("meetings"))

    def _to_step(self, name: str) -> None:
        """Go where a step of the chain is done."""
        if name == "map" and self._case is not None:
            self._house.go(Place("case", self._case, "maps"))
        elif name in PARTS:
            self.tabs.setCurrentIndex(list(PARTS).index(name))
            QTimer.singleShot(0, self, self._begin)

    def _call_off(self) -> None:
        """Ask why, and who knows it; of one that is called off the reason alone."""
        from ui.dialogs.call_off_dialog import CallOffDialog

        if self._loaded is not None:
            self._keep_run()
            CallOffDialog(self._house, self._loaded.opened.view, self).open()

    def _keep_run(self) -> None:
        run = self.parts.get("run")
        if run is not None:
            run.leave()

    def _do(self, what: Callable[[Writer, Id], Any]) -> None:
        meeting = self._meeting
        if meeting is None:
            return
        self.complaint.clear()
        self._keep_run()
        self._house.tasks.op(self, Op(lambda w: what(w, meeting), failed=self._refused))

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)
        if isinstance(error, InvalidInput) and error.field == "when":
            self.tabs.setCurrentIndex(list(PARTS).index("plan"))


def _where_to_begin(loaded: Loaded) -> str:
    """Return the part that is needed most: the meeting itself on its day, when it was held, or with a draft of it."""
    meeting = loaded.opened.view.meeting
    today = meeting.when is not None and meeting.when.day == loaded.today
    return "run" if today or meeting.state is MeetingState.HELD or loaded.draft is not None else "plan"
