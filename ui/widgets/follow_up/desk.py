"""Interventions and deadlines of one child, side by side: what is done, what is due, and why."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.services import case_desk
from caseworker_app.services.case_desk import CaseDesk
from caseworker_app.services.deadline import Deadline, MissingDay, Work
from caseworker_app.services.interventions import InterventionView
from ui.house import House
from ui.tasks import Query, Touched
from ui.widgets.check import Check
from ui.widgets.follow_up import doing
from ui.widgets.follow_up.due_list import DueList
from ui.widgets.follow_up.intervention_cards import InterventionCards
from ui.widgets.follow_up.why import WhyPanel
from ui.widgets.form_bars import NoticeBar
from ui.widgets.line_button import LineButton
from ui.words import bind, bind_call, tr

_KINDS_SHOWN = frozenset(
    {
        "case", "case_event", "child_talk", "complaint", "deadline_mark", "follow_up", "follow_up_exception", "goal",
        "intervention", "investigation", "notification", "own_catalogue", "parents_hearing", "party_hearing", "plan",
        "rhythm_decision", "sibling_link",
    }
)  # fmt: skip


MISSING_SHOWN = 2
"""How many missing days stand above the list at once; the next comes when one is written."""


class FollowUpDesk(QWidget):
    """What is done for the child, and what is due."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Id | None = None
        self._asked = 0
        self._wanted = ""
        self.desk: CaseDesk | None = None
        self.notice, self.warnings = NoticeBar(), QLabel(self)
        self.warnings.setWordWrap(True)
        self.warnings.setTextFormat(Qt.TextFormat.PlainText)
        self.warnings.setProperty("look", "soon")
        self.cards, self.list, self.why = InterventionCards(self), DueList(self), WhyPanel(self)
        self.settled = Check()
        bind(self.settled.setText, "Show what is done or waived")
        self.settled.setMinimumWidth(300)
        self.counter, self._empty = QLabel(self), QLabel(self)
        self._stack = QStackedWidget(self)
        self.missing: list[LineButton] = []
        self._missing = QVBoxLayout()
        self._missing.setSpacing(0)
        self._more = QLabel(self)
        self._more.setProperty("look", "muted")
        self._more.setContentsMargins(12, 0, 12, 0)
        self._lay_out()
        self._connect()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        self.counter.setProperty("look", "subheading")
        self._empty.setWordWrap(True)
        self._empty.setProperty("look", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(24, 24, 24, 24)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.counter, 1)
        head.addWidget(self.settled)
        middle = QVBoxLayout()
        middle.setSpacing(4)
        middle.addLayout(head)
        middle.addWidget(self.warnings)
        middle.addLayout(self._missing)
        middle.addWidget(self._more)
        middle.addWidget(self._stack, 1)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.cards, 29)
        across.addLayout(middle, 41)
        across.addWidget(self.why, 30)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.notice)
        outer.addLayout(across, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.list.done.connect(self.do)
        self.list.waive.connect(self.waive)
        self.why.do_pressed.connect(self.do)
        self.why.waive_pressed.connect(self.waive)
        self.settled.toggled.connect(lambda _on: self._fill())
        self.cards.asked.connect(self._act)
        self.cards.register.connect(self.register)
        new = QShortcut(QKeySequence("Ins"), self)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self.register)

    # as the section sees it

    def show_case(self, case: Case) -> None:
        """Show a case."""
        if case.id != self._case:
            self._case, self.desk = case.id, None
            self.notice.clear()
        self._ask()

    def follow(self, touched: Touched) -> None:
        """Ask again when anything that is shown, or that a deadline hangs on, has changed."""
        if self._case is not None and any(kind in _KINDS_SHOWN for kind, _entity in touched):
            self._ask()

    def leave(self) -> bool:
        """Nothing is typed here; what was wanted is not any more."""
        self._wanted = ""
        return True

    def _ask(self) -> None:
        case, books = self._case, self._house.books
        if case is None:
            return
        asked = self._asked = self._asked + 1

        def show(found: CaseDesk) -> None:
            if asked == self._asked:
                self.desk = found
                self._say()
                self._do_wanted(found)

        self._house.tasks.query(self, Query(lambda r: case_desk.of_case(r, books, case), show))

    def want(self, name: str) -> None:
        """Do a deadline by its name: at once when it stands here, else when it is read."""
        self._wanted = name
        if self.desk is not None:
            self._do_wanted(self.desk)

    def _do_wanted(self, desk: CaseDesk) -> None:
        found = [one for one in desk.deadlines.open if one.name == self._wanted]
        if found:
            self._wanted = ""
            self.list.choose(found[0])
            self.list.setFocus()
            self.do(found[0])

    def _say(self) -> None:
        desk = self.desk
        if desk is None:
            return
        self.cards.show_desk(desk)
        asked = {i18n.say(one.why) for one in desk.deadlines.open if one.work is Work.RHYTHM}
        said = [i18n.say(words) for words in (*desk.faults, *desk.deadlines.warnings)]
        said = [words for words in said if words not in asked]
        self.warnings.setText("\n".join(said))
        self.warnings.setVisible(bool(said))
        self.counter.setText(tr("What is due ({n})", n=len(desk.deadlines.open)))
        self._say_missing(desk)
        self._say_begun(desk)
        self._fill()

    def _say_missing(self, desk: CaseDesk) -> None:
        """Say which days are missing, a line each that leads to the field."""
        for line in self.missing:
            self._missing.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.missing = []
        rest = len(desk.deadlines.missing) - MISSING_SHOWN
        self._more.setText(tr("And {n} more.", n=rest))
        self._more.setVisible(rest > 0)
        for one in desk.deadlines.missing[:MISSING_SHOWN]:
            found = desk.intervention(one.subject)
            words = tr("Day of the decision missing: {name}", name="" if found is None else found.name)
            what = one.what.say(i18n.current().language)
            quiet = tr("Not counted without it: {what} ({source})", what=what, source=i18n.say(one.source))
            line = LineButton(words, quiet, icon="warning", tone="soon", parent=self)
            line.setToolTip(f"{words}\n{quiet}")
            line.clicked.connect(partial(self.enter_day, one))
            self._missing.addWidget(line)
            self.missing.append(line)

    def _say_begun(self, desk: CaseDesk) -> None:
        """Offer to go on with a follow-up that was begun and not saved; then say that a decision is missing."""
        begun = [v.intervention for v in desk.interventions.rows]
        begun = [found for found in begun if doing.hold_key(found.id) in desk.drafts]
        if begun:
            found = begun[0]
            self.notice.tell(
                lambda: (
                    tr("You have begun to write a follow-up of {name}; a draft is kept.", name=found.name),
                    tr("Go on"),
                ),
                lambda: doing.hold(self._house, desk, found.id, None, self),
            )
            return
        changed = _changed(desk)
        if changed is not None:
            self.notice.tell(
                lambda: (
                    tr("You have begun to change a follow-up that is written; a draft is kept."),
                    tr("Go on"),
                ),
                lambda: doing.open_follow_up(self._house, desk.case, changed, self),
            )
            return
        missing = [one for one in desk.deadlines.open if one.work is Work.RHYTHM]
        if missing:
            self.notice.tell(
                lambda: (i18n.say(missing[0].why), tr("Record the decision …")), lambda: self.do(missing[0])
            )
            return
        self.notice.clear()

    def _fill(self) -> None:
        desk = self.desk
        if desk is None:
            return
        names = {view.intervention.id: view.intervention.name for view in desk.interventions.rows}
        every = desk.deadlines.deadlines
        settled = self.settled.isChecked()
        self.list.show_deadlines(every, names, desk.today, settled=settled)
        there = bool(self.list.count())
        self._stack.setCurrentIndex(0 if there else 1)
        self._empty.setText(
            tr("Nothing is due within a year.")
            if desk.interventions.rows
            else tr("Nothing is due. Register an intervention, and what is due comes by itself.")
        )

    def _chosen(self, one: Deadline | None) -> None:
        if self.desk is not None:
            self.why.show_deadline(self.desk, one)

    # what can be done

    def do(self, one: Deadline) -> None:
        """Do what is due: the right form, at once. Of what is settled: open what settled it."""
        if self.desk is None:
            return
        if one.open and not one.passes:
            doing.do(self._house, self.desk, one, self)
        elif not one.open:
            doing.open_settled(self._house, self.desk, one, self)

    def waive(self, one: Deadline) -> None:
        """Let something due go, with the reason. Of what is settled: take that back."""
        if self.desk is None:
            return
        by = self.desk.settled.get(one.name)
        if one.open and not one.passes:
            doing.waive(self._house, one, self)
        elif by is not None:
            doing.take_back(self._house, by, self)

    def enter_day(self, missing: MissingDay) -> None:
        """Go to the field of a day that a deadline is counted from and nobody has written."""
        if self.desk is not None:
            doing.enter_day(self._house, self.desk, missing, self)

    def register(self) -> None:
        """Register an intervention."""
        if self.desk is not None:
            doing.register(self._house, self.desk.case, self)

    def _act(self, act: str, view: InterventionView) -> None:
        if self.desk is not None:
            doing.act(self._house, self.desk, act, view, self)


def _changed(desk: CaseDesk) -> Id | None:
    """Return the follow-up that was begun to be changed, by the name of its draft or of its talk's."""
    for key in sorted(desk.drafts):
        kind, _colon, rest = key.partition(":")
        name = rest.partition(":")[0]
        if kind == "follow_up" and name != "hold":
            return bytes.fromhex(name)
    return None
