"""A sheet as a table: every number is a cell that can be gone to with the arrows, and opened to its cases."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from caseworker_app import i18n
from caseworker_app.domain.numbers.figures import Figure, Sheet
from caseworker_app.domain.numbers.words import said
from caseworker_app.services.numbers_words import head_words, say
from ui.words import bind

_ROW = 30
_LEAST, _MOST_LABEL = 64, 244
_AROUND = 22
"""Px beside a number or a word of a heading: the padding of both sides."""
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
        self.setProperty("look", "rows")
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        wrapped = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        head.setDefaultAlignment(Qt.AlignmentFlag(int(wrapped)))
        self.currentCellChanged.connect(self._moved)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet; the cursor stands on its first number."""
        words = i18n.current()
        self.blockSignals(True)
        self._sheet = sheet
        self.clear()
        self.setRowCount(len(sheet.lines))
        self.setColumnCount(len(sheet.columns) + 1)
        self.setHorizontalHeaderLabels([words.gettext("Line"), *(head_words(words, column) for column in sheet.columns)])
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
        item.setToolTip(words)
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
        """Give numbers the width they and their heading's words need, the labels the rest; be as tall as the sheet."""
        if self._sheet is None or not self.columnCount():
            return
        head, letters = self.horizontalHeader(), self.fontMetrics()
        bold = QFont(self.font())
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        widths, rows = [], 1
        for column in range(1, self.columnCount()):
            words = self._words(column)
            item = self.horizontalHeaderItem(column)
            heading = "" if item is None else item.text()
            longest = [metrics.horizontalAdvance(word) for word in words]
            longest += [letters.horizontalAdvance(word) for word in heading.split()]
            widths.append(max(_LEAST, max(longest, default=0) + _AROUND))
            room = QRect(0, 0, widths[-1] - _AROUND, 1000)
            box = letters.boundingRect(room, int(Qt.TextFlag.TextWordWrap), heading)
            rows = max(rows, box.height())
        label = max((metrics.horizontalAdvance(word) for word in self._words(0)), default=0) + _AROUND
        room_left = self.viewport().width() - sum(widths)
        self.setColumnWidth(0, max(min(label, _MOST_LABEL), room_left))
        for column, width in enumerate(widths, start=1):
            self.setColumnWidth(column, width)
        head.setFixedHeight(rows + 10)
        across = self.columnWidth(0) + sum(widths) > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if across else 0
        self.setFixedHeight(head.height() + self.rowCount() * _ROW + 2 * self.frameWidth() + bar + 2)

    def _words(self, column: int) -> list[str]:
        items = [self.item(row, column) for row in range(self.rowCount())]
        return [item.text() for item in items if item is not None]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()
