"""The documents of a case as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from caseworker_app import i18n
from caseworker_app.domain.dates import short_date
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services.documents import Listed
from ui.widgets.documents.words import facts_words, kind_words, size_words
from ui.words import tr

HEADS = (N_("Title"), N_("Kind"), N_("Date"), N_("From"), N_("Size"))
TITLE, KIND, DATE, SENDER, SIZE = range(5)
_Index = QModelIndex | QPersistentModelIndex


class DocumentsModel(QAbstractTableModel):
    """Documents in the order the service gives them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Listed] = ()

    def show(self, rows: Sequence[Listed]) -> None:
        """Show other documents."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_at(self, number: int) -> Listed | None:
        """Return the document of a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def place_of(self, document: Id | None) -> int:
        """Return the row of a document, -1 when it is not shown."""
        return next((number for number, one in enumerate(self._rows) if one.id == document), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADS[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(one, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return one.note or one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.title}, {facts_words(one)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _words(self, one: Listed, column: int) -> str:
        if column == TITLE:
            return one.title
        if column == KIND:
            return kind_words(one)
        if column == DATE:
            return "" if one.dated is None else short_date(one.dated, i18n.current().language)
        return one.sender if column == SENDER else size_words(one.size)
