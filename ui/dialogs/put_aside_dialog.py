"""A list of what was put aside, with the reason below it: what the laptop's and the hub's lists have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.services.cases import display_name
from caseworker_app.services.ports import Reader
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Job, Query
from ui.widgets.complaint import Complaint
from ui.widgets.sync.plain import button, label
from ui.words import bind, bind_call, tr

R = TypeVar("R")
_ROW = 28


class PutAsideDialog(QDialog, Generic[R]):
    """Opened with ``open()``; gone when closed. One for each kind of row says the words and what can be done."""

    heads: tuple[str, ...]
    """The msgids of the columns."""
    widths: tuple[int, ...]
    """Px of each column but the last, which takes what is left."""

    def __init__(
        self,
        house: House,
        ask: Callable[[], Sequence[R]],
        ways: Sequence[QPushButton],
        parent: QWidget | None,
    ) -> None:
        """``ask`` fetches the rows in a job; ``ways`` are the buttons of what can be done with the one at the cursor."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.house, self._ask_for = house, ask
        self._rows: tuple[R, ...] | None = None
        self.children_of: Mapping[Id, str] = {}
        self.heading, self.about = label("heading"), label("muted")
        self.list, self.empty, self.said = QTreeWidget(self), label(), label("muted")
        self.why, self.way = label("subheading"), label()
        self.close_button = button("Close")
        self.complaint = Complaint()
        self._lay_out(ways)
        self.list.currentItemChanged.connect(lambda _now, _before: self.show_chosen())
        self.close_button.clicked.connect(self.reject)

    def begin(self, width: int) -> None:
        """Show it, once the words of the heading are bound, and ask for the rows."""
        bind_call(self, self._say)
        resize(self, width, 520)
        self.house.tasks.query(self, Query(_children, self._named))

    def words_of(self, row: R) -> tuple[str, ...]:
        """Return what stands in the columns of a row."""
        raise NotImplementedError

    def show_chosen(self) -> None:
        """Say of the row at the cursor why and what can be done."""
        raise NotImplementedError

    def call(self, words: str) -> None:
        """Bind the dialog's heading, title and its list's accessible name to a msgid."""
        for bound in (self.setWindowTitle, self.heading.setText, self.list.setAccessibleName):
            bind(bound, words)

    def _lay_out(self, ways: Sequence[QPushButton]) -> None:
        view = self.list
        view.setColumnCount(len(self.heads))
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        header = view.header()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate(self.widths):
            header.resizeSection(column, width)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for way in ways:
            foot.addWidget(way)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.heading)
        layout.addWidget(self.about)
        layout.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(view, 1)
        for widget in (self.why, self.way, self.complaint):
            layout.addWidget(widget)
        layout.addLayout(foot)

    # asking and showing

    def _named(self, children: Mapping[Id, str]) -> None:
        self.children_of = children
        self.ask()

    def ask(self) -> None:
        """Fetch the rows anew."""
        self.house.tasks.job(self, Job(self._ask_for, self._show, self.complaint.show_error))

    def _show(self, rows: Sequence[R]) -> None:
        self._rows = tuple(rows)
        self._say()
        self.list.setFocus()

    @property
    def chosen(self) -> R | None:
        """The row at the cursor."""
        at = self._at()
        return self._rows[at] if self._rows and at >= 0 else None

    def _at(self) -> int:
        item = self.list.currentItem()
        return -1 if item is None else self.list.indexOfTopLevelItem(item)

    def _say(self) -> None:
        self.list.setHeaderLabels([tr(head) for head in self.heads])
        rows = self._rows or ()
        at = max(0, self._at())
        self.list.clear()
        for row in rows:
            item = QTreeWidgetItem(list(self.words_of(row)))
            item.setSizeHint(0, QSize(0, _ROW))
            for column in range(len(self.heads)):
                item.setToolTip(column, item.text(column))
            self.list.addTopLevelItem(item)
        self.list.setVisible(self._rows is None or bool(rows))
        self.empty.setVisible(self._rows is not None and not rows)
        at_cursor = self.list.topLevelItem(min(at, len(rows) - 1))
        if at_cursor is not None:
            self.list.setCurrentItem(at_cursor)
        self.show_chosen()


def _children(reader: Reader) -> dict[Id, str]:
    return {case.stream: display_name(case) for case in reader.find(Case, cancelled=True)}
