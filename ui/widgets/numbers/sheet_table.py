"""A sheet as a table: every number is a cell that can be gone to with the arrows, and opened to its cases."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from caseworker_app import i18n
from caseworker_app.domain.numbers.figures import Figure, Sheet
from caseworker_app.domain.numbers.words import said
from caseworker_app.services.numbers_words import head_words, say
from ui.words import bind

_ROW = 30
_LEAST = 88
_INDENT = "\N{EM SPACE}"


class SheetTable(QTableWidget):
    """``picked`` carries line and column (from 0) of the number the cursor is on; ``painted`` comes after each paint."""

    picked = Signal(int, int)
    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        bind(self.setAccessibleName, "Numbers")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self.currentCellChanged.connect(self._moved)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet; the cursor stands on its first number."""
        words = i18n.current()
        self.blockSignals(True)
        self._sheet = sheet
        self.clear()
        self.setRowCount(len(sheet.lines))
        self.setColumnCount(len(sheet.columns) + 1)
        self.setHorizontalHeaderLabels(["", *(head_words(words, column) for column in sheet.columns)])
        for row, line in enumerate(sheet.lines):
            label = f"{_INDENT * max(0, line.level - 1)}{say(words, line.label)}"
            self._put(row, 0, label, line.level, Qt.AlignmentFlag.AlignLeft)
            for column, figure in enumerate(line.cells, start=1):
                self._put(row, column, said(figure, words.language), line.level, Qt.AlignmentFlag.AlignRight)
        self._fit()
        self.blockSignals(False)
        if sheet.lines and sheet.columns:
            self.setCurrentCell(0, 1)
            self.picked.emit(0, 0)

    def _put(self, row: int, column: int, words: str, level: int, side: Qt.AlignmentFlag) -> None:
        item = QTableWidgetItem(words)
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        if level == 0:
            font = QFont(self.font())
            font.setBold(True)
            item.setFont(font)
        if column == 0:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.setItem(row, column, item)

    def figure(self, row: int, column: int) -> Figure | None:
        """Return the number of a line and column."""
        sheet = self._sheet
        if sheet is None or not 0 <= row < len(sheet.lines) or not 0 <= column < len(sheet.lines[row].cells):
            return None
        return sheet.lines[row].cells[column]

    def _moved(self, row: int, column: int, _before: int, _from: int) -> None:
        if column > 0:
            self.picked.emit(row, column - 1)

    def _fit(self) -> None:
        """Be as tall as the sheet; numbers as wide as they need, the labels take the rest."""
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if self.columnCount():
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(_LEAST)
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        self.setFixedHeight(head.sizeHint().height() + rows + 2 * self.frameWidth() + 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()
