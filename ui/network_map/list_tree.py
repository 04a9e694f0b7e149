"""The tree of the list twin: its keys, and its place kept while rows come, go and move."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QTreeView

from ui.network_map.list_model import MapTreeModel
from ui.network_map.list_rows import Key
from ui.widgets.tall_rows import TallRows
from ui.words import bind

_SHARES = (36, 22, 25, 17)
_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)
_NAMED = {
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Backspace: "0",
    Qt.Key.Key_F2: "F2",
    Qt.Key.Key_Return: "F2",
    Qt.Key.Key_Enter: "F2",
}


class _Rows(TallRows):
    """The row that is chosen is tinted, flat."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_Selected


class MapTree(QTreeView):
    """``chosen`` carries the :class:`Key` of the row the cursor came to, ``pressed_key`` a key that means something here:
    a digit, a letter, ``Del`` or ``F2``."""

    chosen = Signal(object)
    pressed_key = Signal(str)

    def __init__(self, model: MapTreeModel) -> None:
        super().__init__()
        self._rows = model
        self._quiet = False
        self.setModel(model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(_Rows(self))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setIndentation(20)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        self.header().setSectionsMovable(False)
        bind(self.setAccessibleName, "The netværkskort as a list")
        bind(
            self.setAccessibleDescription,
            "Digits move somebody to a ring, letters to a sector, 0 takes her off the rings. R draws a line.",
        )
        model.rowsInserted.connect(self._open_new)

    def _open_new(self, above: QModelIndex, first: int, last: int) -> None:
        self.expand(above)
        for row in range(first, last + 1):
            self.expandRecursively(self._rows.index(row, 0, above))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        for column, share in enumerate(_SHARES[:-1]):
            self.header().resizeSection(column, self.viewport().width() * share // 100)

    # the cursor

    @property
    def key(self) -> Key | None:
        """Which row the cursor is at."""
        return self._rows.key_at(self.currentIndex())

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell where the cursor has come to, unless it was put there."""
        super().currentChanged(current, previous)
        if not self._quiet:
            self.chosen.emit(self._rows.key_at(current))

    def put_at(self, key: Key | None) -> bool:
        """Put the cursor at a row, silently; return whether it is there."""
        index = QModelIndex() if key is None else self._rows.find(key)
        if not index.isValid():
            return False
        if index.siblingAtColumn(0) != self.currentIndex().siblingAtColumn(0):
            self._quiet = True
            try:
                self.selectionModel().setCurrentIndex(
                    index,
                    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
                )
            finally:
                self._quiet = False
            self.scrollTo(index)
        return True

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Keep quiet while rows change, and come back to the row where the cursor was, wherever that is now."""
        key, self._quiet = self.key, True
        try:
            yield
        finally:
            self._quiet = False
        if key is not None and not self.put_at(key):
            self.chosen.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and letters act on the row; nothing is searched for by typing."""
        plain = event.modifiers() in _PLAIN
        named = _NAMED.get(Qt.Key(event.key()), "")
        typed = event.text().upper()
        if plain and (named or (len(typed) == 1 and typed.isalnum())):
            self.pressed_key.emit(named or typed)
            event.accept()
        else:
            super().keyPressEvent(event)
