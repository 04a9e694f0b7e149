"""Sager: all cases on one page."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.services import cases
from caseworker_app.services.cases import Caseload
from caseworker_app.services.ports import Reader
from ui.house import House, Place
from ui.models.caseload_model import CaseloadModel
from ui.models.caseload_rows import Ahead
from ui.tasks import Query, Touched
from ui.widgets.caseload_panel import CaseloadPanel
from ui.widgets.caseload_table import CaseloadTable
from ui.words import bind, bind_call, tr

_KINDS_SHOWN = frozenset({"case", "meeting", "sibling_link", "office", "worker"})
_KINDS_COUNTED = frozenset(
    {
        "case", "case_event", "complaint", "deadline_mark", "follow_up", "follow_up_exception", "intervention",
        "investigation", "notification", "own_catalogue", "parents_hearing", "party_hearing", "plan", "rhythm_decision",
    }
)  # fmt: skip
"""What the next deadlines and the steps hang on."""


class CaseloadPage(QWidget):
    """The caseload. ``first_rows_painted`` comes once, when its rows have first been painted, with their number."""

    first_rows_painted = Signal(int)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house, self._painted = house, False
        self.model = CaseloadModel()
        self.table = CaseloadTable(self.model)
        self.panel = CaseloadPanel()
        bind(self.table.setAccessibleName, "Cases")
        self._empty, self._empty_words, self._empty_button = QWidget(), QLabel(), QPushButton()
        self._stack = QStackedWidget()
        self._lay_out()
        self.table.first_rows_painted.connect(self.first_rows_painted)
        self.table.first_rows_painted.connect(lambda _rows: self._begin_ahead())
        self.table.opened.connect(self._open)
        self.table.typed.connect(self._typed)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        self.panel.changed.connect(self._filter)
        self.panel.sort_chosen.connect(self._sort)
        self.panel.new_case.connect(self.new_case)
        self.panel.notification.connect(self.new_notification)
        self.panel.import_list.connect(self.import_list)
        self.panel.take_pack.connect(lambda: _take_pack(self, self._house))
        self.panel.conflicts.connect(self.show_conflicts)
        self.panel.find_line.returnPressed.connect(self._open_first)
        self.panel.find_line.installEventFilter(self)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.panel.find_line.setFocus)
        bind_call(self, self._say_again)

    def _lay_out(self) -> None:
        self._empty_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty_words.setWordWrap(True)
        self._empty_button.setProperty("look", "primary")
        self._empty_button.clicked.connect(self._answer_empty)
        middle = QVBoxLayout(self._empty)
        middle.addStretch(1)
        middle.addWidget(self._empty_words)
        middle.addWidget(self._empty_button, 0, Qt.AlignmentFlag.AlignCenter)
        middle.addStretch(2)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 12, 2)
        layout.setSpacing(12)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.panel)

    # the page, as the window sees it

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show the cases, the cursor on ``thing``; ``part`` "new" opens the form of a new case,
        "notification" that of a notification, "import" the list to fetch from, "handover" a pack a
        colleague has given."""
        self._ask(thing)
        self._ask_ahead()
        self.table.setFocus()
        if part == "new":
            self.new_case()
        elif part == "notification":
            self.new_notification()
        elif part == "import":
            self.import_list()
        elif part == "handover":
            _take_pack(self, self._house)

    def follow(self, touched: Touched) -> None:
        """Ask again when something of it changed."""
        if any(kind in _KINDS_SHOWN for kind, _entity in touched):
            self._ask(None)
        if any(kind in _KINDS_COUNTED for kind, _entity in touched):
            self._ask_ahead()
        else:
            self._ask_contested()

    def leave(self) -> bool:
        """Nothing is typed here that would be lost."""
        return True

    def rows_shown(self) -> int:
        """Return how many rows stand whole on the page."""
        return self.table.rows_shown()

    def new_case(self) -> None:
        """Open the form of a new case, with its draft when there is one."""
        from ui.dialogs.case_dialog import CaseDialog

        CaseDialog(self._house, self).open()

    def new_notification(self) -> None:
        """Record a notification: of a child with a case, or of one that has none yet."""
        from ui.dialogs.new_notification_dialog import NewNotificationDialog

        NewNotificationDialog(self._house, self).open()

    def show_conflicts(self) -> None:
        """Show what has two values, of all cases, to be chosen between."""
        from ui.dialogs.conflicts_dialog import ConflictsDialog

        ConflictsDialog(self._house, None, self).open()

    def import_list(self) -> None:
        """Fetch cases from a spreadsheet or a text file."""
        from ui.dialogs.import_dialog import ImportDialog

        ImportDialog(self._house, self).open()

    # asking and showing

    def _ask(self, thing: Id | None) -> None:
        def ask(reader: Reader) -> tuple[Caseload, dt.date]:
            return cases.caseload(reader), reader.today

        def show(answer: tuple[Caseload, dt.date]) -> None:
            self._show(answer[0], answer[1], thing)

        self._house.tasks.query(self, Query(ask, show))

    def _begin_ahead(self) -> None:
        """Ask what the rules say once the rows stand there: the rules are not loaded before the first paint."""
        self._painted = True
        QTimer.singleShot(0, self, self._ask_ahead)

    def _ask_ahead(self) -> None:
        if not self._painted:
            return
        books = self._house.books

        def ask(reader: Reader) -> dict[Id, Ahead]:
            from ui.models.case_ahead import ahead_of

            return ahead_of(reader, books)

        def show(ahead: dict[Id, Ahead]) -> None:
            chosen = self.table.chosen()
            self.model.show_ahead(ahead)
            self.table.choose(chosen)

        self._house.tasks.query(self, Query(ask, show))
        self._ask_contested()

    def _ask_contested(self) -> None:
        """Ask what people disagree about, once the rows stand there."""
        if not self._painted:
            return

        def ask(reader: Reader) -> dict[Id, int]:
            from caseworker_app.services import conflicts

            return conflicts.counts(reader)

        def show(contested: dict[Id, int]) -> None:
            chosen = self.table.chosen()
            self.model.show_contested(contested)
            self.panel.show_contested(sum(contested.values()))
            self.table.choose(chosen)

        self._house.tasks.query(self, Query(ask, show))

    def _show(self, caseload: Caseload, today: dt.date, thing: Id | None) -> None:
        chosen = thing or self.table.chosen()
        self.model.show(caseload, today)
        self.panel.show_caseload(caseload)
        self.table.choose(chosen)
        self._say_empty()

    def _filter(self) -> None:
        chosen, panel = self.table.chosen(), self.panel
        self.model.filter(
            panel.find_line.text(), panel.chosen_kind, panel.chosen_mark, closed=panel.closed.isChecked()
        )
        self.table.choose(chosen)
        self._say_empty()

    def _sort(self, column: int) -> None:
        self.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)

    def _sorted(self, column: int) -> None:
        self.panel.show_sort(column)
        self.table.choose(self.table.chosen())

    def _say_again(self) -> None:
        chosen = self.table.chosen()
        self.model.say_again()
        self.table.choose(chosen)
        self._say_empty()

    # finding and opening

    def _open(self, case: Id) -> None:
        self._house.go(Place("case", case))

    def _open_first(self) -> None:
        case = self.table.chosen()
        if case is not None and self.panel.find_line.text().strip():
            self._open(case)

    def _typed(self, text: str) -> None:
        self.panel.find_line.setFocus()
        self.panel.find_line.setText(text)

    def eventFilter(self, watched: object, event: object) -> bool:
        """Let the arrows go from the words typed to the rows found, and Escape back to all of them."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.table.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.panel.find_line.clear()
                self.table.setFocus()
                return True
        return False

    # nothing to show

    def _say_empty(self) -> None:
        empty = self.model.rowCount() == 0
        self._stack.setCurrentWidget(self._empty if empty else self.table)
        if not empty:
            return
        if self.model.filtered:
            self._empty_words.setText(tr("No case fits what you look for."))
            self._empty_button.setText(tr("Show all cases"))
        else:
            self._empty_words.setText(
                tr(
                    "No cases yet. A name and a birth date are enough to begin with, or whose unborn child it is."
                )
            )
            self._empty_button.setText(tr("Register the first child"))

    def _answer_empty(self) -> None:
        if self.model.filtered:
            self.panel.clear()
        else:
            self.new_case()


def _take_pack(page: QWidget, house: House) -> None:
    """Take cases in that a colleague has given in a file."""
    from ui.dialogs.take_pack_dialog import TakePackDialog

    TakePackDialog(house, page).open()
