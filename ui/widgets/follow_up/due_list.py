"""The deadlines of a case in the order they are met: overdue, today, the next seven days, later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from caseworker_app.domain.ids import Id
from caseworker_app.services.deadline import LATENESS_LABELS, Deadline, Lateness
from ui import icons, theme
from ui.models.due_rows import TONES, late_words, law_words, what_words, when_words
from ui.words import bind, tr

_ROW = Qt.ItemDataRole.UserRole
ROW_HEIGHT, HEAD_HEIGHT = 48, 32
_SIDE, _ICON = 12, 16


@dataclass(frozen=True, slots=True)
class DueRow:
    """One row as painted; ``deadline`` is ``None`` for the heading of a section."""

    words: str
    late: str = ""
    when: str = ""
    law: str = ""
    tone: str = ""
    quiet: bool = False
    deadline: Deadline | None = None


class _Paint(QStyledItemDelegate):
    """Two lines: what and how late; when and whose rule."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row = index.data(_ROW)
        height = ROW_HEIGHT if row is not None and row.deadline is not None else HEAD_HEIGHT
        return QSize(200, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, rect = index.data(_ROW), option.rect
        colours = theme.tokens()
        painter.save()
        if row.deadline is None:
            self._heading(painter, option.font, rect, row)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, QColor(colours.tint))
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(colours.accent))
            self._row(painter, option.font, rect, row)
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.left() + _SIDE, rect.bottom(), rect.right() - _SIDE, rect.bottom())
        painter.restore()

    def _heading(self, painter: QPainter, font: QFont, rect: QRect, row: DueRow) -> None:
        bold = QFont(font)
        bold.setBold(True)
        painter.setFont(bold)
        colours = theme.tokens()
        painter.setPen(QColor(getattr(colours, row.tone) if row.tone else colours.muted))
        painter.drawText(
            rect.adjusted(_SIDE, 4, -_SIDE, 0), int(Qt.AlignmentFlag.AlignVCenter), f"{row.words}  {row.late}"
        )

    def _row(self, painter: QPainter, font: QFont, rect: QRect, row: DueRow) -> None:
        colours = theme.tokens()
        inner = rect.adjusted(_SIDE, 4, -_SIDE, -4)
        half = inner.height() // 2
        top = QRect(inner.left(), inner.top(), inner.width(), half)
        below = QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        late = metrics.horizontalAdvance(row.late)
        if row.tone:
            late += _ICON + 4
            ratio = painter.device().devicePixelRatioF()
            mark = icons.pixmap("warning", str(getattr(colours, row.tone)), _ICON, ratio)
            painter.drawPixmap(top.right() - late, top.top() + (half - _ICON) // 2, mark)
        painter.setPen(QColor(getattr(colours, row.tone) if row.tone else colours.muted))
        right, centre = int(Qt.AlignmentFlag.AlignRight), int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(top, right | centre, row.late)
        painter.setPen(QColor(colours.muted if row.quiet else colours.text))
        words = metrics.elidedText(row.words, Qt.TextElideMode.ElideRight, top.width() - late - 12)
        painter.drawText(top, centre, words)
        law = metrics.horizontalAdvance(row.law)
        painter.setPen(QColor(colours.muted))
        painter.drawText(below, right | centre, row.law)
        when = metrics.elidedText(row.when, Qt.TextElideMode.ElideRight, below.width() - law - 12)
        painter.drawText(below, centre, when)


class DueList(QListWidget):
    """The list. ``chosen`` carries the deadline under the cursor (or ``None``), ``done`` the one to be worked on, by
    Enter or a double click; ``waive`` by Delete."""

    chosen = Signal(object)
    done = Signal(object)
    waive = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Paint(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        bind(self.setAccessibleName, "What is due")
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit(self.current()))
        self.itemDoubleClicked.connect(self._double)

    def current(self) -> Deadline | None:
        """Return the deadline under the cursor."""
        item = self.currentItem()
        row = None if item is None else item.data(_ROW)
        return row.deadline if isinstance(row, DueRow) else None

    def rows(self) -> list[DueRow]:
        """Return every row, headings too, as shown."""
        return [self.item(n).data(_ROW) for n in range(self.count())]

    def choose(self, one: Deadline) -> None:
        """Put the cursor on a deadline."""
        for number, row in enumerate(self.rows()):
            if row.deadline is not None and row.deadline.name == one.name:
                self.setCurrentRow(number)

    def show_deadlines(
        self, deadlines: tuple[Deadline, ...], names: Mapping[Id, str], today: dt.date, *, settled: bool
    ) -> None:
        """Show the deadlines under their headings; the cursor stays on what it was on, else on the first."""
        before = self.current()
        self.blockSignals(True)
        self.clear()
        for lateness in Lateness:
            own = [one for one in deadlines if one.lateness is lateness]
            if own and (settled or lateness is not Lateness.SETTLED):
                self._section(lateness, own, names, today)
        self.blockSignals(False)
        if before is not None:
            self.choose(before)
        if self.current() is None and self.count():
            self.setCurrentRow(1)
        self.chosen.emit(self.current())

    def _section(
        self, lateness: Lateness, own: list[Deadline], names: Mapping[Id, str], today: dt.date
    ) -> None:
        tone = TONES.get(lateness, "")
        heading = DueRow(tr(LATENESS_LABELS[lateness]), f"({len(own)})", tone=tone)
        self._add(heading, Qt.ItemFlag.NoItemFlags)
        if lateness is Lateness.SETTLED:
            own = own[::-1]
        for one in own:
            row = DueRow(
                what_words(one, names.get(one.subject, "")), late_words(one, today), when_words(one, today),
                law_words(one), tone, one.guess or lateness is Lateness.SETTLED, one,
            )  # fmt: skip
            self._add(row, Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)

    def _add(self, row: DueRow, flags: Qt.ItemFlag) -> None:
        item = QListWidgetItem()
        item.setData(_ROW, row)
        said = ", ".join(part for part in (row.words, row.late, row.when, row.law) if part)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        item.setToolTip(said)
        item.setFlags(flags)
        self.addItem(item)

    def _double(self, item: QListWidgetItem) -> None:
        row = item.data(_ROW)
        if row.deadline is not None:
            self.done.emit(row.deadline)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete waives."""
        one = self.current()
        if event.key() == Qt.Key.Key_Delete and one is not None:
            self.waive.emit(one)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and one is not None:
            self.done.emit(one)
        else:
            super().keyPressEvent(event)
