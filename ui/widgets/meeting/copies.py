"""The copies of a paper, one for each who gets one: looked at, printed, saved; and what was printed when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import at_clock, short_date
from caseworker_app.domain.office import Print
from caseworker_app.domain.papers import PaperJob
from ui import icons, theme
from ui.theme import TARGET
from ui.words import bind, bind_call, tr


@dataclass(frozen=True, slots=True)
class Copy:
    """One line: for whom (translated), what must be known of the copy, whether that is a warning."""

    job: PaperJob
    to: str
    remarks: tuple[str, ...] = ()
    warns: bool = False


class CopiesTable(QTableView):
    """``opened`` carries the copy that Enter or a double click chose."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.copies: tuple[Copy, ...] = ()
        self._items = QStandardItemModel(0, 3, self)
        self.setModel(self._items)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setStyleSheet("QTableView::item { padding: 4px 5px; }")
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(TARGET)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        self.setColumnWidth(0, 280)
        self.setColumnWidth(2, 232)
        self.doubleClicked.connect(self._open)
        bind(self.setAccessibleName, "Copies")
        bind_call(self, self._say_heads)

    def _say_heads(self) -> None:
        self._items.setHorizontalHeaderLabels([tr("To"), tr("About this copy"), tr("Printed or saved")])

    def show_copies(self, copies: Sequence[Copy], printed: Sequence[Print]) -> None:
        """Show the copies, and for each when it last left the house."""
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        self.copies = tuple(copies)
        self._items.setRowCount(len(copies))
        for row, copy in enumerate(copies):
            last = next((p for p in printed if _is_of(p, copy.job)), None)
            for column, words in enumerate((copy.to, "\n".join(copy.remarks), _when(last))):
                item = QStandardItem(words)
                item.setToolTip(words)
                self._items.setItem(row, column, item)
            if copy.warns:
                mark = icons.pixmap("warning", theme.tokens().overdue, ratio=self.devicePixelRatioF())
                self._items.item(row, 1).setData(mark, int(Qt.ItemDataRole.DecorationRole))
        for row in chosen or {0}:
            if row < len(copies):
                flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
                self.selectionModel().select(self._items.index(row, 0), flags)
        if not self.currentIndex().isValid() and copies:
            self.selectionModel().setCurrentIndex(
                self._items.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    @property
    def chosen(self) -> list[Copy]:
        """The copies that are selected, from above."""
        return [self.copies[row] for row in sorted(i.row() for i in self.selectionModel().selectedRows())]

    def printed_words(self, row: int) -> str:
        """Return when a copy last left the house, as it stands in the table."""
        return self._items.item(row, 2).text()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.copies[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the copy."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _is_of(printed: Print, job: PaperJob) -> bool:
    same = printed.document == job.kind.value and printed.recipient == job.recipient
    return same and printed.about == job.about


def _when(printed: Print | None) -> str:
    if printed is None or printed.printed_at is None:
        return tr("not yet")
    then, language = printed.printed_at.astimezone(), i18n.current().language
    return f"{short_date(then.date(), language)} {at_clock(then, language)}"
