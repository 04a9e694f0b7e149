"""One column of the board: the trials that stand at one stage, moved by keys or carried with the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.ids import Id
from caseworker_app.domain.trial_action import STAGE_LABELS, Stage
from ui.words import tr

_KEY = int(Qt.ItemDataRole.UserRole)
_PAD = 14


@dataclass(frozen=True, slots=True)
class Note:
    """One note on the board, translated. ``late`` is said in words too, and printed bold."""

    key: Id
    words: str
    quiet: str
    late: bool = False


class _WholeNotes(QStyledItemDelegate):
    """Gives each note the height of all its lines at the column's width."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        self.initStyleOption(option, index)
        view = self.parent()
        width = view.viewport().width() - 2 * view.spacing() if isinstance(view, QListWidget) else 200
        room = QRect(0, 0, max(40, width - 2 * _PAD), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value)
        needed = option.fontMetrics.boundingRect(room, flags, option.text)
        return QSize(width, needed.height() + _PAD)


class ColumnList(QListWidget):
    """``stepped`` carries the trial and how many stages it goes; ``dropped`` a trial carried here; ``aside`` which way the
    cursor goes to the next column; ``opened`` the trial to be changed."""

    stepped = Signal(object, int)
    dropped = Signal(object)
    aside = Signal(int)
    opened = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setItemDelegate(_WholeNotes(self))
        self.setSpacing(3)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.itemActivated.connect(lambda item: self.opened.emit(bytes(item.data(_KEY))))

    @property
    def key(self) -> Id | None:
        """The trial the cursor is on."""
        item = self.currentItem()
        return None if item is None else bytes(item.data(_KEY))

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show the notes; the cursor stays on the one it was on."""
        before = self.key
        self.blockSignals(True)
        self.clear()
        for note in notes:
            item = QListWidgetItem(f"{note.words}\n{note.quiet}" if note.quiet else note.words)
            item.setData(_KEY, note.key)
            if note.late:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            self.addItem(item)
            if note.key == before:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def choose(self, key: Id | None) -> bool:
        """Put the cursor on a trial, on none when it is not here; return whether it is."""
        for number in range(self.count()):
            item = self.item(number)
            if bytes(item.data(_KEY)) == key:
                self.setCurrentItem(item)
                return True
        self.blockSignals(True)
        self.setCurrentRow(-1)
        self.clearSelection()
        self.blockSignals(False)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl and an arrow move the trial, the arrow alone goes to the next column."""
        way = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.key is not None:
                self.stepped.emit(self.key, way)
        else:
            self.aside.emit(way)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first note is the cursor's when the column is gone to."""
        super().focusInEvent(event)
        if self.currentItem() is None and self.count():
            self.setCurrentRow(0)
        self.entered.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what comes from another column."""
        if isinstance(event.source(), ColumnList):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """The same anywhere in the column."""
        if isinstance(event.source(), ColumnList):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which trial was carried here; the store moves it, and the board follows."""
        source = event.source()
        if isinstance(source, ColumnList) and source is not self and source.key is not None:
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()
            self.dropped.emit(source.key)


class Column(QWidget):
    """A heading with its number over the notes."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self.stage = stage
        self.heading, self.list = QLabel(self), ColumnList(self)
        self.heading.setProperty("look", "subheading")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)

    def show_notes(self, notes: Sequence[Note], heading: str = "") -> None:
        """Show the notes under the stage's name, or another."""
        words = heading or tr(STAGE_LABELS[self.stage])
        self.heading.setText(f"{words} ({len(notes)})" if notes else words)
        self.list.setAccessibleName(words)
        self.list.show_notes(notes)
