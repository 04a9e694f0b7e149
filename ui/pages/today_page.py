"""I dag: what is overdue, due today, this week and later; meetings at hand, drafts to finish, where everything lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import full_date, week
from caseworker_app.domain.ids import Id
from caseworker_app.services.caseload_deadlines import Evaluated
from caseworker_app.services.deadline import Deadline
from caseworker_app.services.ports import Draft, Reader
from caseworker_app.services.today import Today, today
from ui import icons
from ui.house import House
from ui.tasks import Op, Query, Touched
from ui.widgets.form_bars import NoticeBar
from ui.widgets.line_button import LineButton
from ui.widgets.today import due_words
from ui.widgets.today.card import lines_in
from ui.widgets.today.due_cards import DueCards
from ui.widgets.today.measures_card import MeasuresCard
from ui.widgets.today.side_cards import SideCards
from ui.widgets.today.transfer_card import TransferCard
from ui.words import bind, bind_call, tr

if TYPE_CHECKING:
    from caseworker_app.services.tasks_today import MyTask

IN_SIGHT = 10
"""So many lines fill the window; the cards below them are made after the first paint."""


class TodayPage(QScrollArea):
    """The page. It is drawn anew whenever something on it changed: what is in sight first, then the rest.

    ``in_sight`` comes when what is in sight has been painted.
    """

    in_sight = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._today: Today | None = None
        self._evaluated = Evaluated()
        self._seen = self._painting = False
        self._rest: Iterator[QWidget] = iter(())
        self._gone: list[QWidget] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        self.setWidget(ground)
        self._title, self._date = QLabel(), QLabel()
        self._title.setProperty("look", "title")
        self._date.setProperty("look", "muted")
        bind(self._title.setText, "Today")
        self.week_button = QPushButton()
        icons.dress(self.week_button, "print")
        bind(self.week_button.setText, "The week on paper …")
        self.week_button.clicked.connect(self.open_week)
        self.clock_notice, self.notice = NoticeBar(), NoticeBar()
        self.due, self.side = DueCards(self), SideCards(self)
        self.transfers = TransferCard(house, self)
        self.transfers.changed.connect(self._put_late_cards)
        self.measures = MeasuresCard(house, self)
        self.measures.changed.connect(self._put_late_cards)
        self._late_cards: list[QWidget] = []
        self.due.opened.connect(lambda one: house.go(due_words.place_of(one)))
        self.due.done.connect(self._mark_done)
        self.side.opened.connect(house.go)
        self.side.discarded.connect(self._discard)
        self.side.settled.connect(self._settle)
        self._top, self._left, self._right = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for column in (self._top, self._left, self._right):
            column.setSpacing(12)
        self._lay_out(ground)
        bind_call(self, self._say)

    def _lay_out(self, ground: QWidget) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._title)
        head.addWidget(self._date, 1, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.week_button)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addLayout(self._left, 5)
        columns.addLayout(self._right, 3)
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.clock_notice)
        layout.addWidget(self.notice)
        layout.addLayout(self._top)
        layout.addLayout(columns)
        layout.addStretch(1)

    # the page, as the window sees it

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show the day as it is now."""
        books, evaluated = self._house.books, self._evaluated

        def ask(reader: Reader) -> Today:
            return today(reader, books.rules(reader), evaluated)

        self._house.tasks.query(self, Query(ask, self._show))

    def forget(self) -> None:
        """Evaluate everything anew when the page is next shown."""
        self._evaluated = Evaluated()

    def follow(self, touched: Touched) -> None:
        """Ask again: nearly everything stands here."""
        self.show_thing(None, "")

    def leave(self) -> bool:
        """Nothing is typed here."""
        return True

    # showing

    def _show(self, found: Today) -> None:
        self._today = found
        self._say()

    def _say(self) -> None:
        self.notice.say_again()
        day = self._today
        if day is None:
            return
        language = i18n.current().language
        self._date.setText(f"{full_date(day.day, language)}, {week(day.day, language)}")
        self._say_clock(day)
        here = self.focusWidget()
        held = here.accessibleName() if isinstance(here, LineButton) else ""
        arriving = here is self.week_button and not self._seen
        work = day.work
        clocks = None if work is None else self.due.clocks(work)
        self._rest = iter(()) if work is None else self.due.sections(work, day.day)
        whole = bool(held) or self.verticalScrollBar().value() > 0
        first = list(self._rest) if whole else _in_sight(self._rest)
        self._painting = True
        self._sweep()
        if held and here is not None:
            here.clearFocus()  # else hiding it moves the keyboard, and the page with it
        for column in (self._top, self._left, self._right):
            self._gone += _taken_from(column)
        shown = [
            *_fill(self._top, () if clocks is None else (clocks,), stretched=False),
            *_fill(self._left, first),
            *_fill(self._right, self._beside(day)),
        ]
        self._seen = True
        if held or arriving:  # the keyboard stays on the line it was on
            lines = lines_in(shown)
            same = [line for line in lines if line.accessibleName() == held]
            found: list[QWidget] = [*same, *lines, self.week_button]
            QTimer.singleShot(0, found[0], found[0].setFocus)

    def viewportEvent(self, event: QEvent) -> bool:
        """Go on with what is out of sight as soon as what is in sight is painted."""
        if event.type() == QEvent.Type.Paint and self._painting:
            self._painting = False
            QTimer.singleShot(0, self, self._finish)
        return super().viewportEvent(event)

    def _finish(self) -> None:
        self.in_sight.emit()
        self._sweep()
        for card in self._rest:
            self._left.insertWidget(self._left.count() - 1, card)
        self.transfers.ask()
        self.measures.ask()

    def _beside(self, day: Today) -> list[QWidget]:
        """Return the cards beside what is due: measurements that are missing stand before the meetings."""
        cards, missing, left = (
            list(self.side.cards(day)),
            list(self.measures.cards()),
            [*self.transfers.cards()],
        )
        meetings = self.side.meetings
        at = len(cards) if meetings is None else cards.index(meetings)
        self._late_cards = [*missing, *left]
        return [*cards[:at], *missing, *cards[at:], *left]

    def _put_late_cards(self) -> None:
        """Say what is not measured and how much waits to be carried over; what is in sight of the page stays."""
        for old in self._late_cards:
            self._right.removeWidget(old)
            old.hide()
            self._gone.append(old)
        missing, left = list(self.measures.cards()), list(self.transfers.cards())
        self._late_cards = [*missing, *left]
        meetings = self.side.meetings
        at = max(0, self._right.count() - 1 if meetings is None else self._right.indexOf(meetings))
        for place, card in enumerate(missing):
            self._right.insertWidget(at + place, card)
        for card in left:
            self._right.insertWidget(max(0, self._right.count() - 1), card)

    def _sweep(self) -> None:
        """Let go of what stood here before: hidden at once, and deleted when what came instead is painted."""
        for widget in self._gone:
            widget.deleteLater()
        self._gone.clear()

    def _say_clock(self, day: Today) -> None:
        words = None if day.work is None else day.work.clock
        if words is None:
            self.clock_notice.clear()
        else:
            self.clock_notice.tell(lambda: (due_words.said(words), ""), look="warning")

    # the week on paper

    def open_week(self) -> None:
        """Ask how the week is to leave the house: printed, or as a file for a calendar."""
        from ui.widgets.today.week_dialog import WeekDialog

        if self._today is not None:
            WeekDialog(self._house, self._today.day, self).open()

    # done at once

    def _mark_done(self, deadline: Deadline) -> None:
        """Say that something is done today; it can be taken back from the notice."""
        from caseworker_app.services import settling

        title = f"{due_words.child(deadline.case)}: {due_words.what(deadline)}"

        def marked(mark: Id) -> None:
            self.notice.tell(
                lambda: (tr("{what} is marked as done today.", what=title), tr("Take it back")),
                lambda: self._take_back(mark),
            )

        self._house.tasks.op(self, Op(lambda w: settling.mark_done(w, deadline, w.today), done=marked))

    def _take_back(self, mark: Id) -> None:
        from caseworker_app.services import settling

        self._house.tasks.op(self, Op(lambda w: settling.take_back_mark(w, mark)))

    def _settle(self, task: MyTask) -> None:
        """Say that what was agreed is done today; it can be taken back from the notice."""
        from caseworker_app.services import agreements
        from caseworker_app.services.agreed import Kept

        def settled(_nothing: None) -> None:
            self.notice.tell(
                lambda: (tr("{what} is marked as done today.", what=task.what), tr("Take it back")),
                lambda: self._house.tasks.op(
                    self, Op(lambda w: agreements.reopen(w, Kept.AGREEMENT, task.agreement))
                ),
            )

        self._house.tasks.op(
            self, Op(lambda w: agreements.settle(w, Kept.AGREEMENT, task.agreement), done=settled)
        )

    # drafts

    def _discard(self, draft: Draft) -> None:
        """Forget a draft; it can be fetched back from the notice."""

        def gone(_nothing: None) -> None:
            self.notice.tell(
                lambda: (tr("The draft {title} was discarded.", title=draft.title), tr("Fetch it back")),
                lambda: self._fetch_back(draft),
            )
            self.show_thing(None, "")

        self._house.tasks.op(self, Op(lambda w: w.drop_draft(draft.key), done=gone))

    def _fetch_back(self, draft: Draft) -> None:
        again: Callable[[None], None] = lambda _nothing: self.show_thing(None, "")  # noqa: E731
        self._house.tasks.op(self, Op(lambda w: w.save_draft(draft), done=again))


def _in_sight(cards: Iterator[QWidget]) -> list[QWidget]:
    """Return the first cards, as many as fill the window."""
    found: list[QWidget] = []
    while len(lines_in(found)) < IN_SIGHT and (card := next(cards, None)) is not None:
        found.append(card)
    return found


def _taken_from(column: QVBoxLayout) -> list[QWidget]:
    """Take everything out of a column; return the widgets, hidden."""
    taken: list[QWidget] = []
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            taken.append(widget)
    return taken


def _fill(column: QVBoxLayout, cards: Iterable[QWidget], *, stretched: bool = True) -> list[QWidget]:
    """Put cards into an empty column; return them."""
    shown = list(cards)
    for card in shown:
        column.addWidget(card)
    if stretched:
        column.addStretch(1)
    return shown
