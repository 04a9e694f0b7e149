"""The list of entries: heading and day, how it begins, what must be known of it. Only what is in sight is held."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.services.journal_desk import JournalRow
from ui import icons, theme
from ui.widgets.journal.entry_model import ROW, EntryModel
from ui.widgets.journal.words import day_words, heading_words, state_words
from ui.words import bind

_SIDE, _AIR, _ICON, _GAP = 12, 7, 16, 8
Index = QModelIndex | QPersistentModelIndex


class EntryList(QListView):
    """``chosen`` carries the row the user went to."""

    chosen = Signal(object)

    def __init__(self, model: EntryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = model
        self.setModel(model)
        self.setItemDelegate(_EntryRow(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bind(self.setAccessibleName, "Entries of the journal")
        self.selectionModel().currentChanged.connect(self._moved)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self._entries.row(now.row()) if now.isValid() else None
        if row is not None:
            self.chosen.emit(row)

    def mark(self, entry: Id | None) -> None:
        """Put the cursor on an entry without going to it; on none when it is not held."""
        place = -1 if entry is None else self._entries.place_of(entry)
        selection = self.selectionModel()
        if place == self.currentIndex().row():
            return
        selection.blockSignals(True)
        if place < 0:
            selection.clear()
        else:
            self.setCurrentIndex(self._entries.index(place))
        selection.blockSignals(False)
        self.viewport().update()


class _EntryRow(QStyledItemDelegate):
    """Heading and day; the beginning; with an icon what must be known of it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, QFontMetrics(option.font).lineSpacing() * 3 + 2 * _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, tokens, rect = index.data(ROW), theme.tokens(), QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.tint))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(tokens.accent))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if row is not None:
            self._say(painter, QFont(option.font), rect.adjusted(_SIDE, _AIR, -_SIDE, -_AIR), row)
        painter.restore()

    @staticmethod
    def _say(painter: QPainter, font: QFont, room: QRect, row: JournalRow) -> None:
        tokens, high = theme.tokens(), QFontMetrics(font).lineSpacing()
        day, plain = day_words(row.day), QFontMetrics(font)
        wide = plain.horizontalAdvance(day)
        first = QRect(room.left(), room.top(), room.width(), high)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(first, int(right), day)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text))
        heading = _fitting(QFontMetrics(bold), heading_words(row.heading), room.width() - wide - _GAP)
        painter.drawText(first.adjusted(0, 0, -wide - _GAP, 0), int(Qt.AlignmentFlag.AlignVCenter), heading)
        painter.setFont(font)
        second = first.translated(0, high)
        words = state_words(row)
        lines = _lines(plain, row.beginning, room.width(), 1 if words else 2)
        for number, line in enumerate(lines):
            painter.drawText(second.translated(0, high * number), int(Qt.AlignmentFlag.AlignVCenter), line)
        if words:
            _state(painter, second.translated(0, high), row, words)


def _state(painter: QPainter, room: QRect, row: JournalRow, words: str) -> None:
    name, tone = ("pencil", "soon") if not row.signed else ("history", "muted")
    colour = str(getattr(theme.tokens(), tone))
    drawn = icons.pixmap(name, colour, _ICON, painter.device().devicePixelRatioF())
    painter.drawPixmap(room.left(), room.top() + (room.height() - _ICON) // 2, drawn)
    painter.setPen(QColor(colour))
    beside = room.adjusted(_ICON + 6, 0, 0, 0)
    said = _fitting(painter.fontMetrics(), words, beside.width())
    painter.drawText(beside, int(Qt.AlignmentFlag.AlignVCenter), said)


def _fitting(metrics: QFontMetrics, words: str, width: int) -> str:
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)


def _lines(metrics: QFontMetrics, words: str, width: int, most: int) -> list[str]:
    """Return a text in so many lines at most, the last one cut with a mark."""
    lines: list[str] = []
    rest = words
    while rest and len(lines) < most - 1:
        cut = len(rest)
        while cut > 0 and metrics.horizontalAdvance(rest[:cut]) > width:
            cut = rest.rfind(" ", 0, cut)
        if cut <= 0:
            break
        lines.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [*lines, _fitting(metrics, rest, width)] if rest else lines
