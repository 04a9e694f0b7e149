"""Fetching the caseload from a list: chosen, looked at row for row; nothing is written before the button is pressed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.caseload_columns import Columns, Meaning, guess
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.sheets import Book
from caseworker_app.i18n import N_
from caseworker_app.services import caseload_import
from caseworker_app.services.caseload_import import Brought, Fetched, Preview, RowState, SheetReader
from ui.dialogs.fitting import resize
from ui.house import House
from ui.models.import_model import Col, ImportModel
from ui.models.import_words import (
    brought_words,
    counts_words,
    fetch_words,
    latest_words,
    notes_words,
    read_list,
    taken_words,
)
from ui.tasks import Job, Op, Query
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.form_bars import NoticeBar
from ui.widgets.import_columns import ImportColumns
from ui.widgets.import_table import ImportTable
from ui.widgets.progress import ProgressLine
from ui.widgets.save_file import forget_places
from ui.words import bind, bind_call, tr

WIDTH, HEIGHT = 1180, 900
_SHOWN: Mapping[RowState | None, str] = {
    None: N_("All rows"),
    RowState.NEW: N_("New cases"),
    RowState.SAME: N_("Possibly there already"),
    RowState.BAD: N_("Cannot be fetched"),
}


class ImportDialog(QDialog):
    """Opened with ``open()``. ``looked`` comes when a list stands there, ``fetched`` when its cases have come in."""

    looked = Signal()
    fetched = Signal(object)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house = house
        self._book: Book | None = None
        self._at, self._asked = 0, 0
        self._under_way = False
        self.preview: Preview | None = None
        self.explanation, self.counts, self.notes = _label("muted"), _label("subheading"), _label("note")
        self.complaint, self.notice = Complaint(self), NoticeBar()
        self.progress = ProgressLine(N_("Fetching the cases …"))
        self.choose_button, self.fetch_button, self.close_button = QPushButton(), QPushButton(), QPushButton()
        self.sheets, self.only = Combo(), Combo()
        self.columns, self.model = ImportColumns(), ImportModel()
        self.table, self.reason = ImportTable(self.model), _label("muted")
        self._middle = QWidget()
        self._lay_out()
        self._connect()
        bind_call(self, self._say)
        house.tasks.query(self, Query(caseload_import.latest, self._show_latest))

    def _lay_out(self) -> None:
        bind(self.setWindowTitle, "Fetch cases from a list")
        bind(self.table.setAccessibleName, "Rows of the list")
        bind(self.only.setAccessibleName, "Which rows are shown")
        bind(self.sheets.setAccessibleName, "Which sheet of the file")
        self.only.addItems([""] * len(_SHOWN))
        self.only.setMinimumContentsLength(22)
        self.fetch_button.setProperty("look", "primary")
        for button in (self.choose_button, self.fetch_button, self.close_button):
            button.setAutoDefault(False)
        bind(self.choose_button.setText, "Choose a file … (Ctrl+O)")
        bind(self.close_button.setText, "Close")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.choose_button)
        head.addWidget(self.sheets)
        head.addWidget(self.counts, 1)
        head.addWidget(self.only)
        across = QHBoxLayout(self._middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addWidget(self.columns)
        across.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.fetch_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.explanation)
        layout.addWidget(self.notice)
        layout.addLayout(head)
        layout.addWidget(self.complaint)
        layout.addWidget(self.notes)
        layout.addWidget(self._middle, 1)
        layout.addWidget(self.reason)
        layout.addStretch(0)
        layout.addWidget(self.progress)
        layout.addLayout(foot)
        self._middle.hide()
        resize(self, min(WIDTH, self.screen().availableGeometry().width() - 64), HEIGHT)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self.choose)
        self.fetch_button.clicked.connect(self.fetch)
        self.close_button.clicked.connect(self.close)
        self.sheets.activated.connect(self._turn_to)
        self.only.activated.connect(lambda at: self.model.show_only(list(_SHOWN)[at]))
        self.columns.changed.connect(self._say_column)
        self.model.chosen_changed.connect(self._say)
        self.table.came_to.connect(self.reason.setText)
        QShortcut(QKeySequence("Ctrl+O"), self, self.choose)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.fetch)

    # choosing and reading

    def choose(self) -> None:
        """Ask which file."""
        kinds = tr("Lists (*.xlsx *.csv *.txt)") + ";;" + tr("All files") + " (*)"
        dialog = QFileDialog(self, tr("Fetch cases from a list"), "", kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forget_places(dialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read)
        dialog.open()

    def read(self, path: str) -> None:
        """Read a file in the worker process and show what stands in it."""
        if self._under_way:
            return
        reader = cast("SheetReader", self._house.files)  # the worker process takes files in and reads lists
        self.complaint.clear()
        self._set_under_way(True)
        self._house.tasks.job(self, Job(lambda: read_list(reader, path), self._show_book, self._refused))

    def _show_book(self, book: Book) -> None:
        self._set_under_way(False)
        self._book, self._at = book, 0
        self.sheets.clear()
        self.sheets.addItems([sheet.name for sheet in book.sheets])
        self._look(guess(book.sheets[0]))

    def _turn_to(self, at: int) -> None:
        if self._book is not None:
            self._at = at
            self._look(guess(self._book.sheets[at]))

    def _say_column(self, column: int, meaning: Meaning | None) -> None:
        if self.preview is not None:
            self._look(self.preview.columns.with_column(column, meaning))

    def _look(self, columns: Columns) -> None:
        book = self._book
        if book is None:
            return
        self._asked += 1
        asked, sheet = self._asked, book.sheets[self._at]
        self.fetch_button.setEnabled(False)

        def show(found: Preview) -> None:
            if asked == self._asked:
                self._show(found)

        self._house.tasks.query(self, Query(lambda r: caseload_import.preview(r, sheet, columns), show))

    def _show(self, found: Preview) -> None:
        first = self.preview is None
        self.preview = found
        self.model.show_preview(found, found.first_choice)
        self.columns.show_preview(found)
        self._say()
        if first:
            self.table.setFocus()
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, Col.NAME))
        self.looked.emit()

    def _refused(self, error: UserError) -> None:
        self._set_under_way(False)
        self.progress.hide()
        self.complaint.show_error(error)
        self._say()

    def _set_under_way(self, under_way: bool) -> None:
        self._under_way = under_way
        self.choose_button.setEnabled(not under_way)
        self.fetch_button.setEnabled(False)

    # what stands there

    def _say(self) -> None:
        self.explanation.setText(
            tr(
                "A spreadsheet (.xlsx) or a text file (.csv) with a row for each child. It is looked at first: nothing is "
                "written before you fetch, and then all of it or nothing."
            )
        )
        for at, words in enumerate(_SHOWN.values()):
            self.only.setItemText(at, tr(words))
        found = self.preview
        several = self._book is not None and len(self._book.sheets) > 1
        self._middle.setVisible(found is not None)
        self.reason.setVisible(found is not None)
        self.only.setVisible(found is not None)
        self.sheets.setVisible(several)
        self.counts.setText("" if found is None else counts_words(found))
        self.fetch_button.setText(fetch_words(len(self.model.chosen)))
        self.fetch_button.setEnabled(found is not None and bool(self.model.chosen) and not self._under_way)
        sheet = None if self._book is None else self._book.sheets[self._at]
        notes = [] if found is None or sheet is None else notes_words(found, sheet, len(self.model.chosen))
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))

    # fetching

    def fetch(self) -> None:
        """Bring the chosen rows in, all of them or none."""
        found, chosen = self.preview, frozenset(self.model.chosen)
        if found is None or not chosen or self._under_way:
            return
        self.complaint.clear()
        self._set_under_way(True)
        progress = self.progress.begin()
        run = Op(
            lambda w: caseload_import.bring_in(w, found, chosen, progress),
            done=self._fetched,
            failed=self._refused,
        )
        self._house.tasks.op(self, run)

    def _fetched(self, brought: Brought) -> None:
        self._house.say(brought_words(brought))
        self.fetched.emit(brought)
        self.close()

    # taking back

    def _show_latest(self, found: Fetched | None) -> None:
        if found is None:
            self.notice.clear()
            return
        day = "" if found.brought_on is None else long_date(found.brought_on, i18n.current().language)
        self.notice.tell(
            lambda: (latest_words(found, day), tr("Take them back")), lambda: self._take_back(found)
        )

    def _take_back(self, found: Fetched) -> None:
        def gone(answer: tuple[int, int]) -> None:
            self._house.say(taken_words(*answer))
            if self.preview is not None:
                self._look(self.preview.columns)

        run = Op(lambda w: caseload_import.take_back(w, found.id), done=gone, failed=self._refused)
        self._house.tasks.op(self, run)


def _label(look: str) -> QLabel:
    label = QLabel()
    label.setProperty("look", look)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
