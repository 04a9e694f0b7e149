"""Planning a new meeting: of which kind, for whom, and for which siblings too. The rest is written on its page."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting_kinds import About, MeetingKinds, MeetingSort
from caseworker_app.domain.phrases import N_
from caseworker_app.services import cases, entries, meetings, meetings_together
from caseworker_app.services.cases import Caseload
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.fitting import resize
from ui.house import House, Place
from ui.tasks import Op, Query
from ui.theme import TARGET
from ui.widgets.check import Check
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.words import bind, bind_call, tr

_ROWS = 7
"""How many children the list shows whole, without scrolling."""
SIZE = (600, 640)
_ID = int(Qt.ItemDataRole.UserRole)


class NewMeetingDialog(QDialog):
    """Opened with ``open()``; goes to the meeting it has planned. ``case`` is chosen beforehand when given."""

    def __init__(
        self, house: House, parent: QWidget | None = None, case: Id | None = None, kind: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._case, self._wanted = house, case, kind
        bind(self.setWindowTitle, "New meeting")
        self.kinds: MeetingKinds | None = None
        self.kind, self.help, self.usual = Combo(), QLabel(), QLabel()
        self.find_line, self.list = QLineEdit(), QListView()
        self._items = QStandardItemModel(self)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self._items)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list.setModel(self.proxy)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.siblings: dict[Id, Check] = {}
        self.complaint = Complaint()
        self.plan_button, self.cancel_button = QPushButton(), QPushButton()
        self._lay_out()
        self.find_line.textChanged.connect(self._narrow)
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.list.selectionModel().currentChanged.connect(self._child_chosen)
        self.list.doubleClicked.connect(self._plan)
        self.plan_button.clicked.connect(self._plan)
        self.cancel_button.clicked.connect(self.reject)
        bind_call(self, self._say)
        books = house.books

        def ask(reader: Reader) -> tuple[Caseload, MeetingKinds]:
            return cases.caseload(reader), books.meeting_kinds(reader).kinds

        house.tasks.query(self, Query(ask, self._show))

    def _lay_out(self) -> None:
        self.whom, which, self._also = QLabel(), QLabel(), QWidget()
        for label in (which, self.whom):
            label.setProperty("look", "subheading")
        bind(which.setText, "Which meeting?")
        which.setBuddy(self.kind)
        self.whom.setBuddy(self.find_line)
        bind(self.kind.setAccessibleName, "Kind of meeting")
        bind(self.find_line.setPlaceholderText, "Type to find")
        bind(self.find_line.setAccessibleName, "Find a child")
        bind(self.list.setAccessibleName, "Children")
        for label in (self.help, self.usual):
            label.setProperty("look", "muted")
            label.setWordWrap(True)
        self.list.setProperty("look", "names")
        self.list.setMinimumHeight(_ROWS * TARGET + 2 * self.list.frameWidth())
        self._ticks = QHBoxLayout(self._also)
        self._ticks.setContentsMargins(0, 0, 0, 0)
        self._ticks.setSpacing(12)
        bind(self.plan_button.setText, "Plan the meeting")
        bind(self.cancel_button.setText, "Cancel")
        self.plan_button.setProperty("look", "primary")
        self.plan_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        for widget in (which, self.kind, self.help, self.usual, self.whom, self.find_line):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._also)
        layout.addWidget(self.complaint)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.plan_button)
        layout.addLayout(foot)
        resize(self, *SIZE)

    def _show(self, answer: tuple[Caseload, MeetingKinds]) -> None:
        caseload, self.kinds = answer
        for row in caseload.active:
            case = row.case
            item = QStandardItem(case.child_name or tr("Unborn child of {name}", name=case.unborn_of))
            item.setData(case.id, _ID)
            item.setSizeHint(QSize(0, TARGET))
            self._items.appendRow(item)
        chosen = [n for n, row in enumerate(caseload.active) if row.case.id == self._case]
        self.list.setCurrentIndex(self.proxy.index(chosen[0] if chosen else 0, 0))
        self.kind.blockSignals(True)
        for one in self.kinds.kinds:
            self.kind.addItem(tr(one.name), one.id)
        self.kind.setCurrentIndex(max(0, self.kind.findData(self._wanted or self.kinds.first.id)))
        self.kind.blockSignals(False)
        self._say()
        (self.find_line if self._case is None else self.kind).setFocus()

    @property
    def chosen_kind(self) -> MeetingSort | None:
        """The kind that is chosen."""
        return None if self.kinds is None else self.kinds.get(str(self.kind.currentData()))

    def _say(self) -> None:
        kind = self.chosen_kind
        if kind is None or self.kinds is None:
            return
        from ui.widgets.meeting.plan import usual_words

        for row, one in enumerate(self.kinds.kinds):
            self.kind.setItemText(row, tr(one.name))
        self.help.setText(kind.help)
        self.help.setVisible(bool(kind.help))
        self.usual.setText(usual_words(kind))
        about_child = kind.about is About.CHILD
        for widget in (self.whom, self.find_line, self.list):
            widget.setEnabled(about_child)
        self.whom.setText(tr("For which child?") if about_child else tr("The meeting is about no child"))
        self._also.setVisible(about_child and bool(self.siblings))
        none = about_child and not self._items.rowCount()
        self.plan_button.setEnabled(not none)
        if none:
            self.complaint.show_message(N_("There are no active cases. Register a child first."))
        else:
            self.complaint.clear()

    def _kind_chosen(self, _row: int) -> None:
        self._say()

    # siblings

    def _child_chosen(self, _now: QModelIndex, _was: QModelIndex) -> None:
        self._ask_siblings()

    def _ask_siblings(self) -> None:
        case = self._child()
        if case is not None:
            self._house.tasks.query(
                self, Query(lambda r: (case, entries.siblings_of(r, case)), self._show_siblings)
            )

    def _show_siblings(self, answer: tuple[Id, tuple[Case, ...]]) -> None:
        case, siblings = answer
        if case != self._child():
            return
        while (item := self._ticks.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.siblings = {}
        if siblings:
            self._ticks.addWidget(QLabel(tr("Also for")))
        for one in siblings:
            box = Check()
            box.setText((one.child_name or one.unborn_of).replace("&", "&&"))
            self._ticks.addWidget(box)
            self.siblings[one.id] = box
        self._ticks.addStretch(1)
        kind = self.chosen_kind
        self._also.setVisible(bool(siblings) and kind is not None and kind.about is About.CHILD)

    def _child(self) -> Id | None:
        index = self.list.currentIndex()
        return index.data(_ID) if index.isValid() else None

    # what the user does

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
        kind, case = self.chosen_kind, self._child()
        if kind is None:
            return
        if kind.about is About.CHILD and case is None:
            self.complaint.show_message(N_("Choose the child the meeting is about."))
            return
        also = [one for one, box in self.siblings.items() if box.isChecked()]
        self.plan_button.setEnabled(False)

        def run(writer: Writer) -> Id:
            if kind.about is About.STAFF or case is None:
                return meetings.plan(writer, None, {}, kind)
            return meetings_together.plan(writer, case, {}, kind, also)[0]

        self._house.tasks.op(self, Op(run, self._planned, N_("The meeting is planned."), self._refused))

    def _planned(self, meeting: Id) -> None:
        self.accept()
        self._house.go(Place("meeting", meeting, "plan"))

    def _refused(self, error: UserError) -> None:
        self.plan_button.setEnabled(True)
        self.complaint.show_error(error)
