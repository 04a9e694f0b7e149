"""What the find field found, below it; made when something is first looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui import theme
from ui.hits import Hit
from ui.words import tr

_ROW = 32
_KIND = Qt.ItemDataRole.UserRole
_WIDTH = 520

Index = QModelIndex | QPersistentModelIndex


class _HitDelegate(QStyledItemDelegate):
    """Draws a hit: its words, and at the right what it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(1, max(_ROW, option.fontMetrics.height() + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = theme.tokens()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(t.tint))
            painter.fillRect(option.rect.x(), option.rect.y(), 3, option.rect.height(), QColor(t.accent))
        inside = option.rect.adjusted(12, 0, -12, 0)
        kind = str(index.data(_KIND) or "")
        taken = option.fontMetrics.horizontalAdvance(kind)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(t.muted))
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, kind)
        painter.setPen(QColor(t.text))
        room = inside.width() - taken - 16
        words = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()


class FindPopup(QListWidget):
    """The list. It never takes the focus: the field keeps it, and passes the arrows on."""

    def __init__(self, field: QLineEdit, choose: Callable[[int], None]) -> None:
        super().__init__(field.window())
        self._field = field
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Found"))
        self.setItemDelegate(_HitDelegate(self))
        self.itemClicked.connect(lambda item: choose(self.row(item)))

    def show_hits(self, hits: Sequence[Hit], last: Hit | None = None) -> None:
        """Show what was found, the first of it chosen, or that there is nothing; ``last`` stands below it either way."""
        self.clear()
        for hit in hits:
            self._add(hit)
        if not hits:
            nothing = QListWidgetItem(tr("Nothing found. Try part of a name."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(nothing)
        if last is not None:
            self._add(last)
        self.setCurrentRow(0 if hits else self.count() - 1 if last is not None else -1)
        self._place()
        self.show()
        self.raise_()

    def _add(self, hit: Hit) -> None:
        item = QListWidgetItem(hit.words)
        item.setData(_KIND, hit.kind)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, hit.line)
        self.addItem(item)

    def _place(self) -> None:
        field = self._field
        corner = field.mapTo(field.window(), QPoint(0, field.height() + 2))
        high = max(_ROW, field.fontMetrics().height() + 8)
        wide = max(field.width(), _WIDTH)
        self.setGeometry(corner.x(), corner.y(), wide, self.count() * high + theme.SPACE)
