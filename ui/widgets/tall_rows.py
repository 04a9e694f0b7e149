"""Lists and trees with rows tall enough to be pressed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget

from ui import theme
from ui.theme import TARGET

_INDENT = 5


class TallRows(QStyledItemDelegate):
    """A delegate whose rows are :data:`ui.theme.TARGET` px high, their words under those of the heads."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state, rect = option.state, option.rect
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.tokens().tint))
        shifted = QStyleOptionViewItem(option)
        shifted.rect = rect.adjusted(_INDENT, 0, 0, 0)
        super().paint(painter, shifted, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), TARGET)


class Sheet(QTreeWidget):
    """A flat tree whose columns share its width as ``shares`` say."""

    def __init__(self, shares: Sequence[int]) -> None:
        super().__init__()
        self._shares = tuple(shares)
        self.setColumnCount(len(self._shares))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setAllColumnsShowFocus(True)
        self.setItemDelegate(TallRows(self))
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        whole, room = sum(self._shares), self.viewport().width()
        for column, share in enumerate(self._shares[:-1]):
            self.header().resizeSection(column, room * share // whole)
