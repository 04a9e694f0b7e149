"""The goals of a plan, each with its subgoals below it: what it is, where it stands, what a draft lacks."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.plan import GoalStatus
from caseworker_app.services.goals import GoalView
from ui import icons, theme
from ui.widgets.plan.loaded import Loaded
from ui.widgets.plan.words import goal_status
from ui.words import bind, bind_call, tr

_GOAL = int(Qt.ItemDataRole.UserRole)
_STATUS = _GOAL + 1
_TONE = _GOAL + 2
_PAD, _INDENT, _ICON, _LINES = 10, 20, 16, 2
_SIGNS = {
    GoalStatus.DRAFT: ("pencil", "soon"),
    GoalStatus.ACTIVE: ("today", "accent"),
    GoalStatus.REACHED: ("done", "done"),
    GoalStatus.PARTLY_REACHED: ("done", "note"),
    GoalStatus.CHANGED: ("history", "muted"),
    GoalStatus.GIVEN_UP: ("close", "muted"),
}
"""The icon of a status and what its colour means; the words stand beside it."""


class GoalList(QListView):
    """``chosen`` carries the goal the cursor is on (``None``: none), ``entered`` that it is wanted now."""

    chosen = Signal(object)
    entered_goal = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded: Loaded | None = None
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(_GoalRow(self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        bind(self.setAccessibleName, "Goals of the plan")
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen.emit(self.goal))
        self.activated.connect(lambda _index: self.entered_goal.emit())
        bind_call(self, self._say)

    @property
    def goal(self) -> Id | None:
        """The goal the cursor is on."""
        found = self.currentIndex().data(_GOAL)
        return None if found is None else bytes(found)

    def show_goals(self, loaded: Loaded, wanted: Id | None) -> None:
        """Show the goals; the cursor goes to the one wanted, else stays on the goal it was on."""
        before = wanted or self.goal
        self._loaded = loaded
        self.selectionModel().blockSignals(True)
        self._say()
        self.choose(before)
        self.selectionModel().blockSignals(False)
        self.viewport().update()
        self.chosen.emit(self.goal)

    def choose(self, goal: Id | None) -> None:
        """Put the cursor on a goal, on the first when there is no such one."""
        rows = [row for row in range(self._items.rowCount()) if self._items.item(row).data(_GOAL) == goal]
        index = self._items.index(rows[0] if rows else 0, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _say(self) -> None:
        goals = () if self._loaded is None else self._loaded.goals()
        while self._items.rowCount() > len(goals):
            self._items.removeRow(self._items.rowCount() - 1)
        while self._items.rowCount() < len(goals):
            self._items.appendRow(QStandardItem())
        for row, view in enumerate(goals):
            self._tell(self._items.item(row), view)

    def _tell(self, item: QStandardItem, view: GoalView) -> None:
        status = goal_status(view)
        item.setText(view.goal.text)
        item.setData(view.goal.id, _GOAL)
        item.setData(status, _STATUS)
        item.setData((view.status, view.goal.parent is not None), _TONE)
        kind = tr("Subgoal") if view.goal.parent is not None else tr("Goal")
        item.setData(f"{kind}: {view.goal.text}. {status}", int(Qt.ItemDataRole.AccessibleTextRole))
        item.setToolTip(f"{view.goal.text}\n{status}")


class _GoalRow(QStyledItemDelegate):
    """Two lines of the goal, then its status with an icon."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        font: QFont = option.font
        return QSize(120, QFontMetrics(font).lineSpacing() * (_LINES + 1) + 2 * _PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens, rect, font = theme.tokens(), QRect(option.rect), QFont(option.font)
        state: Any = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.tint))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(tokens.accent))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        status, below = index.data(_TONE)
        room = rect.adjusted(_PAD + (_INDENT if below else 0), _PAD - 2, -_PAD, -_PAD + 2)
        font.setWeight(QFont.Weight.Normal if below else QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        high = painter.fontMetrics().lineSpacing()
        lines = _broken(str(index.data()), painter.fontMetrics(), room.width())
        for number, line in enumerate(lines):
            painter.drawText(room.left(), room.top() + high * number + painter.fontMetrics().ascent(), line)
        self._status(painter, room, index, status, QFont(option.font))

    @staticmethod
    def _status(
        painter: QPainter,
        room: QRect,
        index: QModelIndex | QPersistentModelIndex,
        status: GoalStatus,
        font: QFont,
    ) -> None:
        icon, tone = _SIGNS[status]
        colour = str(getattr(theme.tokens(), tone))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        top = room.bottom() - metrics.lineSpacing() + 1
        drawn = icons.pixmap(icon, colour, _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(room.left(), top + (metrics.lineSpacing() - _ICON) // 2, drawn)
        left = room.left() + _ICON + 6
        words = metrics.elidedText(str(index.data(_STATUS)), Qt.TextElideMode.ElideRight, room.right() - left)
        painter.setPen(QColor(colour if status is GoalStatus.DRAFT else theme.tokens().muted))
        painter.drawText(left, top + metrics.ascent(), words)


def _broken(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Return a text in at most two lines, the last cut with dots when it is longer."""
    words, lines = " ".join(text.split()), list[str]()
    while words and len(lines) < _LINES - 1 and metrics.horizontalAdvance(words) > width:
        fits = words
        while " " in fits and metrics.horizontalAdvance(fits) > width:
            fits = fits.rpartition(" ")[0]
        if metrics.horizontalAdvance(fits) > width:
            break
        lines.append(fits)
        words = words[len(fits) :].lstrip()
    return [*lines, metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)] if words else lines
