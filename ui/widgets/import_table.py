"""The rows of a list in a table: space chooses a row or lets it go, and what becomes of it is said whole below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.models.import_model import Col, ImportModel, becomes
from ui.widgets.tall_rows import TallRows
from ui.words import tr

_WIDTHS = {Col.LINE: 72, Col.NAME: 190, Col.NUMBER: 124, Col.BORN: 104}


class ImportTable(QTableView):
    """``came_to`` carries the words of the row the cursor came to."""

    came_to = Signal(str)

    def __init__(self, model: ImportModel) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(TallRows(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(32)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        head.setSectionResizeMode(Col.BECOMES, QHeaderView.ResizeMode.Stretch)
        model.modelReset.connect(lambda: self.came_to.emit(""))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Say the row whole: a reason may be longer than its column."""
        super().currentChanged(current, previous)
        if current.isValid():
            row = self._rows.row(current.row())
            self.came_to.emit(tr("Line {n}: {words}", n=row.number, words=becomes(row)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._rows.turn(self.currentIndex().row())
            return
        super().keyPressEvent(event)
