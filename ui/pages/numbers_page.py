"""Tal: the numbers of the worker's own caseload in any period, each opened to the cases it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.ids import Id
from caseworker_app.domain.numbers.chart_facts import BarChart
from caseworker_app.domain.numbers.figures import Sheet
from caseworker_app.domain.numbers.span import Span
from caseworker_app.domain.papers import PaperJob
from caseworker_app.i18n import N_
from caseworker_app.services.numbers import Loaded
from caseworker_app.services.numbers_papers import Way
from caseworker_app.services.ports import Reader
from ui.house import House, Place
from ui.passing_on import pass_focus
from ui.tasks import Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.numbers.behind import Behind
from ui.widgets.numbers.drawings import BarsView
from ui.widgets.numbers.period_bar import PeriodBar
from ui.widgets.numbers.sheet_table import SheetTable
from ui.words import bind, bind_call, tr

FOLLOWS = frozenset(
    {
        "case", "child_talk", "complaint", "deadline_mark", "follow_up", "follow_up_exception", "goal", "intervention",
        "investigation", "own_catalogue", "party_hearing", "plan", "rhythm_decision", "worker_change",
    }
)  # fmt: skip
_LIST, _LINE = 224, 34
_WIDER, _USUAL = 1.25, 22
"""How much wider the list becomes with larger text, and the height of a line of the usual text at most, px."""
_NOTE = N_("Few observations and no control group: a figure of few cases says little, and never why.")


SHEET_LABELS: Mapping[str, str] = {
    "half_years": N_("Follow-ups by half-year"),
    "in_time": N_("Follow-ups in time"),
    "talks": N_("Talks with the children"),
    "barometer": N_("Beside the country"),
    "plans": N_("Plans"),
    "goals": N_("Goals"),
    "ladder": N_("The caseload on the ladder"),
    "moves": N_("Moves on the ladder"),
    "child_years": N_("Child-years"),
    "breakdowns": N_("Breakdowns"),
    "complaints": N_("Complaints"),
    "changes": N_("Changes of worker"),
    "costs": N_("Cost in kr."),
    "unit_costs": N_("Cost of a child-year"),
}
"""What each sheet is called in the list, in the order of the list."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the page: what was read, the period, and the sheets made of it: first the one in sight."""

    loaded: Loaded
    span: Span
    before: Span | None
    sheets: Mapping[str, Sheet]


class NumbersPage(QWidget):
    """``part`` is the key of a sheet. ``in_sight`` comes when the sheet's numbers are painted."""

    in_sight = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self.shown: Shown | None = None
        self._asked = 0
        self._waiting = self._stale = self._late = False
        self._charts: list[BarsView] = []
        self.period, self.complaint = PeriodBar(self), Complaint(self)
        self.list, self.table, self.behind = QListWidget(self), SheetTable(self), Behind(self)
        self.heading, self.source, self.notes = QLabel(self), QLabel(self), QLabel(self)
        self.desk = PaperDesk(house, self)
        self.desk.refused.connect(self.complaint.show_error)
        self.desk.said.connect(house.say)
        self.print_button, self.xlsx, self.csv = QPushButton(self), QPushButton(self), QPushButton(self)
        self._lay_out()
        self._connect()
        bind_call(self, self._say)

    # building

    def _lay_out(self) -> None:
        title = QLabel(self)
        title.setProperty("look", "title")
        bind(title.setText, "Numbers")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(title, 1)
        for button, words in (
            (self.print_button, N_("Show and print (Ctrl+P)")),
            (self.xlsx, N_("Save as .xlsx …")),
            (self.csv, N_("Save as .csv …")),
        ):
            bind(button.setText, words)
            bind(button.setToolTip, "Groups of under 3 children are hidden in it.")
            button.setEnabled(False)
            top.addWidget(button)
        bind(self.list.setAccessibleName, "Which numbers")
        for _key in SHEET_LABELS:
            self.list.addItem(QListWidgetItem(""))
        self.list.setCurrentRow(0)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.list)
        across.addWidget(self._sheet_area(), 1)
        across.addWidget(self.behind)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.period)
        column.addWidget(self.complaint)
        column.addLayout(across, 1)
        pass_focus(self, lambda: self.list)

    def _sheet_area(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._sheet = QVBoxLayout(inner)
        self._sheet.setContentsMargins(0, 0, 8, 0)
        self._sheet.setSpacing(8)
        self.heading.setProperty("look", "heading")
        self.heading.setWordWrap(True)
        self.source.setProperty("look", "muted")
        self.notes.setProperty("look", "muted")
        self.notes.setWordWrap(True)
        for widget in (self.heading, self.source, self.table, self.notes):
            self._sheet.addWidget(widget)
        self._sheet.addStretch(1)
        area.setWidget(inner)
        return area

    def _connect(self) -> None:
        self.period.changed.connect(self._count)
        self.list.currentRowChanged.connect(lambda _row: self._show_sheet())
        self.table.picked.connect(self._pick)
        self.table.painted.connect(self._tell_sight)
        self.table.cellActivated.connect(lambda _row, _column: self.behind.list.setFocus())
        self.behind.opened.connect(lambda case: self._house.go(Place("case", case, "follow_up")))
        self.print_button.clicked.connect(lambda: self.hand_out(Way.PDF))
        self.xlsx.clicked.connect(lambda: self.hand_out(Way.XLSX))
        self.csv.clicked.connect(lambda: self.hand_out(Way.CSV))
        near = QShortcut(QKeySequence("Ctrl+P"), self)
        near.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        near.activated.connect(self.print_button.click)

    # the page, as the window sees it

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Read everything and show a sheet by its key; the one shown before when none is named."""
        self._choose(part)
        self._ask()

    def follow(self, touched: Touched) -> None:
        """Read again when something that is counted changed."""
        if any(kind in FOLLOWS for kind, _thing in touched):
            if self.isVisible():
                self._ask()
            else:
                self._stale = True

    def leave(self) -> bool:
        """Nothing is typed here that is kept."""
        return True

    # asking

    def _ask(self) -> None:
        """Read everything, and make the sheet in sight; then the others."""
        books, key = self._house.books, self.key
        begun, chosen, beside = self.period.today, self.period.span, self.period.before

        def ask(reader: Reader) -> Shown:
            from caseworker_app.domain.numbers.report import one_sheet
            from caseworker_app.domain.numbers.span import year_of
            from caseworker_app.services import numbers

            found = numbers.load(reader, books.rules(reader), books.catalogue(reader).catalogue)
            span = chosen if begun == reader.today else year_of(reader.today)
            return Shown(found, span, beside, {key: one_sheet(found.events, key, span, beside)})

        self._query(ask, self._take)

    def _count(self) -> None:
        """Count anew for another period; nothing is read for it."""
        shown, key = self.shown, self.key
        if shown is None:
            return
        loaded, span, before = shown.loaded, self.period.span, self.period.before

        def count(_reader: Reader) -> Shown:
            from caseworker_app.domain.numbers.report import one_sheet

            return Shown(loaded, span, before, {key: one_sheet(loaded.events, key, span, before)})

        self._query(count, self._take)

    def _count_others(self) -> None:
        """Make the sheets that are not in sight."""
        shown = self.shown
        if shown is None:
            return

        def count(_reader: Reader) -> Shown:
            from caseworker_app.domain.numbers.report import report

            made = report(shown.loaded.events, shown.span, shown.before)
            return replace(shown, sheets={sheet.key: sheet for sheet in made})

        self._query(count, self._take_others)

    def _query(self, ask: Callable[[Reader], Shown], take: Callable[[Shown], None]) -> None:
        self._asked += 1
        number = self._asked
        self._stale = False

        def show(found: Shown) -> None:
            if number == self._asked:
                take(found)

        self._house.tasks.query(self, Query(ask, show))

    # showing

    def _take(self, found: Shown) -> None:
        self.shown = found
        self.period.begin(found.loaded.events.today)
        self.period.know(found.loaded.events.begun)
        for button in (self.print_button, self.xlsx, self.csv):
            button.setEnabled(bool(found.loaded.cases))
        self._show_sheet()
        self._count_others()

    def _take_others(self, found: Shown) -> None:
        self.shown = found
        if self._late:
            self._show_sheet()

    def _say(self) -> None:
        for row, words in enumerate(SHEET_LABELS.values()):
            item = self.list.item(row)
            item.setText(tr(words))
            item.setToolTip(item.text())
        self._fit_list()
        self._show_sheet()

    def _fit_list(self) -> None:
        """Give the names of the sheets the height their text needs, and of the width what may be spared."""
        high = self.fontMetrics().lineSpacing()
        wide = min(round(_LIST * _WIDER), max(_LIST, round(_LIST * high / _USUAL)))
        self.list.setFixedWidth(wide)
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(wide - 24, max(_LINE, high + 8)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_list()

    @property
    def key(self) -> str:
        """The key of the sheet that is chosen."""
        return tuple(SHEET_LABELS)[max(0, self.list.currentRow())]

    def _choose(self, key: str) -> None:
        if key in SHEET_LABELS:
            self.list.blockSignals(True)
            self.list.setCurrentRow(tuple(SHEET_LABELS).index(key))
            self.list.blockSignals(False)

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that is chosen; ``None`` while it is made."""
        return None if self.shown is None else self.shown.sheets.get(self.key)

    def _show_sheet(self) -> None:
        sheet = self.sheet
        self._late = sheet is None
        if sheet is None or self.shown is None:
            return
        from caseworker_app.services.numbers_words import chart_of, say

        words = i18n.current()
        self.heading.setText(say(words, sheet.title))
        self.source.setText(tr("Form of the table: {source}", source=sheet.source))
        empty = not sheet.columns or not sheet.lines
        self.table.setVisible(not empty)
        notes = [say(words, note) for note in sheet.notes] + [tr(_NOTE)]
        if empty:
            notes.insert(0, tr("There is nothing to count in the period. Choose another one above."))
        self.notes.setText("\n".join(notes))
        self._waiting = True
        if empty:
            self.behind.show_figure("", None, {})
        self.table.show_sheet(sheet)
        self._show_charts([chart_of(words, sheet, chart) for chart in sheet.charts])

    def _show_charts(self, charts: Sequence[BarChart]) -> None:
        for old in self._charts:
            self._sheet.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._charts = [BarsView(chart, self) for chart in charts]
        for number, view in enumerate(self._charts):
            self._sheet.insertWidget(3 + number, view)

    def _pick(self, row: int, column: int) -> None:
        sheet, shown = self.sheet, self.shown
        if sheet is None or shown is None or not sheet.columns:
            return
        from caseworker_app.services.numbers_words import head_words, say

        words = i18n.current()
        head = head_words(words, sheet.columns[column]).replace("\n", ", ")
        about = f"{say(words, sheet.lines[row].label)}: {head}"
        self.behind.show_figure(about, self.table.figure(row, column), shown.loaded.cases)

    def _tell_sight(self) -> None:
        if self._waiting:
            self._waiting = False
            self.in_sight.emit()

    # out of the house

    def hand_out(self, way: Way) -> None:
        """Show the numbers as a paper, or save them as a file; groups under three are hidden in it."""
        shown = self.shown
        if shown is None:
            return
        self.complaint.clear()

        def ask(reader: Reader) -> PaperJob:
            from caseworker_app.services import numbers_papers

            return numbers_papers.job(reader, shown.loaded, shown.span, shown.before, way)

        title = tr("Numbers of one's own cases")
        kinds = {Way.XLSX: N_("Spreadsheet (*.xlsx)"), Way.CSV: N_("Text with columns (*.csv)")}
        if way is Way.PDF:
            minds = (tr("Groups of under 3 children are hidden in it."),)
            show = partial(self.desk.preview, title=title, about=title, minds=minds)
            self._house.tasks.query(self, Query(ask, show))
            return
        save = partial(self.desk.save, title=title, kinds=tr(kinds[way]))
        self._house.tasks.query(self, Query(ask, save))
