"""Planning a new meeting: for whom, and of which kind. The rest is written on the meeting's page."""

from __future__ import annotations

from PySide6.QtCore import QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import MEETING_KIND_LABELS, MeetingKind
from caseworker_app.domain.phrases import N_
from caseworker_app.services import cases, meetings
from caseworker_app.services.cases import Caseload
from ui.house import House, Place
from ui.tasks import Op, Query
from ui.theme import TARGET
from ui.widgets.complaint import Complaint
from ui.words import bind, tr

_ROWS = 8
"""How many children the list shows whole, without scrolling."""
_ID = int(Qt.ItemDataRole.UserRole)
_HELP = {
    MeetingKind.INVOLVING: N_("Child, parents, network and professionals; minutes in three columns."),
    MeetingKind.NETWORK: N_("Ends in minutes of decisions."),
}


class NewMeetingDialog(QDialog):
    """Opened with ``open()``; goes to the meeting it has planned. ``case`` is chosen beforehand when given."""

    def __init__(self, house: House, parent: QWidget | None = None, case: Id | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._case = house, case
        bind(self.setWindowTitle, "New meeting")
        self.find_line, self.list = QLineEdit(), QListView()
        self._items = QStandardItemModel(self)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self._items)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list.setModel(self.proxy)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.kinds = QButtonGroup(self)
        self.complaint = Complaint()
        self.plan_button, self.cancel_button = QPushButton(), QPushButton()
        self._lay_out()
        self.find_line.textChanged.connect(self._narrow)
        self.list.doubleClicked.connect(self._plan)
        self.plan_button.clicked.connect(self._plan)
        self.cancel_button.clicked.connect(self.reject)
        house.tasks.query(self, Query(cases.caseload, self._show))

    def _lay_out(self) -> None:
        whom, kind = QLabel(), QLabel()
        for label, msgid in ((whom, N_("For which child?")), (kind, N_("Which meeting?"))):
            label.setProperty("look", "subheading")
            bind(label.setText, msgid)
        whom.setBuddy(self.find_line)
        bind(self.find_line.setPlaceholderText, "Type to find")
        bind(self.find_line.setAccessibleName, "Find a child")
        bind(self.list.setAccessibleName, "Children")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        for widget in (whom, self.find_line):
            layout.addWidget(widget)
        self.list.setProperty("look", "names")
        self.list.setMinimumHeight(_ROWS * TARGET + 2 * self.list.frameWidth())
        layout.addWidget(self.list, 1)
        layout.addWidget(kind)
        for number, (value, msgid) in enumerate(MEETING_KIND_LABELS.items()):
            button, help_ = QRadioButton(), QLabel()
            bind(button.setText, msgid)
            bind(help_.setText, _HELP[value])
            bind(button.setAccessibleDescription, _HELP[value])
            help_.setProperty("look", "muted")
            help_.setContentsMargins(28, 0, 0, 4)
            self.kinds.addButton(button, number)
            layout.addWidget(button)
            layout.addWidget(help_)
        self.kinds.button(0).setChecked(True)
        layout.addWidget(self.complaint)
        bind(self.plan_button.setText, "Plan the meeting")
        bind(self.cancel_button.setText, "Cancel")
        self.plan_button.setProperty("look", "primary")
        self.plan_button.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.plan_button)
        layout.addLayout(foot)
        self.resize(560, self.sizeHint().height())

    def _show(self, caseload: Caseload) -> None:
        for row in caseload.active:
            case = row.case
            item = QStandardItem(case.child_name or tr("Unborn child of {name}", name=case.unborn_of))
            item.setData(case.id, _ID)
            item.setSizeHint(QSize(0, TARGET))
            self._items.appendRow(item)
        chosen = [n for n, row in enumerate(caseload.active) if row.case.id == self._case]
        self.list.setCurrentIndex(self.proxy.index(chosen[0] if chosen else 0, 0))
        if not caseload.active:
            self.complaint.show_message(N_("There are no active cases. Register a child first."))
            self.plan_button.setEnabled(False)

    def _narrow(self, text: str) -> None:
        self.proxy.setFilterFixedString(text.strip())
        self.list.setCurrentIndex(self.proxy.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose in the list while one types."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.find_line.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = max(0, min(self.list.currentIndex().row() + step, self.proxy.rowCount() - 1))
            self.list.setCurrentIndex(self.proxy.index(row, 0))
        else:
            super().keyPressEvent(event)

    def _plan(self) -> None:
        index = self.list.currentIndex()
        if not index.isValid():
            self.complaint.show_message(N_("Choose the child the meeting is about."))
            return
        case, kind = index.data(_ID), list(MEETING_KIND_LABELS)[self.kinds.checkedId()]
        self.plan_button.setEnabled(False)
        plan = Op(
            lambda w: meetings.plan(w, case, {"kind": kind}),
            self._planned,
            N_("The meeting is planned."),
            self._refused,
        )
        self._house.tasks.op(self, plan)

    def _planned(self, meeting: Id) -> None:
        self.accept()
        self._house.go(Place("meeting", meeting, "plan"))

    def _refused(self, error: UserError) -> None:
        self.plan_button.setEnabled(True)
        self.complaint.show_error(error)
