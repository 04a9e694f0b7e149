"""The left side of the journal: what is not written of, the list of entries, one kind alone when that is wanted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import ENTRY_KIND_LABELS, EntryKind
from caseworker_app.i18n import N_
from caseworker_app.services import journal_desk, journal_hints
from caseworker_app.services.journal_desk import JournalRow, Waiting
from caseworker_app.services.journal_hints import Hint
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.tasks import Query
from ui.widgets.combo import Combo
from ui.widgets.journal.entry_list import EntryList
from ui.widgets.journal.entry_model import PAGE, EntryModel
from ui.widgets.journal.hint_bar import HintBar
from ui.words import bind, bind_call, tr

WIDTH = 300


@dataclass(frozen=True, slots=True)
class _Read:
    waiting: Waiting
    hints: tuple[Hint, ...]


class JournalSide(QWidget):
    """``shown`` comes when a case's list stands there."""

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Case | None = None
        self._open: Id | None = None
        self._asked = 0
        self.model = EntryModel(self)
        self.list, self.hints, self.kinds = EntryList(self.model, self), HintBar(self), Combo()
        self.new_button, self.paper_button, self.count = QPushButton(self), QPushButton(self), QLabel(self)
        self.new_button.setProperty("look", "primary")
        bind(self.new_button.setText, "New entry (Ins)")
        bind(self.paper_button.setText, "Show and print …")
        bind(self.paper_button.setToolTip, "Show and print the journal (Ctrl+P)")
        bind(self.paper_button.setAccessibleName, "Show and print the journal (Ctrl+P)")
        bind(self.kinds.setAccessibleName, "Show entries of a kind")
        self.kinds.addItems([""] * (len(EntryKind) + 1))
        self.count.setProperty("look", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        beside: tuple[QWidget, ...] = (self.new_button, self.hints, self.kinds, self.list)
        for widget in beside:
            column.addWidget(widget, int(widget is self.list))
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.paper_button)
        column.addLayout(foot)
        self.setFixedWidth(WIDTH)
        self.model.wanted.connect(self._ask_page)
        self.kinds.activated.connect(lambda _row: self.ask())
        bind_call(self.kinds, self._say_kinds)
        bind_call(self.count, self._say_count)

    def show_case(self, case: Case) -> None:
        """Show the journal of a case."""
        if self._case is None or case.id != self._case.id:
            self._open = None
            self.kinds.setCurrentIndex(0)
            self.model.begin((), 0)
        self._case = case
        self.ask()

    @property
    def kind(self) -> EntryKind | None:
        """The kind that is shown alone, ``None`` for all."""
        row = self.kinds.currentIndex()
        return None if row <= 0 else tuple(EntryKind)[row - 1]

    def mark(self, entry: Id | None) -> None:
        """Put the cursor on the entry that is open."""
        self._open = entry
        self.list.mark(entry)

    def ask(self) -> None:
        """Ask again for what is listed and hinted at."""
        case, kind, self._asked = self._case, self.kind, self._asked + 1
        if case is None:
            return
        asked = self._asked

        def ask(reader: Reader) -> _Read:
            return _Read(journal_desk.waiting(reader, case, kind), journal_hints.of_case(reader, case))

        def show(found: _Read) -> None:
            if asked == self._asked:
                self._show(found)

        self._house.tasks.query(self, Query(ask, show))

    def _show(self, found: _Read) -> None:
        scrolled = self.list.verticalScrollBar().value()
        self.model.begin(found.waiting.rows, found.waiting.signed)
        self.list.verticalScrollBar().setValue(scrolled)
        self.hints.show_hints(found.hints)
        self.list.mark(self._open)
        self._say_count()
        self.shown.emit()

    def _ask_page(self, page: int) -> None:
        case, kind, asked = self._case, self.kind, self._asked
        if case is None:
            return

        def show(rows: tuple[JournalRow, ...]) -> None:
            if asked == self._asked:
                self.model.take(page, rows)
                self.list.mark(self._open)

        read = Query(lambda r: journal_desk.page(r, case, page * PAGE, PAGE, kind), show)
        self._house.tasks.query(self, read)

    def _say_kinds(self) -> None:
        labels = (N_("All kinds of entries"), *ENTRY_KIND_LABELS.values())
        for row, msgid in enumerate(labels):
            self.kinds.setItemText(row, tr(msgid))

    def _say_count(self) -> None:
        self.paper_button.setEnabled(self.model.rowCount() > 0)
        self.count.setText(i18n.ngettext("{n} entry", "{n} entries", self.model.rowCount()))
