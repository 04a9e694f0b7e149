"""The meetings of all cases as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from caseworker_app import i18n
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.dates import clock_span, long_date, weekday
from caseworker_app.domain.ids import NO_ID
from caseworker_app.domain.meeting import Meeting, MeetingState, kind_name
from caseworker_app.domain.phrases import N_
from caseworker_app.services.meetings import MeetingRow
from ui import theme
from ui.widgets.meeting.header import STATE_LABELS
from ui.words import tr

COLUMNS = (N_("Day and time"), N_("Child"), N_("Meeting"), N_("Place"), N_("State"))
WIDTHS = (316, 200, 232, 0, 112)
"""In px; 0 takes what is left, and the first is as wide as its words. Together they fit a window 1366 px wide."""
_NONE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class MeetingsModel(QAbstractTableModel):
    """Rows in the service's order, narrowed by what is typed and by whether those behind us are shown."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[MeetingRow, ...] = ()
        self.rows: tuple[MeetingRow, ...] = ()
        self._today = dt.date(2000, 1, 1)
        self._words, self._only_planned = "", False

    def show_rows(self, rows: Sequence[MeetingRow], today: dt.date) -> None:
        """Show other rows."""
        self._all, self._today = tuple(rows), today
        self._narrow()

    def narrow(self, words: str, *, only_planned: bool) -> None:
        """Show only meetings whose child, kind or place has the words, and perhaps only planned ones."""
        self._words, self._only_planned = words, only_planned
        self._narrow()

    @property
    def number(self) -> int:
        """How many there are in all."""
        return len(self._all)

    def _narrow(self) -> None:
        wanted = sort_key(self._words).split("\x01")[0].split()
        self.beginResetModel()
        self.rows = tuple(row for row in self._all if self._fits(row, wanted))
        self.endResetModel()

    def _fits(self, row: MeetingRow, wanted: list[str]) -> bool:
        if self._only_planned and row.meeting.state is not MeetingState.PLANNED:
            return False
        if not wanted:
            return True
        text = f"{child_of(row)} {tr(kind_name(row.meeting))} {row.meeting.place}"
        found = sort_key(text).split("\x01")[0]
        return all(word in found for word in wanted)

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = 0) -> Any:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words_of(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            colours = theme.tokens()
            if self._is_behind(row) and index.column() in (0, 4):
                return QColor(colours.overdue)
            if row.meeting.state is not MeetingState.PLANNED:
                return QColor(colours.muted)
        return None

    def _words_of(self, row: MeetingRow, column: int) -> str:
        meeting = row.meeting
        match column:
            case 0:
                return _when(meeting)
            case 1:
                return child_of(row)
            case 2:
                return tr(kind_name(meeting))
            case 3:
                return meeting.place
            case _:
                return tr("The day has passed") if self._is_behind(row) else tr(STATE_LABELS[meeting.state])

    def _is_behind(self, row: MeetingRow) -> bool:
        meeting = row.meeting
        planned = meeting.state is MeetingState.PLANNED
        return planned and meeting.when is not None and meeting.when.day < self._today

    def say_again(self) -> None:
        """Say everything in the language of the moment."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._narrow()


def child_of(row: MeetingRow) -> str:
    """Return whose meeting it is, translated for a child not born yet; empty for a meeting about no child."""
    if row.case.id == NO_ID:
        return tr("The staff")
    return row.case.child_name or tr("Unborn child of {name}", name=row.case.unborn_of)


def _when(meeting: Meeting) -> str:
    """Return ``onsdag 25. november 2026 kl. 10.30-12.00``."""
    if meeting.when is None:
        return tr("No day and time yet")
    language, span = i18n.current().language, meeting.when
    day = f"{weekday(span.day, language)} {long_date(span.day, language)}"
    return f"{day} {clock_span(span.start, span.end, language)}"
