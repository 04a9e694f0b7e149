"""A sheet as a table: every number is a cell that can be gone to with the arrows, and opened to its cases."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from caseworker_app import i18n
from caseworker_app.domain.numbers.figures import Figure, Sheet
from caseworker_app.domain.numbers.words import said
from caseworker_app.services.numbers_words import head_words, say
from ui.widgets.numbers.sheet_head import SheetHead
from ui.words import bind

_ROW = 30
_TALL_ROW = 46
_LEAST, _MOST_LABEL = 64, 244
_NARROWEST = 24
_AROUND, _TIGHT = 22, 18
"""Px beside a number or a word of a heading: the padding of both sides, and where many columns must stand."""
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
        self._head = SheetHead(self)
        self._head.setMinimumSectionSize(_NARROWEST)
        self.setHorizontalHeader(self._head)
        self.currentCellChanged.connect(self._moved)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet; the cursor stands on its first number."""
        words = i18n.current()
        self.blockSignals(True)
        self._sheet = sheet
        self.clear()
        self.setRowCount(len(sheet.lines))
        self.setColumnCount(len(sheet.columns) + 1)
        self._say_head(sheet)
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

    def _say_head(self, sheet: Sheet) -> None:
        words = i18n.current()
        whole = [words.gettext("Line"), *(head_words(words, column) for column in sheet.columns)]
        self._head.group(["", *("" if one.over is None else say(words, one.over) for one in sheet.columns)])
        for section, said_of in enumerate(whole):
            shown = say(words, sheet.columns[section - 1].head) if self._head.grouped(section) else said_of
            item = QTableWidgetItem(shown)
            if section == 0:
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said_of.replace("\n", ", "))
            self.setHorizontalHeaderItem(section, item)

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
        """Give numbers the width they and their heading's words need, the labels the rest; be as tall as the sheet.

        Where that is too wide, the padding is less and the labels take two lines.
        """
        if self._sheet is None or not self.columnCount():
            return
        bold = QFont(self.font())
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        labels = self._words(0)
        label = max(self._label_widths(metrics), default=0) + _AROUND
        wanted, room = min(label, _MOST_LABEL), self.viewport().width()
        widths = self._widths(metrics, _AROUND)
        eased = [self._eased(self._widths(metrics, around), around) for around in (_AROUND, _TIGHT)]
        easy = next((found for found in eased if label + sum(found) <= room), None)
        if easy is not None:
            widths = easy
        elif wanted + sum(widths) > room:
            widths = self._widths(metrics, _TIGHT)
            wanted = max(_two_lines(metrics, labels, wanted), min(wanted, room - sum(widths)))
        self.setColumnWidth(0, max(wanted, room - sum(widths)))
        for column, width in enumerate(widths, start=1):
            self.setColumnWidth(column, width)
        self._fit_heights(metrics, across=self.columnWidth(0) + sum(widths) > room)

    def _widths(self, metrics: QFontMetrics, around: int) -> list[int]:
        """Return the width each column of numbers needs."""
        letters, widths = self.fontMetrics(), []
        for column in range(1, self.columnCount()):
            longest = [metrics.horizontalAdvance(words) for words in self._words(column)]
            longest += [letters.horizontalAdvance(word) for word in self._heading(column).split()]
            least = _LEAST if around == _AROUND else 0
            widths.append(max(least, max(longest, default=0) + around))
        for words, first, last in self._head.groups:
            lacks = letters.horizontalAdvance(words) + around - sum(widths[first - 1 : last])
            for column in range(first - 1, last):
                widths[column] += max(0, -(-lacks // (last - first + 1)))
        return widths

    def _label_widths(self, bold: QFontMetrics) -> list[int]:
        """Return how wide each label is, as it is written."""
        upright = self.fontMetrics()
        items = [item for row in range(self.rowCount()) if (item := self.item(row, 0)) is not None]
        return [(bold if one.font().bold() else upright).horizontalAdvance(one.text()) for one in items]

    def _eased(self, widths: list[int], around: int) -> list[int]:
        """Return the widths in which every heading stands on two lines at most."""
        letters, found = self.fontMetrics(), []
        for column, width in enumerate(widths, start=1):
            heading = self._heading(column)
            most = letters.horizontalAdvance(heading) + around
            found.append(max(width, _two_lines(letters, [heading], most, around)))
        return found

    def _fit_heights(self, metrics: QFontMetrics, *, across: bool) -> None:
        letters, tallest = self.fontMetrics(), 1
        for column in range(self.columnCount()):
            room = QRect(0, 0, self.columnWidth(column) - _TIGHT, 1000)
            box = letters.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._heading(column))
            tallest = max(tallest, box.height())
        self._head.setFixedHeight(tallest + self._head.above + 10)
        room_of_label = self.columnWidth(0) - _TIGHT
        line = letters.lineSpacing()
        one, two = max(_ROW, line + 9), max(_TALL_ROW, 2 * line + 4)
        for row, wide in enumerate(self._label_widths(metrics)):
            self.setRowHeight(row, two if wide > room_of_label else one)
        bar = self.horizontalScrollBar().sizeHint().height() if across else 0
        rows = self.verticalHeader().length()
        self.setFixedHeight(self._head.height() + rows + 2 * self.frameWidth() + bar + 2)

    def _heading(self, column: int) -> str:
        item = self.horizontalHeaderItem(column)
        return "" if item is None else item.text()

    def _words(self, column: int) -> list[str]:
        items = [self.item(row, column) for row in range(self.rowCount())]
        return [item.text() for item in items if item is not None]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()


def _two_lines(metrics: QFontMetrics, labels: list[str], most: int, around: int = _AROUND) -> int:
    """Return the least width in which every label stands on two lines at most; ``most`` when it takes more."""
    wrap, tall = int(Qt.TextFlag.TextWordWrap), 2.5 * metrics.lineSpacing()

    def fits(words: str, width: int) -> bool:
        room = width - around
        return (
            all(metrics.horizontalAdvance(word) <= room for word in words.split())
            and metrics.boundingRect(QRect(0, 0, room, 1000), wrap, words).height() <= tall
        )

    return next((w for w in range(_LEAST, most, 4) if all(fits(words, w) for words in labels)), most)
