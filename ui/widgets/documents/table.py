"""The table of a case's documents. No row is chosen before the user chooses one: what is chosen is read, and noted."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.services.documents import Listed
from ui.widgets.documents.model import DATE, KIND, SENDER, SIZE, TITLE, DocumentsModel
from ui.words import bind

_WIDTHS = ((KIND, 126), (DATE, 100), (SENDER, 120), (SIZE, 92))


class DocumentsTable(QTableView):
    """``chosen`` comes when another row is chosen, or none."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = DocumentsModel(self)
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAcceptDrops(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(32)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        bind(self.setAccessibleName, "Documents of the case")
        self._showing = False
        self.selectionModel().selectionChanged.connect(lambda _now, _before: self._tell())

    def _tell(self) -> None:
        if not self._showing:
            self.chosen.emit()

    def current(self) -> Listed | None:
        """Return the document that is chosen."""
        found = self.selectionModel().selectedRows()
        return self.rows.row_at(found[0].row()) if found else None

    def show_rows(self, rows: tuple[Listed, ...], wanted: Id | None) -> bool:
        """Show documents; the chosen one stays chosen, ``wanted`` becomes it. Return whether one is chosen."""
        now = self.current()
        line = self.currentIndex().row()
        self._showing = True
        self.rows.show(rows)
        keep = wanted if wanted is not None else (None if now is None else now.id)
        place = self.rows.place_of(keep)
        if place < 0 and now is not None and rows:  # it was removed: the keyboard stands where it stood
            index = self.rows.index(min(max(line, 0), len(rows) - 1), 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        elif place >= 0:
            self.selectRow(place)
            self.scrollTo(self.rows.index(place, 0))
        self._showing = False
        return place >= 0

    def forget(self) -> None:
        """Show nothing: another case is coming."""
        self.show_rows((), None)
