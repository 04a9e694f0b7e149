"""The list of a register: two lines each, with an icon that stands for a word of the second line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from caseworker_app.domain.ids import Id
from ui import icons, theme
from ui.words import bind

_KEY = int(Qt.ItemDataRole.UserRole)
_QUIET = _KEY + 1
_SIGN = _KEY + 2
_PAD, _ICON = 10, 16


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a register, translated: what it is about, what stands under it, and its icon with the colour's
    meaning (a name of the tokens)."""

    key: Id
    words: str
    quiet: str
    icon: str = "note"
    tone: str = "muted"


class LineList(QListView):
    """``chosen`` carries the key the cursor is on, ``entered`` that it is wanted now. In a narrow list that ``wraps``,
    the quieter words take the lines they need."""

    chosen = Signal(object)
    entered_line = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, wraps: bool = False) -> None:
        super().__init__(parent)
        self.wraps = wraps
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(_TwoLines(self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        bind(self.setAccessibleName, name)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen.emit(self.key))
        self.activated.connect(lambda _index: self.entered_line.emit())

    @property
    def key(self) -> Id | None:
        """The key of the line the cursor is on."""
        found = self.currentIndex().data(_KEY)
        return None if found is None else bytes(found)

    def show_lines(self, lines: Sequence[ListLine], wanted: Id | None = None) -> None:
        """Show lines; the cursor goes to the one wanted, else stays on the one it was on, else to the first."""
        before = wanted or self.key
        self.selectionModel().blockSignals(True)
        self._items.clear()
        for line in lines:
            item = QStandardItem(line.words)
            item.setData(line.key, _KEY)
            item.setData(line.quiet, _QUIET)
            item.setData((line.icon, line.tone), _SIGN)
            item.setData(f"{line.words}. {line.quiet}", int(Qt.ItemDataRole.AccessibleTextRole))
            item.setToolTip(f"{line.words}\n{line.quiet}")
            self._items.appendRow(item)
        rows = [row for row, line in enumerate(lines) if line.key == before]
        index = self._items.index(rows[0] if rows else 0, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self.selectionModel().blockSignals(False)
        self.viewport().update()


class _TwoLines(QStyledItemDelegate):
    """The words, and under them the quieter ones with their icon."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        metrics, owner = QFontMetrics(option.font), self.parent()
        height = metrics.lineSpacing() * 2 + 2 * _PAD
        if isinstance(owner, LineList) and owner.wraps:
            room = QRect(0, 0, owner.viewport().width() - 2 * _PAD - _ICON - 6, 1000)
            height += self._quiet(metrics, room, index).height() - metrics.height()
        return QSize(120, height)

    @staticmethod
    def _quiet(metrics: QFontMetrics, room: QRect, index: QModelIndex | QPersistentModelIndex) -> QRect:
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), str(index.data(_QUIET)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens, rect, font = theme.tokens(), QRect(option.rect), QFont(option.font)
        state: Any = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.tint))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(tokens.accent))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        room = rect.adjusted(_PAD, _PAD - 2, -_PAD, -_PAD + 2)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        metrics = painter.fontMetrics()
        words = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.left(), room.top() + metrics.ascent(), words)
        icon, tone = index.data(_SIGN)
        colour = str(getattr(tokens, tone))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        top = room.top() + metrics.lineSpacing() + 4
        drawn = icons.pixmap(icon, colour, _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(room.left(), top + (metrics.lineSpacing() - _ICON) // 2, drawn)
        left, quiet = room.left() + _ICON + 6, str(index.data(_QUIET))
        painter.setPen(QColor(tokens.muted if tone == "muted" else colour))
        owner = self.parent()
        if isinstance(owner, LineList) and owner.wraps:
            below = QRect(left, top, room.right() - left + 1, rect.bottom() - top)
            painter.drawText(below, int(Qt.TextFlag.TextWordWrap), quiet)
            return
        quiet = metrics.elidedText(quiet, Qt.TextElideMode.ElideRight, room.right() - left)
        painter.drawText(left, top + metrics.ascent(), quiet)
