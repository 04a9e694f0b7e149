"""What a search found, as a list that asks for more when its end comes into sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from caseworker_app.domain.searching import Question
from caseworker_app.services.searching import Found, Hit
from ui.models.search_words import hit_words
from ui.words import bind_call

HIT = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


class SearchModel(QAbstractListModel):
    """``wanted`` carries the question for the next page."""

    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []
        self._next: Question | None = None
        self._asked = False
        bind_call(self, self._say_again)

    def begin(self, found: Found | None) -> None:
        """Show what was found; ``None`` shows nothing."""
        self.beginResetModel()
        self.hits = [] if found is None else list(found.hits)
        self._next, self._asked = (None if found is None else found.next), False
        self.endResetModel()

    def go_on(self, found: Found) -> None:
        """Add the next page."""
        if found.hits:
            first = len(self.hits)
            self.beginInsertRows(QModelIndex(), first, first + len(found.hits) - 1)
            self.hits += found.hits
            self.endInsertRows()
        self._next, self._asked = found.next, False

    @property
    def more(self) -> bool:
        """Whether there is more than stands here."""
        return self._next is not None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.hits)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._next is not None and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if self._next is not None and not self._asked:
            self._asked = True
            self.wanted.emit(self._next)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.hits):
            return None
        hit = self.hits[index.row()]
        if role == HIT:
            return hit
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return hit_words(hit)
        return None

    def _say_again(self) -> None:
        if self.hits:
            self.dataChanged.emit(self.index(0), self.index(len(self.hits) - 1))
