"""How far a goal is: its chart, what was said when and by whom, and what shows it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.dates import short_date
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.plan import MARK_SOURCE_LABELS, ProgressMark
from caseworker_app.i18n import N_
from caseworker_app.services.evidence import Shows
from caseworker_app.services.goals import GoalView
from caseworker_app.services.plan_words import goal_progress
from ui.widgets.plan.chart import ProgressChart
from ui.widgets.plan.loaded import Loaded
from ui.widgets.tall_rows import Sheet
from ui.words import bind, bind_call, tr

_OWN = Qt.ItemDataRole.UserRole
_MARK_HEADS = (N_("Day"), N_("Who says it"), N_("0-10"), N_("In words"))
_EVIDENCE_HEADS = (N_("What shows it"), N_("Note"))


class ProgressPart(QWidget):
    """``mark_pressed``: a mark is to be added, ``link_pressed``: something that shows it is to be linked;
    ``mark_removed`` and ``link_removed`` carry what is to be taken back, ``opened`` a thing that shows it."""

    mark_pressed = Signal()
    link_pressed = Signal()
    mark_removed = Signal(object)
    link_removed = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: GoalView | None = None
        self._loaded: Loaded | None = None
        self._frame = QFrame(self)
        self.chart = ProgressChart(self._frame)
        self.marks, self.evidence = Sheet((20, 30, 10, 40)), Sheet((62, 38))
        bind(self.marks.setAccessibleName, "Progress marks")
        bind(self.evidence.setAccessibleName, "What shows it")
        self.mark, self.unmark, self.link, self.unlink = (QPushButton(self) for _ in range(4))
        self.no_evidence = QLabel()
        self._lay_out()
        self.mark.clicked.connect(self.mark_pressed)
        self.link.clicked.connect(self.link_pressed)
        self.unmark.clicked.connect(lambda: _with(self.marks, self.mark_removed.emit))
        self.unlink.clicked.connect(lambda: _with(self.evidence, self.link_removed.emit))
        self.marks.currentItemChanged.connect(lambda _now, _before: self._offer())
        self.evidence.currentItemChanged.connect(lambda _now, _before: self._offer())
        self.evidence.itemActivated.connect(lambda item: self.opened.emit(item.data(0, _OWN)))
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        frame = self._frame
        frame.setProperty("look", "card")
        within = QVBoxLayout(frame)
        within.setContentsMargins(8, 8, 8, 4)
        within.addWidget(self.chart)
        self.mark.setProperty("look", "primary")
        bind(self.mark.setText, "Mark progress (Ctrl+M)")
        bind(self.unmark.setText, "Take back")
        bind(self.link.setText, "Link what shows it …")
        bind(self.unlink.setText, "Take back")
        bind(self.unmark.setAccessibleName, "Take back the mark")
        bind(self.unlink.setAccessibleName, "Take back the link")
        self.no_evidence.setProperty("look", "muted")
        self.no_evidence.setWordWrap(True)
        bind(
            self.no_evidence.setText,
            "Nothing is linked yet: an entry, a talk or a meeting that shows how far it is.",
        )
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addLayout(_column(_across(self.mark, self.unmark), self.marks), 3)
        below.addLayout(_column(_across(self.link, self.unlink), self.no_evidence, self.evidence), 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(frame, 3)
        layout.addLayout(below, 2)

    def show_goal(self, view: GoalView | None, loaded: Loaded | None) -> None:
        """Show the progress of a goal."""
        self._view, self._loaded = view, loaded
        self._say()

    def _say(self) -> None:
        view, loaded = self._view, self._loaded
        if view is None or loaded is None:
            return
        self.chart.show_progress(goal_progress(i18n.current(), view, loaded.today))
        self.marks.setHeaderLabels([tr(head) for head in _MARK_HEADS])
        self.evidence.setHeaderLabels([tr(head) for head in _EVIDENCE_HEADS])
        self.marks.clear()
        for mark in reversed(view.marks):
            _row(self.marks, _mark_cells(mark), mark)
        self.evidence.clear()
        shows = loaded.shows.get(view.goal.id, ())
        for one in shows:
            _row(self.evidence, _evidence_cells(one), one)
        self.marks.setVisible(bool(view.marks))
        self.unmark.setVisible(bool(view.marks))
        self.evidence.setVisible(bool(shows))
        self.unlink.setVisible(bool(shows))
        self.no_evidence.setVisible(not shows)
        self._offer()

    def _offer(self) -> None:
        self.unmark.setEnabled(self.marks.currentItem() is not None)
        self.unlink.setEnabled(self.evidence.currentItem() is not None)


def _with(sheet: Sheet, act: Callable[[object], None]) -> None:
    item = sheet.currentItem()
    if item is not None:
        act(item.data(0, _OWN))


def _across(*buttons: QPushButton) -> QHBoxLayout:
    across = QHBoxLayout()
    across.setSpacing(8)
    for button in buttons:
        across.addWidget(button)
    across.addStretch(1)
    return across


def _column(buttons: QHBoxLayout, *widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addLayout(buttons)
    for widget in widgets[:-1]:
        column.addWidget(widget)
    widgets[-1].setMinimumHeight(72)
    column.addWidget(widgets[-1], 1)
    column.addStretch()
    return column


def _row(sheet: Sheet, cells: tuple[str, ...], thing: object) -> None:
    item = QTreeWidgetItem(list(cells))
    item.setData(0, _OWN, thing)
    for column, words in enumerate(cells):
        item.setToolTip(column, words)
    sheet.addTopLevelItem(item)


def _mark_cells(mark: ProgressMark) -> tuple[str, ...]:
    day = "" if mark.marked_on is None else short_date(mark.marked_on, i18n.current().language)
    value = "" if mark.value is None else str(mark.value)
    return day, tr(MARK_SOURCE_LABELS[mark.source]), value, " ".join(mark.words.split())


def _evidence_cells(one: Shows) -> tuple[str, ...]:
    named = i18n.current().say(one.said) if isinstance(one.said, Phrase) else one.said
    day = "" if one.on is None else short_date(one.on, i18n.current().language)
    return f"{named} {day}".strip(), one.note
