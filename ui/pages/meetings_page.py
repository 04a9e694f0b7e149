"""All meetings of all cases: planned ones first, then the past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.ids import Id
from caseworker_app.services import meetings
from caseworker_app.services.meetings import MeetingRow
from caseworker_app.services.ports import Reader
from ui.house import House, Place
from ui.tasks import Query, Touched
from ui.widgets.meeting.list_model import WIDTHS, MeetingsModel
from ui.words import bind, bind_call, tr

ROW = 32
ROWS_MEASURED = 60
"""So many rows decide how wide the day is: those of a screen and more."""


class MeetingsTable(QTableView):
    """Enter opens the meeting of the row."""

    def __init__(self, model: MeetingsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setStyleSheet("QTableView::item { padding: 0 5px; }")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        for column, width in enumerate(WIDTHS):
            if width:
                self.setColumnWidth(column, width)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(
            0, QHeaderView.ResizeMode.ResizeToContents
        )  # a day and its hours stand whole
        head.setResizeContentsPrecision(ROWS_MEASURED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.doubleClicked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class MeetingsPage(QWidget):
    """The list, a field to narrow it, and the way to a new meeting."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._asked = 0
        self._chosen: Id | None = None
        self.model = MeetingsModel()
        self.table = MeetingsTable(self.model)
        self.find_line, self.only_planned, self.new = QLineEdit(), QCheckBox(), QPushButton()
        self.count, self.empty = QLabel(), QLabel()
        self.series, self.kinds, self.board = QPushButton(), QPushButton(), QPushButton()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)
        self._lay_out()
        self.table.doubleClicked.connect(self._open)
        self.find_line.textChanged.connect(self._narrow)
        self.find_line.returnPressed.connect(self._to_first)
        self.only_planned.toggled.connect(self._narrow)
        self.new.clicked.connect(lambda: self._make_new())
        near = QShortcut(QKeySequence("Ctrl+F"), self, self.find_line.setFocus)
        near.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        make = QShortcut(QKeySequence("Ctrl+M"), self, self._make_new)
        make.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        bind_call(self, self._say_again)

    def _lay_out(self) -> None:
        title = QLabel()
        title.setProperty("look", "title")
        bind(title.setText, "Meetings")
        self.count.setProperty("look", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bind(self.find_line.setPlaceholderText, "Find by child, meeting or place (Ctrl+F)")
        bind(self.find_line.setAccessibleName, "Find a meeting")
        self.find_line.setClearButtonEnabled(True)
        self.find_line.setFixedWidth(288)
        bind(self.only_planned.setText, "Only planned ones")
        bind(self.new.setText, "New meeting …")
        self.new.setToolTip("Ctrl+M")
        self.new.setProperty("look", "primary")
        bind(self.table.setAccessibleName, "Meetings")
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(title)
        top.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        bind(self.series.setText, "Series …")
        bind(self.kinds.setText, "Kinds …")
        bind(self.kinds.setAccessibleName, "Kinds of meeting")
        bind(self.board.setText, "The board")
        self.board.clicked.connect(lambda: self._house.go(Place("quality")))
        self.series.clicked.connect(self._show_series)
        self.kinds.clicked.connect(self._show_kinds)
        for widget in (self.only_planned, self.find_line, self.board, self.series, self.kinds, self.new):
            top.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.table, 1)
        self.empty.hide()

    # what the main window asks

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show the list; with ``part`` "new" ask for whom a meeting is planned (``thing`` may be the case)."""
        self._ask()
        QTimer.singleShot(0, self, self.table.setFocus)  # the page is shown after this
        if part == "new":
            self._make_new(thing)

    def follow(self, touched: Touched) -> None:
        """Ask again when a meeting or a case changed."""
        if any(kind in ("meeting", "case") for kind, _id in touched):
            self._soon.start(0)

    def leave(self) -> bool:
        """Nothing is unsaved here."""
        return True

    # what is shown

    def _ask(self) -> None:
        if self._house.tasks.store is None:
            return
        self._asked += 1
        asked = self._asked

        def ask(reader: Reader) -> tuple[list[MeetingRow], dt.date]:
            return meetings.all_meetings(reader), reader.today

        def show(answer: tuple[list[MeetingRow], dt.date]) -> None:
            if asked == self._asked:
                self._keep_choice(lambda: self.model.show_rows(*answer))

        self._house.tasks.query(self, Query(ask, show))

    def _narrow(self) -> None:
        only = self.only_planned.isChecked()
        self._keep_choice(lambda: self.model.narrow(self.find_line.text(), only_planned=only))

    def _keep_choice(self, change: Callable[[], None]) -> None:
        """Change what is shown and keep the chosen meeting chosen."""
        now = self.table.currentIndex()
        if now.isValid():
            self._chosen = self.model.rows[now.row()].meeting.id
        change()
        places = {row.meeting.id: place for place, row in enumerate(self.model.rows)}
        if places:
            self.table.selectRow(places.get(self._chosen or b"", 0))
        self._say_count()

    def _say_count(self) -> None:
        shown, number = len(self.model.rows), self.model.number
        self.count.setText(tr("{shown} of {number}", shown=shown, number=number) if number else "")
        if not number:
            self.empty.setText(
                tr("You have no meetings yet. Plan the first with the button New meeting (Ctrl+M).")
            )
        else:
            self.empty.setText(tr("No meeting fits. Write something else, or show all."))
        self.empty.setVisible(not shown)
        self.table.setVisible(bool(shown))

    def _say_again(self) -> None:
        self._keep_choice(self.model.say_again)

    # what the user does

    def _open(self, index: QModelIndex) -> None:
        self._house.go(Place("meeting", self.model.rows[index.row()].meeting.id))

    def _to_first(self) -> None:
        if self.model.rows:
            self.table.setFocus()

    def _show_series(self) -> None:
        from ui.dialogs.series_dialog import SeriesDialog

        SeriesDialog(self._house, self).open()

    def _show_kinds(self) -> None:
        from ui.dialogs.meeting_kinds_dialog import MeetingKindsDialog

        MeetingKindsDialog(self._house, self).open()

    def _make_new(self, case: Id | None = None) -> None:
        from ui.dialogs.new_meeting_dialog import NewMeetingDialog

        dialog = NewMeetingDialog(self._house, self, case or None)
        dialog.open()
