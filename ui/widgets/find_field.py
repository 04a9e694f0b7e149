"""The find field of the top bar, with what it found below it while the typing goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import icons, theme
from ui.widgets.announce import announce
from ui.words import bind, bind_call, tr

MOST = 12
"""Most hits shown at once."""
_ROW = 32
_KIND = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its words, what it is, and what choosing it does."""

    words: str
    kind: str
    choose: Callable[[], None]

    @property
    def line(self) -> str:
        """The hit as one line."""
        return f"{self.words}  ·  {self.kind}" if self.kind else self.words


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


Source = Callable[[str], Sequence[Hit]]


class FindField(QLineEdit):
    """Type to find; arrows choose among what was found, Return goes there, Escape leaves.

    ``wanted`` comes when the field gets the focus: whoever feeds it can look again.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: Source | None = None
        self._hits: Sequence[Hit] = ()
        self._list: QListWidget | None = None
        self.setTextMargins(icons.SIZE + 4, 0, 0, 0)
        self.setMaximumWidth(420)
        bind_call(
            self, lambda: self.setPlaceholderText(f"{tr('Find a child, a person, a command')} (Ctrl+K)")
        )
        bind(self.setAccessibleName, "Find")
        self.textEdited.connect(self.look)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        mark = icons.pixmap("find", theme.tokens().muted, ratio=self.devicePixelRatioF())
        painter.drawPixmap(10, (self.height() - icons.SIZE) // 2, mark)
        painter.end()

    def feed(self, source: Source) -> None:
        """Say where hits come from."""
        self._source = source

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.wanted.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._list is None or not self._list.underMouse():
            self._close()

    @property
    def hits(self) -> Sequence[Hit]:
        """What is shown now."""
        return self._hits if self._list is not None and self._list.isVisible() else ()

    def look(self) -> None:
        """Show what fits the text."""
        text = self.text().strip()
        if not text or self._source is None:
            self._close()
            return
        self._hits = tuple(self._source(text))[:MOST]
        shown = self._popup()
        shown.clear()
        for hit in self._hits:
            item = QListWidgetItem(hit.words)
            item.setData(_KIND, hit.kind)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, hit.line)
            shown.addItem(item)
        if self._hits:
            shown.setCurrentRow(0)
        else:
            nothing = QListWidgetItem(tr("Nothing found. Try part of a name."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            shown.addItem(nothing)
        self._place(shown)
        shown.show()
        shown.raise_()
        announce(self, self._hits[0].line if self._hits else tr("Nothing found. Try part of a name."))

    def _popup(self) -> QListWidget:
        if self._list is None:
            made = QListWidget(self.window())
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setAccessibleName(tr("Found"))
            made.setItemDelegate(_HitDelegate(made))
            made.itemClicked.connect(lambda item: self._choose(made.row(item)))
            self._list = made
        return self._list

    def _place(self, shown: QListWidget) -> None:
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 2))
        high = max(_ROW, self.fontMetrics().height() + 8)
        shown.setGeometry(corner.x(), corner.y(), max(self.width(), 520), shown.count() * high + theme.SPACE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self._list is not None and self.hits:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = (self._list.currentRow() + step) % len(self._hits)
                self._list.setCurrentRow(row)
                announce(self, self._hits[row].line)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._list is not None and self.hits:
                self._choose(self._list.currentRow())
            case Qt.Key.Key_Escape:
                self.leave()
            case _:
                super().keyPressEvent(event)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._hits):
            hit = self._hits[row]
            self.leave()
            hit.choose()

    def leave(self) -> None:
        """Empty the field and give the focus on."""
        self.clear()
        self._close()
        self.clearFocus()

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()
            self._list.clear()
        self._hits = ()
