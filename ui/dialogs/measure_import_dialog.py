"""Fetching scores from a list into one case: looked at row for row, nothing written before the button is pressed."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.dates import short_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.instruments import from_lines
from caseworker_app.domain.measurement import PHASE_LABELS
from caseworker_app.domain.sheets import Book
from caseworker_app.domain.typed_numbers import figure_words
from caseworker_app.i18n import N_
from caseworker_app.services import measurement_import
from caseworker_app.services.caseload_import import SheetReader
from caseworker_app.services.measurement_import import ImportPreview, ImportRow, RowState
from caseworker_app.services.measurement_views import CaseMeasures
from caseworker_app.services.ports import Reader
from ui.dialogs.fitting import resize
from ui.house import House
from ui.models.import_words import read_list
from ui.tasks import Job, Op, Query
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.measures.words import person
from ui.widgets.save_file import forget_places
from ui.words import bind, bind_call, error_words, tr

SIZE = (1040, 640)
_HEADS = (
    N_("Row"), N_("Instrument"), N_("Day"), N_("Phase"), N_("Who answered"), N_("Scores"), N_("What becomes of it"),
)  # fmt: skip
_WIDTHS = (72, 92, 104, 96, 120, 176)
_SCORES = 5
"""The column of the scores."""
STATE_LABELS = {
    RowState.NEW: N_("Comes in"),
    RowState.SAME: N_("Is there already"),
    RowState.OTHER: N_("Another child"),
    RowState.BAD: N_("Cannot be fetched"),
}


class MeasureImportDialog(QDialog):
    """Opened with ``open()``. ``looked`` comes when a list stands there, ``fetched`` when its rows have come in."""

    looked = Signal()
    fetched = Signal()

    def __init__(self, house: House, loaded: CaseMeasures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._case, self._shelf = house, loaded.case.id, loaded.shelf
        self._book: Book | None = None
        self.preview: ImportPreview | None = None
        self.complaint = Complaint(self)
        self.explanation, self.counts = QLabel(), QLabel()
        self.choose_button, self.fetch_button, self.close_button = QPushButton(), QPushButton(), QPushButton()
        self.instrument = Combo()
        self._ids = ["", *(one.id for one in self._shelf.offered(loaded.today))]
        self.table = QTableWidget(0, len(_HEADS))
        self._lay_out()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        bind(self.setWindowTitle, "Fetch scores from a list")
        bind(self.choose_button.setText, "Choose a file … (Ctrl+O)")
        bind(self.close_button.setText, "Close")
        bind(self.instrument.setAccessibleName, "Instrument of rows that name none")
        bind(self.table.setAccessibleName, "Rows of the list")
        bind(
            self.explanation.setText,
            "A .csv or .xlsx with a row a measurement. The first row names the columns: skema, dato, fase, hvem svarer, "
            "egne ord, and each scale by its name. Rows of other children (cpr) are left out. Nothing is written yet.",
        )
        self.explanation.setWordWrap(True)
        self.explanation.setProperty("look", "muted")
        self.counts.setProperty("look", "subheading")
        self.counts.setWordWrap(True)
        self.instrument.addItems(["", *((self._shelf.all[one].name) for one in self._ids[1:])])
        self.fetch_button.setProperty("look", "primary")
        for button in (self.choose_button, self.fetch_button, self.close_button):
            button.setAutoDefault(False)
        self._dress_table()
        named = QLabel()
        bind(named.setText, "Where no instrument is named:")
        named.setBuddy(self.instrument)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.choose_button)
        head.addStretch(1)
        head.addWidget(named)
        head.addWidget(self.instrument)
        foot = QHBoxLayout()
        foot.addWidget(self.fetch_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.explanation)
        layout.addLayout(head)
        layout.addWidget(self.complaint)
        layout.addWidget(self.counts)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.choose_button.clicked.connect(self.choose)
        self.fetch_button.clicked.connect(self.fetch)
        self.close_button.clicked.connect(self.close)
        self.instrument.activated.connect(lambda _at: self._look())
        QShortcut(QKeySequence("Ctrl+O"), self, self.choose)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.fetch)
        resize(self, *SIZE)

    def _dress_table(self) -> None:
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(32)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().setMinimumSectionSize(32)
        self.table.setShowGrid(False)
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)

    # choosing and reading

    def choose(self) -> None:
        """Ask which file."""
        kinds = tr("Lists (*.xlsx *.csv *.txt)") + ";;" + tr("All files") + " (*)"
        dialog = QFileDialog(self, tr("Fetch scores from a list"), "", kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forget_places(dialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read)
        dialog.open()

    def read(self, path: str) -> None:
        """Read a file in the worker process and show what stands in it."""
        reader = cast("SheetReader", self._house.files)  # the worker process takes files in and reads lists
        self.complaint.clear()
        self.choose_button.setEnabled(False)
        self._house.tasks.job(self, Job(lambda: read_list(reader, path), self._show_book, self._refused))

    def _show_book(self, book: Book) -> None:
        self.choose_button.setEnabled(True)
        self._book = book
        self._look()

    def _look(self) -> None:
        if self._book is None:
            return
        sheet, shelf, case, otherwise = self._book.sheets[0], self._shelf, self._case, self._otherwise

        def ask(reader: Reader) -> ImportPreview | UserError:
            try:
                return measurement_import.preview(reader, shelf, case, sheet, otherwise)
            except UserError as error:
                return error

        self._house.tasks.query(self, Query(ask, self._show))

    @property
    def _otherwise(self) -> str:
        return self._ids[max(0, self.instrument.currentIndex())]

    def _show(self, found: ImportPreview | UserError) -> None:
        if isinstance(found, UserError):
            self._refused(found)
            self.looked.emit()
            return
        self.complaint.clear()
        self.preview = found
        self._say()
        if found.rows:
            self.table.setFocus()
            self.table.setCurrentCell(0, 0)
        self.looked.emit()

    def _refused(self, error: UserError) -> None:
        self.choose_button.setEnabled(True)
        self.preview = None
        self._say()
        self.complaint.show_error(error)

    # what stands there

    def _say(self) -> None:
        self.table.setHorizontalHeaderLabels([tr(head) for head in _HEADS])
        self.instrument.setItemText(0, tr("None"))
        rows = () if self.preview is None else self.preview.rows
        self.table.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, words in enumerate(self._cells(row)):
                item = QTableWidgetItem(words)
                item.setToolTip(self._named(row) if column == _SCORES else words)
                self.table.setItem(at, column, item)
        self.table.resizeRowsToContents()
        count = 0 if self.preview is None else len(self.preview.new)
        self.fetch_button.setEnabled(count > 0)
        self.fetch_button.setText(
            i18n.ngettext("Fetch {n} measurement (Ctrl+Enter)", "Fetch {n} measurements (Ctrl+Enter)", count)
            if count
            else tr("Nothing to fetch")
        )
        self.counts.setText("" if self.preview is None else self._counted(self.preview))
        self.counts.setVisible(bool(self.counts.text()))

    @staticmethod
    def _counted(found: ImportPreview) -> str:
        said = [
            f"{tr(label)}: {found.count(state)}"
            for state, label in STATE_LABELS.items()
            if found.count(state)
        ]
        if found.unknown:
            said.append(tr("Columns that are not known: {names}", names=", ".join(found.unknown)))
        return " · ".join(said)

    def _cells(self, row: ImportRow) -> tuple[str, ...]:
        state = tr(STATE_LABELS[row.state])
        if row.problem is not None:
            state = f"{state}: {error_words(row.problem)[0]}"
        found = row.found
        if found is None:
            return (str(row.number), "", "", "", "", "", state)
        instrument = self._shelf.get(found.instrument)
        values = [figure_words(value) for value in from_lines(found.scores).values()]
        day = "" if found.taken_on is None else short_date(found.taken_on, i18n.current().language)
        return (
            str(row.number), "" if instrument is None else instrument.name, day, tr(PHASE_LABELS[found.phase]),
            person(found.respondent, found.who), " · ".join(values), state,
        )  # fmt: skip

    def _named(self, row: ImportRow) -> str:
        """Return the scores of a row, each with its scale."""
        if row.found is None:
            return ""
        instrument = self._shelf.get(row.found.instrument)
        said = []
        for name, value in from_lines(row.found.scores).items():
            scale = None if instrument is None else instrument.scale(name)
            said.append(f"{name if scale is None else scale.name} {figure_words(value)}")
        return ", ".join(said)

    # fetching

    def fetch(self) -> None:
        """Bring the rows in that can be; Ctrl+Z takes them back together."""
        if self.preview is None or self._book is None or not self.preview.new:
            return
        sheet, shelf, case, otherwise = self._book.sheets[0], self._shelf, self._case, self._otherwise
        lines = frozenset(row.number for row in self.preview.new)
        self.fetch_button.setEnabled(False)
        op = Op(
            lambda w: measurement_import.bring(w, shelf, case, sheet, lines, otherwise),
            done=self._came,
            said=N_("The measurements are fetched. Ctrl+Z takes them back."),
            failed=self._refused,
        )
        self._house.tasks.op(self, op)

    def _came(self, _count: int) -> None:
        self.fetched.emit()
        self.close()
