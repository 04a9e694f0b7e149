"""The list of what was found: what it is and where, its heading, and the words in their sentence, marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from caseworker_app.domain.searching import Piece
from caseworker_app.services.searching import Hit
from ui import theme
from ui.models.search_model import HIT, SearchModel
from ui.models.search_words import kind_words, where_words
from ui.words import bind

_SIDE, _AIR, _GAP, _LINES = 12, 8, 16, 2
Index = QModelIndex | QPersistentModelIndex


class SearchList(QListView):
    """``opened`` carries what was chosen, by Return or a double click."""

    opened = Signal(object)

    def __init__(self, model: SearchModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_HitRow(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bind(self.setAccessibleName, "Found")
        self.doubleClicked.connect(self._open)

    def _open(self, index: QModelIndex) -> None:
        hit = index.data(HIT)
        if hit is not None:
            self.opened.emit(hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _HitRow(QStyledItemDelegate):
    """Heading and what it is; where; the sentence in two lines, what was asked for heavier and underlined."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, QFontMetrics(option.font).lineSpacing() * (1 + _LINES) + 2 * _AIR + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit, tokens, rect = index.data(HIT), theme.tokens(), QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.tint))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(tokens.accent))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if hit is not None:
            self._say(painter, QFont(option.font), rect.adjusted(_SIDE, _AIR, -_SIDE, -_AIR), hit)
        painter.restore()

    @staticmethod
    def _say(painter: QPainter, font: QFont, room: QRect, hit: Hit) -> None:
        tokens, metrics = theme.tokens(), QFontMetrics(font)
        first = QRect(room.left(), room.top(), room.width(), metrics.lineSpacing())
        where = where_words(hit)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        kind = kind_words(hit)
        lead = f"{kind}: {hit.title}" if hit.title else kind
        wide = min(metrics.horizontalAdvance(where) + 2, room.width() // 2)  # 2: what rounding takes
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(first, right, metrics.elidedText(where, Qt.TextElideMode.ElideRight, wide))
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text))
        left = first.adjusted(0, 0, -wide - _GAP, 0)
        shown = QFontMetrics(bold).elidedText(lead, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, int(Qt.AlignmentFlag.AlignVCenter), shown)
        sentence = room.adjusted(0, metrics.lineSpacing() + 4, 0, 0)
        _draw_sentence(painter, font, sentence, hit.pieces)


def _draw_sentence(painter: QPainter, font: QFont, room: QRect, pieces: Sequence[Piece]) -> None:
    layout = QTextLayout("".join(piece for piece, _asked in pieces), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(_formats(pieces))
    layout.beginLayout()
    top = 0.0
    for _number in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room.width())
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    painter.setPen(QColor(theme.tokens().text))
    layout.draw(painter, QPointF(room.topLeft()))


def _formats(pieces: Sequence[Piece]) -> list[QTextLayout.FormatRange]:
    marked = QTextCharFormat()
    marked.setFontWeight(QFont.Weight.Bold)
    marked.setFontUnderline(True)
    marked.setForeground(QColor(theme.tokens().accent))
    made, at = [], 0
    for piece, asked in pieces:
        if asked:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = at, len(piece), marked
            made.append(one)
        at += len(piece)
    return made
