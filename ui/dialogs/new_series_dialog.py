"""A new series of meetings: of which kind, how often, from when; or time kept free for meetings as they are needed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting_kinds import About, MeetingKinds, MeetingSort, Unit
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meeting_series
from ui.house import House
from ui.tasks import Op
from ui.widgets.check import Check
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.fields.span import TimeSpanEditor
from ui.words import bind, bind_call, tr

UNIT_LABELS = {Unit.DAYS: N_("days"), Unit.WEEKS: N_("weeks"), Unit.MONTHS: N_("months, the same weekday")}


class NewSeriesDialog(QDialog):
    """Opened with ``open()``; ``made`` comes when the series is begun. ``case`` is whose it is, if anybody's."""

    made = Signal()

    def __init__(
        self, house: House, kinds: MeetingKinds, parent: QWidget | None = None, case: Id | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "New series of meetings")
        self._house, self._case = house, case
        about = About.CHILD if case is not None else About.STAFF
        self._kinds: tuple[MeetingSort, ...] = kinds.about(about) if case is not None else kinds.kinds
        self.kind, self.unit = Combo(), Combo()
        self.every, self.first = Combo(), TimeSpanEditor()
        self.first.field = "first"
        self.title_line, self.place, self.reserved = QLineEdit(), QLineEdit(), Check()
        self.complaint = Complaint(self)
        self.begin, self.cancel = QPushButton(self), QPushButton(self)
        for one in self._kinds:
            self.kind.addItem(tr(one.name), one.id)
        for unit in Unit:
            self.unit.addItem(tr(UNIT_LABELS[unit]), unit.value)
        if case is None:
            staff = kinds.about(About.STAFF)
            self.kind.setCurrentIndex(self.kind.findData(staff[0].id if staff else self._kinds[0].id))
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._usual)
        bind_call(self, self._say)
        self._usual()

    def _lay_out(self) -> None:
        heading, grid = QLabel(), QGridLayout()
        heading.setProperty("look", "heading")
        bind(heading.setText, "New series of meetings")
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self.every.addItems([str(number) for number in range(1, 32)])
        often = QHBoxLayout()
        often.setSpacing(8)
        often.addWidget(self.every)
        often.addWidget(self.unit)
        often.addStretch(1)
        rows: tuple[tuple[str, Any], ...] = (
            (N_("Kind of meeting"), self.kind),
            (N_("Every"), often),
            (N_("First meeting"), self.first),
            (N_("Place"), self.place),
            (N_("What the series is called"), self.title_line),
        )
        for number, (msgid, control) in enumerate(rows):
            label = QLabel()
            bind(label.setText, msgid)
            grid.addWidget(label, number, 0)
            if isinstance(control, QWidget):
                label.setBuddy(control)
                bind(control.setAccessibleName, msgid)
                grid.addWidget(control, number, 1)
            else:
                grid.addLayout(control, number, 1)
        bind(self.every.setAccessibleName, "Every")
        bind(self.unit.setAccessibleName, "Counted in")
        bind_call(self.first, lambda: self.first.name_parts(tr("First meeting")))
        bind(self.reserved.setText, "Time kept free: meetings are called in it as they are needed")
        grid.addWidget(self.reserved, len(rows), 1)
        grid.setColumnStretch(1, 1)
        bind(self.begin.setText, "Begin the series")
        bind(self.cancel.setText, "Cancel")
        self.begin.setProperty("look", "primary")
        self.begin.setDefault(True)
        self.begin.clicked.connect(self._begin)
        self.cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addLayout(grid)
        column.addWidget(self.complaint)
        column.addLayout(foot)
        self.setMinimumWidth(680)

    def _say(self) -> None:
        for row, one in enumerate(self._kinds):
            self.kind.setItemText(row, tr(one.name))
        for row, unit in enumerate(Unit):
            self.unit.setItemText(row, tr(UNIT_LABELS[unit]))

    def _usual(self, _row: int = 0) -> None:
        """Offer the cadence and the length that are usual for the kind."""
        kind = self._kinds[self.kind.currentIndex()]
        self.first.offer(kind.length)
        if kind.cadence is not None:
            self._show_every(kind.cadence.every)
            self.unit.setCurrentIndex(self.unit.findData(kind.cadence.unit.value))
        else:
            self._show_every(4)
            self.unit.setCurrentIndex(self.unit.findData(Unit.WEEKS.value))

    def _show_every(self, number: int) -> None:
        if self.every.findText(str(number)) < 0:
            self.every.addItem(str(number))
        self.every.setCurrentIndex(self.every.findText(str(number)))

    def _begin(self) -> None:
        self.complaint.clear()
        try:
            first = self.first.value()
        except InvalidInput as error:
            self._refused(error)
            return
        case = self._case
        values = {
            "kind": self._kinds[self.kind.currentIndex()].id,
            "every": int(self.every.currentText()),
            "unit": Unit(self.unit.currentData()),
            "first": first,
            "place": self.place.text(),
            "title": self.title_line.text(),
            "reserved": self.reserved.isChecked(),
        }
        op = Op(
            lambda w: meeting_series.begin(w, case, values),
            self._made,
            N_("The series is begun."),
            self._refused,
        )
        self._house.tasks.op(self, op)

    def _made(self, _series: Id) -> None:
        self.made.emit()
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)
