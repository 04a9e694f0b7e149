"""The chronology as rows for a view: only the rows that are seen are asked for their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from caseworker_app import i18n
from caseworker_app.domain.chronology import EVENT_KIND_LABELS
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.phrases import Phrase
from caseworker_app.i18n import N_
from caseworker_app.services.chronology import Shown
from ui.words import tr

HEADS = (N_("Day"), N_("What happened"), N_("Kind"), N_("Comment"))
DAY, WHAT, KIND, COMMENT = range(4)
_Index = QModelIndex | QPersistentModelIndex


def said(words: Phrase | str) -> str:
    """Return words in the language of the screen; what somebody wrote is as it is, on one line."""
    return i18n.current().say(words) if isinstance(words, Phrase) else " ".join(words.split())


class ChronologyModel(QAbstractTableModel):
    """Events, latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Shown] = ()

    def show(self, rows: Sequence[Shown]) -> None:
        """Show other events; where only more come below those that stand there, nothing moves."""
        there = len(self._rows)
        if 0 < there < len(rows) and all(map(_same, self._rows, rows)):
            self.beginInsertRows(QModelIndex(), there, len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_at(self, number: int) -> Shown | None:
        """Return the event of a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def place_of(self, key: str) -> int:
        """Return the row of an event by its key, -1 when it is not shown."""
        return next((n for n, one in enumerate(self._rows) if one.event.key == key), -1)

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
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(one, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(one)
        if role == Qt.ItemDataRole.FontRole:
            return _font(one)
        return None

    def _words(self, one: Shown, column: int) -> str:
        event = one.event
        if column == DAY:
            return long_date(event.day, i18n.current().language)
        if column == WHAT:
            parts = (said(event.title), said(event.detail))
            return ": ".join(part for part in parts if part)
        if column == KIND:
            return tr(EVENT_KIND_LABELS[event.kind])
        marks = [tr("Important")] if one.highlighted else []
        marks += [tr("Left out")] if one.hidden else []
        return ". ".join([*marks, one.comment] if one.comment else marks)

    def spoken(self, one: Shown) -> str:
        """Return a whole row for who listens."""
        return ", ".join(words for column in range(len(HEADS)) if (words := self._words(one, column)))


def _same(one: Shown, other: Shown) -> bool:
    return one.event == other.event and one.mark == other.mark


def _font(one: Shown) -> QFont | None:
    if not one.highlighted and not one.hidden:
        return None
    font = QFont()
    font.setBold(one.highlighted)
    font.setStrikeOut(one.hidden)
    return font
