"""Small controls of the netværkskort's list: a labelled choice of values, and a list of people to tick."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QListView, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from ui.theme import TARGET
from ui.widgets.combo import Combo
from ui.words import bind, bind_call

Pairs = Sequence[tuple[Any, str]]
"""Values with their words, translated."""
_ID = int(Qt.ItemDataRole.UserRole)


class Choices(Combo):
    """Values under words. ``picked`` carries the value a person chose; showing one is silent."""

    picked = Signal(object)

    def __init__(self, pairs: Callable[[], Pairs]) -> None:
        super().__init__()
        self.setMinimumContentsLength(4)
        self._pairs = pairs
        self._values: list[Any] = []
        self.activated.connect(lambda row: self.picked.emit(self._values[row]))
        bind_call(self, self.fill)

    def fill(self) -> None:
        """Ask for the values and their words again; what is chosen stays chosen while it is there."""
        chosen, pairs = self.value(), self._pairs()
        if [value for value, _ in pairs] == self._values:
            for row, (_, words) in enumerate(pairs):
                self.setItemText(row, words)
            return
        self._values = [value for value, _ in pairs]
        self.clear()
        self.addItems([words for _, words in pairs])
        if chosen in self._values:
            self.setCurrentIndex(self._values.index(chosen))

    def value(self) -> Any:
        """Return what is chosen; ``None`` when nothing is."""
        row = self.currentIndex()
        return self._values[row] if 0 <= row < len(self._values) else None

    def show_value(self, value: Hashable) -> None:
        """Show a value."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)


class TickList(QListView):
    """People to tick. ``ticked`` comes when a person has ticked or unticked one."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._quiet = False
        self.items = QStandardItemModel(self)
        self.setModel(self.items)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.items.itemChanged.connect(self._changed)
        self.activated.connect(lambda index: self.toggle(index.row()))

    def show_people(self, people: Iterable[tuple[Id | None, str]], ticked: Iterable[Id | None]) -> None:
        """Show people (``None`` is the child), some of them ticked; whoever is there keeps her row."""
        rows, on, current = list(people), set(ticked), self.currentIndex().row()
        self._quiet = True
        self.items.setRowCount(len(rows))
        for place, (one, words) in enumerate(rows):
            item = self.items.item(place) or QStandardItem()
            item.setText(words)
            item.setData(one, _ID)
            item.setCheckable(True)
            item.setSizeHint(QSize(0, TARGET))
            item.setCheckState(Qt.CheckState.Checked if one in on else Qt.CheckState.Unchecked)
            if item.model() is None:
                self.items.setItem(place, item)
        self._quiet = False
        if rows:
            self.setCurrentIndex(self.items.index(max(0, min(current, len(rows) - 1)), 0))

    def current(self) -> Id | None:
        """Return whose row the cursor is at; ``None`` for the child, and when there is no row."""
        found = self.currentIndex().data(_ID)
        return found if isinstance(found, bytes) else None

    def chosen(self) -> tuple[Id | None, ...]:
        """Return who is ticked, in the list's order; ``None`` is the child."""
        items = (self.items.item(row) for row in range(self.items.rowCount()))
        return tuple(item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked)

    def call(self, old: Id, new: Id) -> None:
        """Know somebody by another identity from now on."""
        for row in range(self.items.rowCount()):
            if self.items.item(row).data(_ID) == old:
                self._quiet = True
                self.items.item(row).setData(new, _ID)
                self._quiet = False

    def toggle(self, row: int) -> None:
        """Tick or untick a row."""
        item = self.items.item(row)
        if item is not None:
            on = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _changed(self, _item: QStandardItem) -> None:
        if not self._quiet:
            self.ticked.emit()


def labelled(msgid: str, editor: QWidget) -> QWidget:
    """Return an editor under its label; the label names it for a screen reader too."""
    held, label = QWidget(), QLabel()
    label.setProperty("look", "muted")
    label.setBuddy(editor)
    bind(label.setText, msgid)
    bind(editor.setAccessibleName, msgid)
    layout = QVBoxLayout(held)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    layout.addWidget(label)
    layout.addWidget(editor)
    return held
