"""The caseload as a table: rows found, filtered and sorted here, so that the view only asks for words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from caseworker_app.domain.case import CaseKind
from caseworker_app.domain.ids import Id
from caseworker_app.services.cases import Caseload, CaseRow
from ui.models.caseload_rows import HEAD_LABELS, Ahead, Col, RowText, matcher, row_text, step_words
from ui.words import tr

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class CaseloadModel(QAbstractTableModel):
    """Rows of the caseload. Those above the limit come first, whatever the order; closed ones last, when shown."""

    def __init__(self) -> None:
        super().__init__()
        self._caseload = Caseload((), (), None)
        self._today = dt.date(2000, 1, 1)
        self._all: list[tuple[CaseRow, RowText]] = []
        self._rows: list[RowText] = []
        self._heads: list[str] = []
        self._ahead: Mapping[Id, Ahead] = {}
        self._contested: Mapping[Id, int] = {}
        self._order = Col.NAME
        self._down = False
        self._text = ""
        self._kind: CaseKind | None = None
        self._mark = ""
        self._closed = False
        self.say_again()

    @property
    def caseload(self) -> Caseload:
        """What is shown, before it is filtered."""
        return self._caseload

    def show(self, caseload: Caseload, today: dt.date) -> None:
        """Show the cases as they are now."""
        self._caseload, self._today = caseload, today
        self.say_again()

    def show_ahead(self, ahead: Mapping[Id, Ahead]) -> None:
        """Show what the rules say of the cases, by their ids."""
        if ahead != self._ahead:
            self._ahead = ahead
            self.say_again()

    def show_contested(self, contested: Mapping[Id, int]) -> None:
        """Show in how many fields of each case people disagree."""
        if contested != self._contested:
            self._contested = contested
            self.say_again()

    def say_again(self) -> None:
        """Make the words in the language of the moment."""
        self.beginResetModel()
        everybody = (*self._caseload.active, *self._caseload.closed)
        self._all = [(row, self._text_of(row)) for row in everybody]
        self._heads = [tr(HEAD_LABELS[column]) for column in Col]
        self._arrange()
        self.endResetModel()

    def _text_of(self, row: CaseRow) -> RowText:
        case = row.case.id
        return row_text(row, self._today, self._ahead.get(case), self._contested.get(case, 0))

    def filter(
        self, text: str = "", kind: CaseKind | None = None, mark: str = "", *, closed: bool = False
    ) -> None:
        """Show only rows that hold the words typed, are of a kind, carry a mark; closed ones only if asked."""
        self.beginResetModel()
        self._text, self._kind, self._mark, self._closed = text, kind, mark, closed
        self._arrange()
        self.endResetModel()

    @property
    def filtered(self) -> bool:
        """Whether anything but the closed cases is left out."""
        return bool(self._text.strip() or self._kind or self._mark)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self.beginResetModel()
        self._order, self._down = Col(column), order == Qt.SortOrder.DescendingOrder
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        fits = matcher(self._text)
        rows = [
            text
            for row, text in self._all
            if (self._closed or not text.closed)
            and (self._kind is None or self._kind in row.case.kinds)
            and (not self._mark or any(mark.name == self._mark for mark in text.marks))
            and fits(text)
        ]
        rows.sort(key=lambda row: row.order[Col.NAME])
        said = [row for row in rows if row.order[self._order] is not None]
        said.sort(key=lambda row: row.order[self._order], reverse=self._down)
        said += [row for row in rows if row.order[self._order] is None]
        said.sort(key=lambda row: (row.closed, not row.above))
        self._rows = said

    def row(self, number: int) -> RowText:
        """Return a row as shown."""
        return self._rows[number]

    def case_at(self, index: _Index) -> Id | None:
        """Return the case of a row."""
        return self._rows[index.row()].case if index.isValid() else None

    def row_of(self, case: Id | None) -> int:
        """Return where a case stands, -1 when it is not shown."""
        return next((n for n, row in enumerate(self._rows) if row.case == case), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Col)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words; what is drawn is said in words to screen readers and in the tooltip."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()].cells[index.column()]
        if role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row, column = self._rows[index.row()], index.column()
        if column == Col.STEP:
            return step_words(row.step)
        if column == Col.DEADLINE and row.what:
            return f"{row.cells[column]}: {row.what}"
        return row.cells[column] or (tr("nothing") if role == Qt.ItemDataRole.AccessibleTextRole else None)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None
