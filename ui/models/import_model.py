"""The rows of a list as a table: what each would become, and whether it is chosen. Only what is in sight is asked for."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from caseworker_app import i18n
from caseworker_app.domain.dates import short_date
from caseworker_app.i18n import N_
from caseworker_app.services.caseload_import import Preview, PreviewRow, RowState
from ui.widgets.today.due_words import said
from ui.words import tr

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class Col(IntEnum):
    """The columns."""

    LINE = 0
    NAME = 1
    NUMBER = 2
    BORN = 3
    BECOMES = 4


HEADS = {
    Col.LINE: N_("Line"),
    Col.NAME: N_("Name"),
    Col.NUMBER: N_("CPR number"),
    Col.BORN: N_("Born"),
    Col.BECOMES: N_("What becomes of it"),
}


class ImportModel(QAbstractTableModel):
    """Rows of a preview, all or those of one kind. ``chosen_changed`` comes when a row was chosen or let go."""

    chosen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PreviewRow] = []
        self._all: tuple[PreviewRow, ...] = ()
        self._only: RowState | None = None
        self.chosen: set[int] = set()

    def show_preview(self, found: Preview, chosen: Collection[int]) -> None:
        """Show a preview; ``chosen`` are the lines to be fetched."""
        self.chosen = set(chosen)
        self._all = found.rows
        self._fill()

    def show_only(self, state: RowState | None) -> None:
        """Show the rows of one kind; all of them for ``None``."""
        self._only = state
        self._fill()

    def _fill(self) -> None:
        self.beginResetModel()
        self._rows = [row for row in self._all if self._only is None or row.state is self._only]
        self.endResetModel()

    def say_again(self) -> None:
        """Say the words in the language of the moment."""
        self.beginResetModel()
        self.endResetModel()

    def row(self, number: int) -> PreviewRow:
        """Return a row in sight."""
        return self._rows[number]

    def turn(self, number: int) -> None:
        """Choose a row, or let it go; one that cannot be read cannot be chosen."""
        row = self._rows[number]
        if row.state is RowState.BAD:
            return
        self.chosen.symmetric_difference_update({row.number})
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(Col) - 1))
        self.chosen_changed.emit()

    # what Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Col)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.column() == Col.LINE and self._rows[index.row()].state is not RowState.BAD:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADS[Col(section)])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        column = Col(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _words(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _words(row, Col.BECOMES)
        if role == Qt.ItemDataRole.CheckStateRole and column is Col.LINE and row.state is not RowState.BAD:
            return Qt.CheckState.Checked if row.number in self.chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            fetched = tr("is fetched") if row.number in self.chosen else tr("is not fetched")
            return ", ".join(filter(None, (_words(row, column), fetched if column is Col.LINE else "")))
        return None

    def setData(self, index: _Index, _value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.turn(index.row())
        return True


def _words(row: PreviewRow, column: Col) -> str:
    match column:
        case Col.LINE:
            return str(row.number)
        case Col.NAME:
            return row.read.name
        case Col.NUMBER:
            return row.masked
        case Col.BORN:
            born = row.read.values.get("born") or row.read.values.get("term")
            return "" if born is None else short_date(born, i18n.current().language)
    return becomes(row)


def becomes(row: PreviewRow) -> str:
    """Say what becomes of a row: a new case, possibly one that is there, or why it cannot be read."""
    if row.state is RowState.BAD:
        return tr("Cannot be fetched: {why}", why=" ".join(said(one) for one in row.read.problems))
    words = []
    if row.same:
        words.append(tr("Possibly the same as {names}", names=", ".join(name for _id, name in row.same)))
    if row.twice is not None:
        words.append(tr("Possibly the same as line {line} of the list", line=row.twice))
    words = words or [tr("New case")]
    return ". ".join((*words, *(said(one).rstrip(".") for one in row.read.hints)))
