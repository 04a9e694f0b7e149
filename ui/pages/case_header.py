"""The head of a case: who the child is, what must be minded, and what can be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.cpr import mask
from caseworker_app.domain.danish import join_and
from caseworker_app.domain.dates import clock_span, full_date, long_date, short_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting, MeetingState
from caseworker_app.domain.person import Custody
from caseworker_app.i18n import N_
from caseworker_app.services.cases import CaseView
from ui import icons
from ui.models.caseload_rows import age_words, child_words
from ui.widgets.case_rows import STEP_LABELS
from ui.widgets.facts_line import FactsLine
from ui.widgets.marks import Badge, Monogram
from ui.words import bind, bind_call, tr

if TYPE_CHECKING:
    from caseworker_app.services.case_desk import Head


LOW_LINES = 45
"""In a window of fewer lines of text than this, the head takes as few rows as it can."""
_GAP = 12
_SIDE, _LOW_SIDE = 2.3, 1.65
"""How many lines of text the ring with the initials is high, and the one in a low window."""


class CaseHeader(QFrame):
    """Name, age, custody, school, next meeting, number in the record system; the marks; the buttons.

    In a low window the age and the marks stand beside the name where there is room, and the facts take the whole width.
    """

    close_pressed = Signal()
    reopen_pressed = Signal()
    exception_pressed = Signal()
    history_pressed = Signal()
    conflicts_pressed = Signal()
    share_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CaseView | None = None
        self._head: Head | None = None
        self._today = dt.date(2000, 1, 1)
        self.monogram, self.name, self.age = Monogram(), QLabel(), QLabel()
        self.marks, self.facts = QWidget(), FactsLine()
        self.facts.setProperty("look", "muted")
        for label in (self.name, self.age, self.facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.protected = Badge("lock", "overdue")
        self.above = Badge("warning", "overdue")
        self.excepted = Badge("done", "note")
        self.closed = Badge("done", "note")
        self.conflict = QPushButton()
        self.conflict.setProperty("look", "quiet")
        self.conflict.clicked.connect(self.conflicts_pressed)
        icons.dress(self.conflict, "warning")
        self.conflict.hide()
        self._contested = 0
        self._standing: Callable[[], str] | None = None
        self.unassessed = Badge("warning", "overdue")
        self._unassessed = False
        self.close_button, self.reopen_button = QPushButton(), QPushButton()
        self.exception_button, self.history_button = QPushButton(), QPushButton()
        self.share_button = QPushButton()
        self._lay_out()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        for button, words, pressed in (
            (self.exception_button, N_("Record the exception …"), self.exception_pressed),
            (self.reopen_button, N_("Open again"), self.reopen_pressed),
            (self.share_button, N_("Share …"), self.share_pressed),
            (self.history_button, N_("History"), self.history_pressed),
            (self.close_button, N_("Close the case …"), self.close_pressed),
        ):
            bind(button.setText, words)
            button.clicked.connect(pressed)
        icons.dress(self.history_button, "history")
        self._first, self._rows = QHBoxLayout(), QGridLayout(self)
        self._first.setSpacing(_GAP)
        self._first.addWidget(self.name, 1)
        for button in self._buttons():
            self._first.addWidget(button)
        marks = QHBoxLayout(self.marks)
        marks.setContentsMargins(0, 0, 0, 0)
        marks.setSpacing(4)
        marks.addWidget(self.age)
        marks.addSpacing(8)
        for badge in (self.protected, self.unassessed, self.above, self.excepted, self.closed, self.conflict):
            marks.addWidget(badge)
        marks.addStretch(1)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(_GAP)
        self._rows.setVerticalSpacing(2)
        self._rows.setColumnStretch(1, 1)
        self._rows.addLayout(self._first, 0, 1)
        self._place(low=False, beside=False)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.exception_button, self.reopen_button, self.share_button, self.history_button, self.close_button
        )  # fmt: skip

    # where it stands

    def arrange(self) -> None:
        """Take as many rows as the window has room for; asked again when the window becomes higher or lower."""
        line = self.fontMetrics().lineSpacing()
        low = self.window().height() < LOW_LINES * line
        self.monogram.set_side(round(line * (_LOW_SIDE if low else _SIDE)))
        placed = (low, low and self._has_room_beside())
        if placed != self._placed:
            self._place(*placed)

    def _has_room_beside(self) -> bool:
        """Tell whether the age and the marks stand whole between the name and the buttons."""
        widths = [one.sizeHint().width() for one in self._buttons() if not one.isHidden()]
        widths += [self.monogram.width(), self.name.sizeHint().width(), self.marks.sizeHint().width()]
        return sum(widths) + _GAP * (len(widths) - 1) <= self.width()

    def _place(self, low: bool, beside: bool) -> None:
        self._placed = (low, beside)
        policy, rows, left = QSizePolicy.Policy, self._rows, 0 if low else 1
        self.name.setProperty("look", "heading" if low else "title")
        self.name.style().polish(self.name)
        self.name.setMinimumWidth(1)
        self.name.setSizePolicy(policy.Maximum if beside else policy.Ignored, policy.Preferred)
        self.marks.setSizePolicy(policy.Ignored if beside else policy.Preferred, policy.Preferred)
        rows.addWidget(self.monogram, 0, 0, 1 if low else 3, 1, Qt.AlignmentFlag.AlignTop)
        if beside:
            self._first.insertWidget(1, self.marks, 1)
        else:
            rows.addWidget(self.marks, 1, left, 1, 2 - left)
        self._first.setStretch(0, 0 if beside else 1)
        rows.addWidget(self.facts, 2, left, 1, 2 - left)

    def event(self, event: QEvent) -> bool:
        """Place it anew when words came or went, or the text became larger."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.arrange()
        return done

    # what it says

    def show_case(self, view: CaseView, today: dt.date) -> None:
        """Show a case; what the rules say of it comes by :meth:`show_head`."""
        if self._view is None or self._view.case.id != view.case.id:
            self._head = self._standing = None
            self._contested = 0
        self._view, self._today = view, today
        self._say()

    def show_head(self, case: Id, head: Head) -> None:
        """Show step, next deadline, last talk and goals of a case, as long as it is the one that stands here."""
        if self._view is not None and self._view.case.id == case:
            self._head = head
            self._say()

    def show_contested(self, contested: int) -> None:
        """Show in how many fields of the case people disagree."""
        self._contested = contested
        self._say()

    def show_standing(self, say: Callable[[], str] | None) -> None:
        """Show how far the case has been sent; nothing where there is no hub."""
        self._standing = say
        self._say()

    def show_waiting_assessment(self, waiting: bool) -> None:
        """Show whether a risk assessment must be made before parents and network are involved."""
        self._unassessed = waiting
        self._say()

    def _say(self) -> None:
        view = self._view
        if view is None:
            return
        case = view.case
        self.unassessed.tell(tr("The risk assessment is missing.") if self._unassessed else "")
        self.monogram.show_name(case.child_name or case.unborn_of)
        self.name.setText(child_words(case))
        self.name.setToolTip(child_words(case))
        self.age.setText(_age(case, self._today))
        facts = _facts(view, self._today, self._head)
        if self._standing is not None:
            facts.append(self._standing())
        self.facts.show_facts(facts)
        language = i18n.current().language
        self.protected.tell(tr("Name and address protection") if case.address_protected else "")
        self.above.tell(tr("Above the limit") if case.above_limit and case.active else "")
        self.closed.tell(_closed(case, language))
        exception = case.limit_exception
        self.excepted.tell(
            tr("Exception from the limit: {name}, {day}", name=exception.agreed_by,
               day=long_date(exception.agreed_on, language))
            if exception is not None and case.active else ""
        )  # fmt: skip
        self.conflict.setText(
            i18n.ngettext("{n} field with two values …", "{n} fields with two values …", self._contested)
        )
        self.conflict.setVisible(self._contested > 0)
        there = not case.cancelled
        self.exception_button.setVisible(there and case.above_limit and case.active)
        self.reopen_button.setVisible(there and not case.active)
        self.share_button.setVisible(there)
        self.close_button.setVisible(there and case.active)


def _age(case: Case, today: dt.date) -> str:
    """Return age, birth and the masked number, as far as they are known."""
    language = i18n.current().language
    said = [age_words(case, today)]
    if case.born is not None:
        said.append(tr("born {day}", day=long_date(case.born, language)))
    if case.person_number:
        said.append(mask(case.person_number))
    return ", ".join(part for part in said if part)


def _facts(view: CaseView, today: dt.date, head: Head | None) -> list[str]:
    case, language = view.case, i18n.current().language
    holders = [person for person in view.people if person.has_custody]
    said = []
    if holders:
        names = join_and((person.name for person in holders), language)
        shared = all(person.custody is Custody.SHARED for person in holders)
        said.append(
            tr("Shared custody: {names}", names=names) if shared else tr("Custody: {names}", names=names)
        )
    else:
        said.append(tr("Custody: not said"))
    if case.school:
        said.append(", ".join(part for part in (case.school, case.school_class) if part))
    step = case.step if head is None else head.glance.step
    if step is not None:
        said.append(tr("Step {step}", step=tr(STEP_LABELS[step])))
    if head is not None:
        said += _ahead(head, today)
    following = next_meeting(view, today)
    if following is not None and following.when is not None:
        when = following.when
        said.append(
            tr("Next meeting {day} {time}", day=full_date(when.day, language),
               time=clock_span(when.start, when.end, language))
        )  # fmt: skip
    else:
        said.append(tr("No meeting planned"))
    if case.record_number:
        said.append(tr("Record system: {number}", number=case.record_number))
    return said


def _ahead(head: Head, today: dt.date) -> list[str]:
    """Say the next deadline, the last talk with the child, and how many goals are worked with."""
    from ui.models.due_rows import late_words, what_words

    language, said, first = i18n.current().language, [], head.glance.next
    if first is not None:
        late = late_words(first, today)
        said.append(
            tr("Next deadline {day}: {what} ({late})", day=short_date(first.due, language), what=what_words(first),
               late=late.lower())
        )  # fmt: skip
    if head.talk_on is not None:
        said.append(tr("Last talk with the child {day}", day=long_date(head.talk_on, language)))
    elif first is not None:
        said.append(tr("No talk with the child yet"))
    if head.open_goals:
        said.append(i18n.ngettext("{n} open goal", "{n} open goals", head.open_goals))
    return said


def next_meeting(view: CaseView, today: dt.date) -> Meeting | None:
    """Return the first planned meeting from today on."""
    ahead = [
        meeting
        for meeting in view.meetings
        if meeting.state is MeetingState.PLANNED and meeting.when is not None and meeting.when.day >= today
    ]
    return min(ahead, key=lambda m: (m.when.day, m.when.start) if m.when else (), default=None)


def _closed(case: Case, language: str) -> str:
    if case.active or case.cancelled:
        return ""
    day = "" if case.closed_on is None else long_date(case.closed_on, language)
    words = tr("Closed {day}", day=day) if day else tr("Closed")
    return f"{words}: {case.close_reason}" if case.close_reason else words
