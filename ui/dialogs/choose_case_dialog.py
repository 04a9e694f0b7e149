"""Choosing the child something is about: type to find, arrows to choose."""

from __future__ import annotations

from PySide6.QtCore import QSize, QSortFilterProxyModel, Qt, Signal
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
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import cases
from caseworker_app.services.cases import Caseload
from ui.house import House
from ui.tasks import Query
from ui.theme import TARGET
from ui.widgets.complaint import Complaint
from ui.words import bind, tr

_ROWS = 8
_AT = int(Qt.ItemDataRole.UserRole)


class ChooseCaseDialog(QDialog):
    """Opened with ``open()``; ``chosen`` carries the case. ``case`` is offered first when given."""

    chosen = Signal(object)

    def __init__(self, house: House, parent: QWidget | None = None, case: Id | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._case = case
        self._cases: list[Case] = []
        bind(self.setWindowTitle, "For which child?")
        self.find_line, self.list, self.complaint = QLineEdit(), QListView(), Complaint()
        self._items = QStandardItemModel(self)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self._items)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list.setModel(self.proxy)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.go_button, self.cancel_button = QPushButton(), QPushButton()
        self._lay_out()
        self.find_line.textChanged.connect(self._narrow)
        self.list.doubleClicked.connect(self._choose)
        self.go_button.clicked.connect(self._choose)
        self.cancel_button.clicked.connect(self.reject)
        house.tasks.query(self, Query(cases.caseload, self._show))

    def _lay_out(self) -> None:
        heading = QLabel()
        heading.setProperty("look", "heading")
        heading.setBuddy(self.find_line)
        bind(heading.setText, "For which child?")
        bind(self.find_line.setPlaceholderText, "Type to find")
        bind(self.find_line.setAccessibleName, "Find a child")
        bind(self.list.setAccessibleName, "Children")
        self.list.setProperty("look", "names")
        self.list.setMinimumHeight(_ROWS * TARGET + 2 * self.list.frameWidth())
        bind(self.go_button.setText, "Go on")
        bind(self.cancel_button.setText, "Cancel")
        self.go_button.setProperty("look", "primary")
        self.go_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        for widget in (heading, self.find_line, self.list, self.complaint):
            layout.addWidget(widget, 1 if widget is self.list else 0)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.go_button)
        layout.addLayout(foot)
        self.resize(480, self.sizeHint().height())

    def _show(self, caseload: Caseload) -> None:
        self._cases = [row.case for row in caseload.active]
        for number, case in enumerate(self._cases):
            item = QStandardItem(case.child_name or tr("Unborn child of {name}", name=case.unborn_of))
            item.setData(number, _AT)
            item.setSizeHint(QSize(0, TARGET))
            self._items.appendRow(item)
        first = [number for number, case in enumerate(self._cases) if case.id == self._case]
        self.list.setCurrentIndex(self.proxy.index(first[0] if first else 0, 0))
        if not self._cases:
            self.complaint.show_message(N_("There are no active cases. Register a child first."))
            self.go_button.setEnabled(False)

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

    def _choose(self) -> None:
        index = self.list.currentIndex()
        if not index.isValid():
            self.complaint.show_message(N_("Choose a child."))
            return
        case = self._cases[int(index.data(_AT))]
        self.accept()
        self.chosen.emit(case)
