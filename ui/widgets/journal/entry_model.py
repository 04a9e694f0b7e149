"""The entries of a case as a list model that holds a few pages: its memory does not grow with the journal."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from caseworker_app.domain.ids import Id
from caseworker_app.services.journal_desk import JournalRow
from ui.widgets.journal.words import row_words
from ui.words import bind_call

PAGE = 40
"""Entries a page."""
KEPT = 6
"""Pages held at once; the one seen longest ago is let go first."""
ROW = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex


class EntryModel(QAbstractListModel):
    """What waits for the signature first, then the signed ones, latest first.

    A page that is looked at and not held is asked for by ``wanted`` (its number); :meth:`take` takes it in. Until then
    its rows are ``None``.
    """

    wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._top: tuple[JournalRow, ...] = ()
        self._signed = 0
        self._pages: OrderedDict[int, tuple[JournalRow, ...]] = OrderedDict()
        self._asked: set[int] = set()
        bind_call(self, self._say_again)

    def begin(self, top: tuple[JournalRow, ...], signed: int) -> None:
        """Begin anew: what stands on top, and how many signed ones there are."""
        self.beginResetModel()
        self._top, self._signed = top, signed
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def take(self, page: int, rows: tuple[JournalRow, ...]) -> None:
        """Take a page in."""
        self._asked.discard(page)
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        first = len(self._top) + page * PAGE
        last = min(first + PAGE, self.rowCount()) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first), self.index(last))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._top) + self._signed

    @property
    def pages_held(self) -> int:
        """How many pages are in memory."""
        return len(self._pages)

    def row(self, number: int) -> JournalRow | None:
        """Return a row; ``None`` until its page has come."""
        if number < len(self._top):
            return self._top[number]
        page, at = divmod(number - len(self._top), PAGE)
        rows = self._pages.get(page)
        if rows is None:
            if page not in self._asked:
                self._asked.add(page)
                self.wanted.emit(page)
            return None
        self._pages.move_to_end(page)
        return rows[at] if at < len(rows) else None

    def place_of(self, entry: Id) -> int:
        """Return where a row stands among those that are held, -1 when it is not."""
        for number, one in enumerate(self._top):
            if one.id == entry:
                return number
        for page, rows in self._pages.items():
            for at, one in enumerate(rows):
                if one.id == entry:
                    return len(self._top) + page * PAGE + at
        return -1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        if role == ROW:
            return self.row(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            found = self.row(index.row())
            return "" if found is None else row_words(found)
        if role == Qt.ItemDataRole.DisplayRole:
            found = self.row(index.row())
            return "" if found is None else found.heading
        return None

    def _say_again(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))
