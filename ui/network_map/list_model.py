"""The rows of the list twin as a tree that Qt can show: what stays keeps its place, what moves is moved.

A screen reader loses its place when a tree is made anew, so a new state of the map is compared with the old one row by
row, and only what differs is taken out, put in or said again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from caseworker_app.domain.ids import Id
from ui import theme
from ui.network_map.list_rows import HEADS, Key, Kind, TreeRow
from ui.words import tr

_NONE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_HEADINGS = (Kind.CHILD, Kind.SECTOR, Kind.TRAY, Kind.HOMES)
KEY_ROLE = int(Qt.ItemDataRole.UserRole)
"""The role under which a row's :class:`Key` is found."""


_numbers = count(1)


class Node:
    """A row where it stands. ``number`` is never given twice: an index that somebody kept too long finds nothing."""

    __slots__ = ("above", "below", "number", "row")

    def __init__(self, row: TreeRow | None, above: Node | None) -> None:
        self.row = row
        self.above = above
        self.number = next(_numbers)
        self.below: list[Node] = [Node(one, self) for one in row.below] if row is not None else []

    @property
    def key(self) -> Key | None:
        return None if self.row is None else self.row.key

    def place(self) -> int:
        """Return which row it is under the one above."""
        return 0 if self.above is None else self.above.below.index(self)

    def all(self) -> Iterator[Node]:
        """Return it and everything below."""
        yield self
        for node in self.below:
            yield from node.all()


class MapTreeModel(QAbstractItemModel):
    """Shows rows; :meth:`show_rows` takes the new state in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node(None, None)
        self._nodes: dict[int, Node] = {}

    # taking in

    def show_rows(self, rows: Sequence[TreeRow]) -> None:
        """Show another state of the map."""
        self._agree(self._root, rows, QModelIndex())

    def _agree(self, node: Node, rows: Sequence[TreeRow], index: QModelIndex) -> None:
        wanted = {row.key for row in rows}
        for place in reversed(range(len(node.below))):
            if node.below[place].key not in wanted:
                self.beginRemoveRows(index, place, place)
                for gone in node.below.pop(place).all():
                    del self._nodes[gone.number]
                self.endRemoveRows()
        for place, row in enumerate(rows):
            self._put(node, row, place, index)

    def _put(self, node: Node, row: TreeRow, place: int, index: QModelIndex) -> None:
        there = node.below[place] if place < len(node.below) else None
        if there is not None and there.row is row:
            return
        now = place if there is not None and there.key == row.key else self._place_of(node, row.key)
        if now is None:
            self.beginInsertRows(index, place, place)
            made = Node(row, node)
            node.below.insert(place, made)
            self._nodes.update((one.number, one) for one in made.all())
            self.endInsertRows()
            return
        if now != place:
            self.beginMoveRows(index, now, now, index, place)
            node.below.insert(place, node.below.pop(now))
            self.endMoveRows()
        below = node.below[place]
        here = self.index(place, 0, index)
        before, below.row = below.row, row
        if before is not None and (before.cells, before.spoken) != (row.cells, row.spoken):
            self.dataChanged.emit(here, self.index(place, len(HEADS) - 1, index))
        self._agree(below, row.below, here)

    @staticmethod
    def _place_of(node: Node, key: Key) -> int | None:
        return next((place for place, below in enumerate(node.below) if below.key == key), None)

    def call(self, old: Id, new: Id) -> None:
        """Call the rows of a thing by its own identity from now on: they are the same rows."""
        for node in self._nodes.values():
            row = node.row
            if row is not None and old in (row.key.one, row.key.under):
                key = replace(
                    row.key, one=_other(row.key.one, old, new), under=_other(row.key.under, old, new)
                )
                node.row = replace(row, key=key)

    def say_again(self) -> None:
        """The heads are said in another language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(HEADS) - 1)

    # finding

    def find(self, key: Key) -> QModelIndex:
        """Return where a row stands now; invalid when it is gone."""
        for node in self._root.all():
            if node.key == key:
                return self.createIndex(node.place(), 0, node.number)
        return QModelIndex()

    def key_at(self, index: _Index) -> Key | None:
        """Return which row stands at an index."""
        return self._node(index).key

    def row_at(self, index: _Index) -> TreeRow | None:
        """Return the row at an index."""
        return self._node(index).row

    def _node(self, index: _Index) -> Node:
        return self._nodes.get(index.internalId(), self._root) if index.isValid() else self._root

    # as Qt asks

    def index(self, row: int, column: int, parent: _Index = _NONE) -> QModelIndex:
        node = self._node(parent)
        if 0 <= row < len(node.below) and 0 <= column < len(HEADS):
            return self.createIndex(row, column, node.below[row].number)
        return QModelIndex()

    def parent(self, child: _Index = _NONE) -> QModelIndex:  # type: ignore[override]  # QObject has another parent()
        above = self._node(child).above
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.place(), 0, above.number)

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.column() > 0 else len(self._node(parent).below)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = 0) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.cells[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken if index.column() == 0 else row.cells[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return row.spoken
            case Qt.ItemDataRole.FontRole if row.key.kind in _HEADINGS and index.column() == 0:
                font = QFont()
                font.setWeight(QFont.Weight.DemiBold)
                return font
            case Qt.ItemDataRole.ForegroundRole if index.column() > 0 or row.key.kind is Kind.MEMBER:
                return QColor(theme.tokens().muted)
        return row.key if role == KEY_ROLE else None


def _other(one: Id, old: Id, new: Id) -> Id:
    return new if one == old else one
