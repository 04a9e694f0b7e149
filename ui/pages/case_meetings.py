"""Møder: the network meetings of a child, and planning the next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.dates import clock_span, full_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting, MeetingKind, MeetingState, kind_name
from caseworker_app.i18n import N_
from caseworker_app.services.cases import CaseView
from ui.widgets.tall_rows import Sheet
from ui.words import bind, bind_call, tr

_MEETING = Qt.ItemDataRole.UserRole
_HEADS = (N_("Time"), N_("Kind of meeting"), N_("We meet because"), N_("Place"), N_("State"))
_SHARES = (31, 18, 27, 15, 9)
STATE_LABELS = {
    MeetingState.PLANNED: N_("Planned"),
    MeetingState.HELD: N_("Held"),
    MeetingState.CALLED_OFF: N_("Called off"),
}


class CaseMeetings(QWidget):
    """The list and its buttons. ``plan_pressed`` carries the kind of meeting (empty: to be asked), ``opened`` a meeting."""

    plan_pressed = Signal(object)
    series_pressed = Signal()
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CaseView | None = None
        self.tree = Sheet(_SHARES)
        bind(self.tree.setAccessibleName, "Meetings of the child")
        self.involving, self.plain, self.first = QPushButton(), QPushButton(), QPushButton()
        self.other, self.series = QPushButton(), QPushButton()
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.tree.itemActivated.connect(self._open)
        plan = QShortcut(QKeySequence("Ins"), self)
        plan.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        plan.activated.connect(lambda: self.plan_pressed.emit(MeetingKind.INVOLVING))
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button, words, kind in (
            (self.involving, N_("Plan an involving network meeting (Ins)"), MeetingKind.INVOLVING),
            (self.plain, N_("Plan a network meeting"), MeetingKind.NETWORK),
            (self.other, N_("Another meeting …"), ""),
            (self.first, N_("Plan an involving network meeting (Ins)"), MeetingKind.INVOLVING),
        ):
            bind(button.setText, words)
            button.clicked.connect(lambda _on=False, kind=kind: self.plan_pressed.emit(kind))
        self.involving.setProperty("look", "primary")
        self.first.setProperty("look", "primary")
        buttons.addWidget(self.involving)
        bind(self.series.setText, "Series …")
        self.series.clicked.connect(self.series_pressed)
        for button in (self.plain, self.other, self.series):
            buttons.addWidget(button)
        buttons.addStretch(1)
        hint = QLabel()
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        bind(hint.setText, "No meetings yet. Plan one: the people of the case are offered as participants.")
        empty = QWidget(self._stack)
        middle = QVBoxLayout(empty)
        middle.addStretch(1)
        middle.addWidget(hint)
        middle.addWidget(self.first, 0, Qt.AlignmentFlag.AlignCenter)
        middle.addStretch(2)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(buttons)
        outer.addWidget(self._stack, 1)

    def show_case(self, view: CaseView) -> None:
        """Show the meetings of a case, latest first."""
        self._view = view
        self._say()

    def _open(self, item: QTreeWidgetItem) -> None:
        self.opened.emit(bytes(item.data(0, _MEETING)))

    def _say(self) -> None:
        view = self._view
        if view is None:
            return
        self.tree.clear()
        self.tree.setHeaderLabels([tr(head) for head in _HEADS])
        for meeting in view.meetings:
            self._meeting(meeting, meeting.id)
        there = bool(view.meetings)
        self._stack.setCurrentIndex(0 if there else 1)
        self.involving.setVisible(there)
        self.plain.setVisible(there)
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _meeting(self, meeting: Meeting, entity: Id) -> None:
        language, when = i18n.current().language, meeting.when
        said = (
            tr("no day yet")
            if when is None
            else f"{full_date(when.day, language)} {clock_span(when.start, when.end, language)}"
        )
        purpose = " ".join(meeting.purpose.split())
        cells = (
            said,
            tr(kind_name(meeting)),
            purpose,
            meeting.place,
            tr(STATE_LABELS[meeting.state]),
        )
        item = QTreeWidgetItem(list(cells))
        item.setData(0, _MEETING, entity)
        for column, words in enumerate(cells):
            item.setToolTip(column, words)
        self.tree.addTopLevelItem(item)
