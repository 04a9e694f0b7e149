"""Paints a row of the caseload: words, the step as a small drawing, marks as icon and word."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from caseworker_app.drawing.ladder import step_glyph
from ui import icons, theme
from ui.models.caseload_model import CaseloadModel
from ui.models.caseload_rows import Col, Mark, RowText, mark_words
from ui.widgets.display_list_painter import picture

PADDING = 8
_GLYPH = 14
_ICON = 16
_GAP = 4


@lru_cache(maxsize=64)
def _glyph(step: int | None, ink: str, accent: str, ground: str, ratio: float) -> QPixmap:
    return picture(step_glyph(step, ink=ink, accent=accent, ground=ground), _GLYPH, ratio)


class CaseDelegate(QStyledItemDelegate):
    """Draws straight with the painter: no style option is built for a cell. ``hovered`` is the row under the mouse."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hovered = -1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        model, tokens = cast(CaseloadModel, index.model()), theme.tokens()
        row, rect, column = model.row(index.row()), option.rect, index.column()
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, QColor(tokens.tint))
            if column == 0:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(tokens.accent))
        elif index.row() == self.hovered:
            painter.fillRect(rect, QColor(tokens.ground))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        ground = tokens.tint if chosen else tokens.surface
        inner = rect.adjusted(PADDING, 0, -_GAP, -1)
        if column == Col.STEP:
            self._step(painter, inner, row, ground)
        elif column == Col.MARKS:
            self._marks(painter, inner, row.marks, option.font)
        elif column == Col.DEADLINE and row.tone:
            self._due(painter, inner, row, option.font)
        else:
            self._words(painter, inner, row, column, option.font)

    def _words(self, painter: QPainter, rect: QRect, row: RowText, column: int, font: QFont) -> None:
        tokens = theme.tokens()
        words = row.cells[column]
        if not words:
            return
        quiet = row.closed or column in (Col.KINDS, Col.SCHOOL)
        painter.setPen(QColor(tokens.muted if quiet else tokens.text))
        painter.setFont(_bold(font) if column == Col.NAME and not row.closed else font)
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(words) > rect.width():
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def _step(self, painter: QPainter, rect: QRect, row: RowText, ground: str) -> None:
        tokens = theme.tokens()
        device = painter.device()
        drawn = _glyph(row.step, tokens.muted, tokens.accent, ground, device.devicePixelRatioF())
        painter.drawPixmap(rect.left(), rect.center().y() - _GLYPH // 2, drawn)
        if row.step is not None:
            painter.setPen(QColor(tokens.muted if row.closed else tokens.text))
            left = rect.adjusted(round(drawn.width() / drawn.devicePixelRatioF()) + _GAP + 2, 0, 0, 0)
            painter.drawText(
                left, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), row.cells[Col.STEP]
            )

    def _due(self, painter: QPainter, rect: QRect, row: RowText, font: QFont) -> None:
        """Draw a deadline that is late or of today: an icon and words."""
        colour = str(getattr(theme.tokens(), row.tone))
        drawn = icons.pixmap("warning", colour, _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(rect.left(), rect.center().y() - _ICON // 2 + 1, drawn)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        room = rect.adjusted(_ICON + _GAP, 0, 0, 0)
        words = painter.fontMetrics().elidedText(
            row.cells[Col.DEADLINE], Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def _marks(self, painter: QPainter, rect: QRect, marks: tuple[Mark, ...], font: QFont) -> None:
        """Draw icon and word of each; where there is no room for all words, the later ones are icons only."""
        if not marks:
            return
        metrics = QFontMetrics(font)
        words = [mark_words(mark) for mark in marks]
        widths = [metrics.horizontalAdvance(word) for word in words]
        left, end = rect.left(), rect.right()
        ratio = painter.device().devicePixelRatioF()
        painter.setFont(font)
        for number, mark in enumerate(marks):
            colour = str(getattr(theme.tokens(), mark.tone))
            drawn = icons.pixmap(mark.icon, colour, _ICON, ratio)
            painter.drawPixmap(left, rect.center().y() - _ICON // 2 + 1, drawn)
            left += _ICON + _GAP
            behind = (len(marks) - number - 1) * (_ICON + _GAP)
            if left + widths[number] + behind <= end:
                painter.setPen(QColor(colour))
                room = QRect(left, rect.top(), widths[number] + 1, rect.height())
                painter.drawText(
                    room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words[number]
                )
                left += widths[number] + 2 * _GAP


@lru_cache(maxsize=4)
def _bold_of(family: str, points: float) -> QFont:
    font = QFont(family)
    font.setPointSizeF(points)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _bold(font: QFont) -> QFont:
    return _bold_of(font.family(), font.pointSizeF())
