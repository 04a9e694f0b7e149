"""Agreements and tasks: the list with its filters, and the sheet of one with what can be done about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.i18n import N_
from caseworker_app.services import tasks
from caseworker_app.services.agreed import Agreed
from caseworker_app.services.ports import Draft, Reader
from caseworker_app.services.tasks import Row
from ui.house import House
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.register import Button, Register
from ui.widgets.assessment.sheet import Facts, Page
from ui.widgets.tasks import words
from ui.widgets.tasks.acts import Acts
from ui.words import bind, bind_call, tr

LIST_WIDTH = 480


class Show(StrEnum):
    """Which agreements stand in the list."""

    OPEN = "open"
    MINE = "mine"
    OTHERS = "others"
    LATE = "late"
    DONE = "done"


SHOW_LABELS = {
    Show.OPEN: N_("All open"),
    Show.MINE: N_("Mine"),
    Show.OTHERS: N_("Others'"),
    Show.LATE: N_("Overdue"),
    Show.DONE: N_("Settled ones"),
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What there is, the day, and whose list it is: of one case, or of all (``whole``)."""

    today: dt.date
    rows: tuple[Row, ...]
    whole: bool

    def shown(self, show: Show) -> tuple[Row, ...]:
        """Return what stands under a filter; nothing that is open is in none."""
        wanted: dict[Show, Callable[[Agreed], bool]] = {
            Show.OPEN: lambda one: one.open,
            Show.MINE: lambda one: one.open and one.mine,
            Show.OTHERS: lambda one: one.open and not one.mine,
            Show.LATE: lambda one: one.late(self.today),
            Show.DONE: lambda one: not one.open,
        }
        return tuple(row for row in self.rows if wanted[show](row.agreed))


class TasksDesk(Register[Loaded]):
    """The desk of one case, or of the whole caseload when the case it is shown is nobody's."""

    follows = frozenset(
        {
            "agreement",
            "visit_agreement",
            "network_task",
            "agreement_move",
            "meeting",
            "visit",
            "case",
            "map_person",
        }
    )
    list_name = N_("Agreements and tasks")
    nothing_yet = N_(
        "Nothing stands here. What is agreed at a meeting, on a visit, at the network map or on the telephone comes "
        "here by itself, and stays until it is done."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        self.only = Show.OPEN
        super().__init__(house, parent)
        self.list.setFixedWidth(LIST_WIDTH)
        self.acts = Acts(self)
        self.filters = QTabBar(self)
        self._put_filters()
        for keys, act in (
            ("Space", self.acts.tick), ("F2", self.acts.change),
            ("Ctrl+Shift+U", self.acts.postpone), ("Ctrl+R", self.acts.remind),
        ):  # fmt: skip
            near = QShortcut(QKeySequence(keys), self.list, act)
            near.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.list.entered_line.connect(self.acts.change)

    def _put_filters(self) -> None:
        self.filters.setDrawBase(False)
        self.filters.setExpanding(False)
        bind(self.filters.setAccessibleName, "Which agreements are shown")
        for _show in Show:
            self.filters.addTab("")
        self.filters.currentChanged.connect(lambda number: self._turn(tuple(Show)[number]))
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self.filters)
        bind_call(self, self._say_filters)

    def show_only(self, show: Show) -> None:
        """Show other ones."""
        self.filters.setCurrentIndex(tuple(Show).index(show))

    def _turn(self, show: Show) -> None:
        self.only = show
        self._say()

    def _say_filters(self) -> None:
        for number, show in enumerate(Show):
            count = "" if self.loaded is None else f" ({len(self.loaded.shown(show))})"
            self.filters.setTabText(number, tr(SHOW_LABELS[show]) + count)

    def _say(self) -> None:
        super()._say()
        if self.loaded is not None:
            self._say_filters()

    # the register

    def doings(self) -> list[Button]:
        return [
            (N_("New agreement (Ins)"), "Ins", self.add),
            (N_("Reminders for tomorrow …"), "", self.remind_all),
        ]

    def load(self, reader: Reader, case: Case) -> Loaded:
        if case.id == NO_ID:
            return Loaded(reader.today, (*tasks.open_of(reader), *tasks.settled_of(reader)), whole=True)
        found = tasks.of_stream(reader, case.stream, settled=True)
        return Loaded(reader.today, tuple(Row(case, one) for one in found), whole=False)

    def lines(self, loaded: Loaded) -> list[ListLine]:
        return [self._line(loaded, row) for row in loaded.shown(self.only)]

    def _line(self, loaded: Loaded, row: Row) -> ListLine:
        one = row.agreed
        parts = [words.child(row.case)] if loaded.whole else []
        parts += [
            tr("You") if one.mine and "," not in one.who else one.who,
            words.due_words(one, loaded.today),
        ]
        icon, tone = words.sign(one, loaded.today)
        return ListLine(
            one.id, " ".join(one.what.split()), " · ".join(part for part in parts if part), icon, tone
        )

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        row = self.row(key)
        if row is None:
            return None
        one, language = row.agreed, i18n.current().language
        due = "" if one.due is None else long_date(one.due, language)
        facts = (
            (tr("Who does it"), f"{one.who} ({tr('you')})" if one.mine else one.who),
            (tr("When is it to be done"), due or tr("no day agreed")),
            (tr("Postponed"), words.moved_words(one)),
            (tr("Why"), one.reason),
            (tr("Agreed"), words.source_words(one)),
            (tr("Settled"), "" if one.open else words.due_words(one, loaded.today)),
            (tr("Why it falls away") if one.dropped else tr("How it went"), one.went),
            (
                tr("The family knows of it"),
                tr("Yes") if one.shared else tr("No: it is on no paper of theirs"),
            ),
        )
        minds = (
            (
                tr(
                    "It has been open for more than half a year. Say that it is done, postpone it, or let it fall away."
                ),
            )
            if one.old(loaded.today)
            else ()
        )
        quiet = words.child(row.case) if loaded.whole else ""
        return Page(
            one.what,
            quiet,
            minds=minds,
            facts=(Facts("", facts),),
            doings=self.acts.doings(row, whole=loaded.whole),
        )

    def row(self, key: Id | None) -> Row | None:
        """Return what stands on a line."""
        rows = () if self.loaded is None else self.loaded.rows
        return next((row for row in rows if row.agreed.id == key), None)

    @property
    def current(self) -> Row | None:
        """What the cursor is on."""
        return self.row(self.list.key)

    def go_on(self) -> None:
        """Keep the cursor near when the line it is on leaves the list."""
        rows = () if self.loaded is None else self.loaded.shown(self.only)
        keys = [row.agreed.id for row in rows]
        if self.list.key in keys and len(keys) > 1:
            at = keys.index(self.list.key)
            self._wanted = keys[at + 1] if at + 1 < len(keys) else keys[at - 1]

    def add(self) -> None:
        """Write an agreement, in the case that is shown, or in one that is chosen."""
        self.acts.add()

    def remind_all(self) -> None:
        """Show everybody to be reminded of something by the next working day."""
        self.acts.remind_all()

    def resume(self, draft: Draft) -> None:
        """Go on with a form that was left."""
        self.acts.resume(draft)

    def want(self, part: str) -> None:
        """Go to an agreement by its id, to a filter by its name, or go on with a draft."""
        if part in set(Show):
            self.show_only(Show(part))
        elif part == "new":
            self.add()
        else:
            super().want(part)

    def choose(self, key: Id) -> None:
        """Put the cursor on an agreement, under a filter that shows it."""
        row = self.row(key)
        if row is not None and self.loaded is not None and row not in self.loaded.shown(self.only):
            self.show_only(Show.OPEN if row.agreed.open else Show.DONE)
        super().choose(key)
