"""The signed entries of a journal to choose from, for a long list: a tick, a day and a heading each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from caseworker_app.domain.ids import Id
from caseworker_app.services.journal_papers import Extract, Offered
from ui.widgets.journal.words import day_words, heading_words
from ui.words import bind_call, tr

Index = QModelIndex | QPersistentModelIndex


class ExtractModel(QAbstractListModel):
    """The entries in a time, latest first, all ticked until somebody says otherwise. ``ticked`` comes when that changes."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Offered, ...] = ()
        self._rows: tuple[Offered, ...] = ()
        self._left_out: set[Id] = set()
        bind_call(self, self._say_again)

    def show(self, found: Iterable[Offered]) -> None:
        """Take the entries in."""
        self._all = tuple(found)
        self.within(Extract())

    def within(self, time: Extract) -> None:
        """Show those of a time; what was ticked off stays so."""
        self.beginResetModel()
        self._rows = tuple(one for one in self._all if time.has(one.day))
        self.endResetModel()
        self.ticked.emit()

    def tick_all(self, on: bool) -> None:
        """Choose everything that is shown, or nothing of it."""
        shown = {one.id for one in self._rows}
        self._left_out = self._left_out - shown if on else self._left_out | shown
        self._say_again()
        self.ticked.emit()

    def chosen(self) -> frozenset[Id]:
        """Return the entries that are shown and ticked."""
        return frozenset(one.id for one in self._rows if one.id not in self._left_out)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Unchecked if one.id in self._left_out else Qt.CheckState.Checked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = f"{day_words(one.day)}  {heading_words(one.heading)}".strip()
            return words if one.corrects is None else f"{words}  ({tr('A correction')})"
        return None

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        entry = self._rows[index.row()].id
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._left_out.discard(entry)
        else:
            self._left_out.add(entry)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def _say_again(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
