"""The access log: who used what, when and for what; printed for a citizen who asks."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QTreeWidgetItem

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import PAPER_LABELS
from caseworker_app.i18n import N_
from caseworker_app.services import access_log, access_papers
from caseworker_app.services.access_log import USE_LABELS, LogLine, Use, Wanted
from caseworker_app.services.cases import display_name
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.pages.settings.pane import Pane
from ui.tasks import Query
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.sync.plain import button, label
from ui.widgets.tall_rows import Sheet
from ui.words import bind, bind_call, tr

SHOWN = 300
WIDE = 1240
PERIODS: dict[int, str] = {
    30: N_("The last 30 days"),
    92: N_("The last three months"),
    365: N_("The last year"),
    0: N_("Everything"),
}
"""Days back, and the msgid; 0 for all there is."""
PAGE_LABELS = {
    "today": "Today", "caseload": "Cases", "meetings": "Meetings", "tasks": "Agreements", "search": "Search",
    "health": "Familiecentral and day-care", "quality": "Board and quality", "overview": "Overview",
    "people": "People", "maps": "Maps", "follow_up": "Plan and follow-up", "journal": "Journal", "visits": "Visits",
    "assessment": "Notifications and investigation", "case": "Case", "meeting": "Meeting", "map": "Network map",
    "genogram": "Genogram", "address": "Address", "numbers": "Numbers", "measures": "Measurements",
    "agreements": "Agreements", "cooperation": "Cooperation",
}  # fmt: skip
"""By what the log calls a page or a part of one."""


class AccessPane(Pane):
    """The pane."""

    def __init__(self, house: House) -> None:
        super().__init__(
            N_("What is read, searched, written, printed and handed out is noted here by itself, and deleted after the "
               "time the municipality has decided. A citizen may see when and for what, not who."),
            width=WIDE,
        )  # fmt: skip
        self._house = house
        self._lines: tuple[LogLine, ...] = ()
        self.case, self.period, self.use = Combo(), Combo(), Combo()
        self.list = Sheet((5, 5, 5, 9, 6))
        self.list.setMinimumHeight(322)
        self.counted = label("muted")
        self.complaint = Complaint()
        self.print_button = button("Print for a citizen who asks …")
        self.desk = PaperDesk(house, self)
        self.desk.refused.connect(self.complaint.show_error)
        self._lay_out()
        for combo in (self.case, self.period, self.use):
            combo.activated.connect(lambda _index: self._ask())
        self.print_button.clicked.connect(self.print_it)
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column, (msgid, combo) in enumerate(
            (("Case", self.case), ("Period", self.period), ("What was done", self.use))
        ):
            words = QLabel()
            bind(words.setText, msgid)
            words.setBuddy(combo)
            bind(combo.setAccessibleName, msgid)
            grid.addWidget(words, 0, column)
            grid.addWidget(combo, 1, column)
            grid.setColumnStretch(column, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.print_button)
        foot.addStretch(1)
        self.column.addLayout(grid)
        self.column.addWidget(self.list)
        self.column.addWidget(self.counted)
        self.column.addWidget(self.complaint)
        self.column.addLayout(foot)

    def begin(self) -> None:
        """Ask which cases there are, then what was done."""
        self._house.tasks.query(self, Query(_cases, self._show_cases))

    def _show_cases(self, found: list[tuple[str, Id]]) -> None:
        before = self.case.currentData()
        self.case.clear()
        self.case.addItem(tr("All cases and what belongs to none"), None)
        for name, case in found:
            self.case.addItem(name, case.hex())
        self.case.setCurrentIndex(max(0, self.case.findData(before)))
        self._ask()

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        use = self.use.currentData()
        days = self.period.currentData() or 0
        since = dt.datetime.now(dt.UTC).astimezone().date() - dt.timedelta(days=days) if days else None
        uses = frozenset({Use(use)}) if use else frozenset()
        case = self.case.currentData()
        return Wanted(bytes.fromhex(case) if case else None, since, None, uses, SHOWN)

    def _ask(self) -> None:
        wanted = self.wanted()
        self._house.tasks.query(self, Query(lambda r: access_log.lines(r, wanted), self._show))
        self.print_button.setEnabled(self.case.currentData() is not None)

    def _show(self, found: tuple[LogLine, ...]) -> None:
        self._lines = found
        self.list.clear()
        self.list.addTopLevelItems([QTreeWidgetItem(_cells(line)) for line in found])
        full = len(found) >= SHOWN
        words = (
            tr("Only the newest {n} are shown. Choose a case or a shorter period.", n=SHOWN) if full else ""
        )
        self.counted.setText(words if found else tr("Nothing was noted in that time."))
        self.counted.setVisible(bool(self.counted.text()))

    def _say(self) -> None:
        self.list.setAccessibleName(tr("Access log"))
        self.list.setHeaderLabels(
            [tr("When"), tr("Who"), tr("What was done"), tr("Concerning"), tr("Purpose")]
        )
        for combo, rows in (
            (self.period, [(days, tr(words)) for days, words in PERIODS.items()]),
            (
                self.use,
                [("", tr("Everything")), *((use.value, tr(words)) for use, words in USE_LABELS.items())],
            ),
        ):
            before = combo.currentIndex()
            combo.clear()
            for value, words in rows:
                combo.addItem(words, value)
            combo.setCurrentIndex(max(0, before))
        bind_words = tr("Choose a case first: the paper is about one child.")
        self.print_button.setToolTip(bind_words)
        self._show(self._lines)

    def print_it(self) -> None:
        """Show the paper for a citizen who asks, of the case and period that are chosen."""
        wanted = self.wanted()
        if wanted.case is None:
            return
        case, since, title = wanted.case, wanted.since, tr("Access log")
        self._house.tasks.query(
            self,
            Query(
                lambda r: access_papers.job(r, case, since, None),
                lambda job: self.desk.preview(job, title, title),
            ),
        )


def _cases(reader: Reader) -> list[tuple[str, Id]]:
    found = [(display_name(case), case.id) for case in reader.find(Case)]
    return sorted(found, key=lambda one: one[0].casefold())


def _cells(line: LogLine) -> list[str]:
    tables = (PAGE_LABELS, PAPER_LABELS) if line.use is Use.READ else (PAPER_LABELS, PAGE_LABELS)
    detail = next((tr(table[line.detail]) for table in tables if line.detail in table), "")
    if line.use is Use.SEARCH:
        detail = f"“{line.detail}”"
    about = [
        display_name(line.case) if line.case is not None else "",
        tr(line.what) if line.what else "",
        detail,
    ]
    what = " · ".join(dict.fromkeys(words for words in about if words))
    return [
        f"{line.at.astimezone():%d-%m-%Y %H.%M}",
        line.who,
        tr(USE_LABELS[line.use]),
        what,
        tr(line.purpose),
    ]
