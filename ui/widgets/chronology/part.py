"""Kronologi: what happened in the case, made by itself and curated by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QTableView, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.chronology import Event
from caseworker_app.i18n import N_
from caseworker_app.services import chronology, chronology_papers
from caseworker_app.services.chronology import Shown
from caseworker_app.services.ports import Reader, Writer
from ui.house import House, Place
from ui.passing_on import pass_focus
from ui.tasks import Op, Query, Touched
from ui.widgets.chronology.comment import CommentDialog
from ui.widgets.chronology.filters import ChronologyFilters
from ui.widgets.chronology.model import COMMENT, DAY, KIND, WHAT, ChronologyModel
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.words import bind, bind_call, tr

_KINDS = frozenset(
    {
        "breakdown", "case", "case_event", "chronology_mark", "complaint", "consent", "document", "entry",
        "follow_up", "intervention", "investigation", "measurement", "meeting", "network_map", "notification",
        "parents_hearing", "party_hearing", "plan", "rhythm_decision", "visit",
    }
)  # fmt: skip
_PLACES = {
    "meeting": lambda case, thing: Place("meeting", thing),
    "entry": lambda case, thing: Place("case", case, f"journal:entries:{thing.hex()}"),
    "plan": lambda case, thing: Place("case", case, "plan"),
    "network_map": lambda case, thing: Place("map", thing),
    "notification": lambda case, thing: Place("case", case, f"assessment:notifications:{thing.hex()}"),
    "investigation": lambda case, thing: Place("case", case, f"assessment:investigation:{thing.hex()}"),
    "complaint": lambda case, thing: Place("case", case, "assessment:complaints"),
    "breakdown": lambda case, thing: Place("case", case, "assessment:complaints"),
    "consent": lambda case, thing: Place("case", case, "assessment:consents"),
    "parents_hearing": lambda case, thing: Place("case", case, "assessment:consents"),
    "visit": lambda case, thing: Place("case", case, f"visits:visits:{thing.hex()}"),
    "measurement": lambda case, thing: Place("case", case, f"measures:taken:{thing.hex()}"),
    "document": lambda case, thing: Place("case", case, f"journal:documents:{thing.hex()}"),
    "case": lambda case, thing: Place("case", case, "overview"),
}
"""Where each thing is opened; everything else is in the follow-up section."""


class ChronologyPart(QWidget):
    """The list, its filters and its buttons."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Case | None = None
        self._asked = 0
        self.filters = ChronologyFilters(self)
        self.model, self.view = ChronologyModel(self), QTableView(self)
        self.open, self.hide_it, self.important, self.comment, self.paper = (
            QPushButton(self) for _ in range(5)
        )
        self.nothing = QLabel(self)
        self.complaint = Complaint(self)
        self.desk = PaperDesk(house, self)
        self.desk.refused.connect(self.complaint.show_error)
        self._dress_view()
        self._lay_out()
        self.filters.changed.connect(self._ask)
        self.view.activated.connect(lambda _index: self._open())
        self.view.selectionModel().currentRowChanged.connect(lambda _now, _before: self._say_buttons())
        bind_call(self, self._say_buttons)

    def _dress_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setProperty("look", "rows")
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(32)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, mode in (
            (DAY, QHeaderView.ResizeMode.Fixed),
            (WHAT, QHeaderView.ResizeMode.Stretch),
            (KIND, QHeaderView.ResizeMode.Fixed),
            (COMMENT, QHeaderView.ResizeMode.Fixed),
        ):
            header.setSectionResizeMode(column, mode)
        for column, width in ((DAY, 156), (KIND, 150), (COMMENT, 220)):
            header.resizeSection(column, width)
        bind(view.setAccessibleName, "Chronology of the case")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button, words, keys, run in (
            (self.open, N_("Open (Enter)"), "", self._open),
            (self.hide_it, "", "Del", self._toggle_hidden),
            (self.important, "", "Ctrl+I", self._toggle_important),
            (self.comment, N_("Comment … (F2)"), "F2", self._comment),
            (self.paper, N_("Show and print (Ctrl+P)"), "Ctrl+P", self._print),
        ):
            if words:
                bind(button.setText, words)
            button.clicked.connect(run)
            buttons.addWidget(button)
            if keys:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(run)
        buttons.insertStretch(4, 1)
        bind(self.nothing.setText, "Nothing has happened in the time and of the kinds that are shown.")
        self.nothing.setProperty("look", "muted")
        self.nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.filters)
        layout.addWidget(self.complaint)
        layout.addWidget(self.nothing)
        layout.addWidget(self.view, 1)
        layout.addLayout(buttons)
        pass_focus(self, lambda: self.view)

    # the part, as the section sees it

    def show_case(self, case: Case) -> None:
        """Show what happened in a case."""
        fresh = self._case is None or self._case.id != case.id
        self._case = case
        if fresh:
            self.model.show(())
            self._ask(at_once=True)

    def want(self, part: str) -> None:
        """Go to an event by its key."""

    def follow(self, touched: Touched) -> None:
        """Ask again when something happened."""
        if any(kind in _KINDS for kind, _entity in touched):
            self._ask()

    def leave(self) -> bool:
        """Nothing is written here that waits."""
        return True

    def _ask(self, *, at_once: bool = False) -> None:
        """Ask for what is shown; ``at_once`` for a screenful first, and for all of it when that has been painted."""
        case = self._case
        if case is None:
            return
        wanted = self.filters.wanted()
        asked = self._asked = self._asked + 1
        begun = at_once and wanted == chronology.EVERYTHING

        def ask(reader: Reader) -> tuple[tuple[Shown, ...], Any, bool]:
            seen = chronology.first(reader, case.id) if begun else ()
            return seen or chronology.view(reader, case.id, wanted), reader.today, bool(seen)

        def show(answer: tuple[tuple[Shown, ...], Any, bool]) -> None:
            if asked != self._asked:
                return
            rows, today, more = answer
            self.filters.use_today(today)
            self._show(rows)
            if more:
                QTimer.singleShot(0, self, lambda: self._ask() if asked == self._asked else None)

        self._house.tasks.query(self, Query(ask, show))

    def _show(self, rows: tuple[Shown, ...]) -> None:
        now = self.current()
        self.model.show(rows)
        self.nothing.setVisible(not rows)
        after = self.current()
        if now is None or after is None or after.event != now.event:
            place = -1 if now is None else self.model.place_of(now.event.key)
            self.view.selectRow(max(place, 0))
        self._say_buttons()

    def current(self) -> Shown | None:
        """Return the event the keyboard stands on."""
        return self.model.row_at(self.view.currentIndex().row())

    def _say_buttons(self) -> None:
        now = self.current()
        for button in (self.open, self.hide_it, self.important, self.comment):
            button.setEnabled(now is not None)
        hidden, important = now is not None and now.hidden, now is not None and now.highlighted
        self.hide_it.setText(tr("Take in again (Del)") if hidden else tr("Leave out (Del)"))
        self.important.setText(tr("Not important (Ctrl+I)") if important else tr("Important (Ctrl+I)"))

    # what can be done

    def _open(self) -> None:
        now, case = self.current(), self._case
        if now is not None and case is not None:
            place = _PLACES.get(now.event.type)
            self._house.go(
                Place("case", case.id, "follow_up") if place is None else place(case.id, now.event.thing)
            )

    def _toggle_hidden(self) -> None:
        now = self.current()
        if now is not None:
            self._change(lambda w, case, event: chronology.hide(w, case, event, not now.hidden))

    def _toggle_important(self) -> None:
        now = self.current()
        if now is not None:
            self._change(lambda w, case, event: chronology.highlight(w, case, event, not now.highlighted))

    def _comment(self) -> None:
        now = self.current()
        if now is not None:
            dialog = CommentDialog(now.comment, self)
            dialog.said.connect(
                lambda words: self._change(
                    lambda w, case, event: chronology.comment(w, case, event, words), now
                )
            )
            dialog.open()

    def _change(self, act: Callable[[Writer, bytes, Event], None], of: Shown | None = None) -> None:
        now, case = of or self.current(), self._case
        if now is not None and case is not None:
            event = now.event
            op = Op(
                lambda w: act(w, case.id, event),
                said=N_("The chronology is changed. Ctrl+Z takes it back."),
                failed=self.complaint.show_error,
            )
            self._house.tasks.op(self, op)

    def _print(self) -> None:
        case = self._case
        if case is None:
            return
        wanted = self.filters.wanted()
        self.complaint.clear()
        title = tr("Chronology")
        self._house.tasks.query(
            self,
            Query(
                lambda r: chronology_papers.job(r, case.id, wanted),
                lambda job: self.desk.preview(job, title, title),
            ),
        )
