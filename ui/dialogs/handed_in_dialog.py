"""What was handed in at the hub and not taken, for a team leader: who, when and why; to be let in, one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services.cases import display_name
from caseworker_app.services.ports import Reader
from caseworker_app.services.sync_desk import HandedIn
from ui.dialogs.fitting import resize
from ui.house import House
from ui.models.sync_words import reason_words
from ui.tasks import Job, Query
from ui.value_words import moment
from ui.widgets.complaint import Complaint
from ui.widgets.sync.plain import button, label
from ui.words import bind, bind_call, tr

_HEADS = (N_("When"), N_("By whom"), N_("Unit"), N_("Case"))
_WIDTHS = (200, 220, 220)
_ROW = 28
_WAYS: Mapping[str, str] = {
    "revoked": N_("Let it in, if it belongs in the case."),
    "not_a_member": N_("Share the case with its author again; then it can be let in."),
    "read_only": N_("Let its author write in the case; then it can be let in."),
}
"""What a leader can do about it, where that is another thing than what its author can."""
_SIZE = (960, 520)


class HandedInDialog(QDialog):
    """Opened with ``open()``; gone when closed."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind(self.setWindowTitle, "Handed in and not taken")
        self._house = house
        self._rows: tuple[HandedIn, ...] | None = None
        self._children: Mapping[Id, str] = {}
        self.list, self.empty, self.said = QTreeWidget(self), label(), label("muted")
        self.why, self.way = label("subheading"), label()
        self.let_in_button, self.close_button = button("Let it in", "primary"), button("Close")
        self.complaint = Complaint()
        self._lay_out()
        self.list.currentItemChanged.connect(lambda _now, _before: self._chosen())
        self.let_in_button.clicked.connect(self.let_in)
        self.close_button.clicked.connect(self.reject)
        bind_call(self, self._say)
        resize(self, *_SIZE)
        house.tasks.query(self, Query(_children, self._named))

    def _lay_out(self) -> None:
        heading, about = label("heading"), label("muted")
        bind(heading.setText, "Handed in and not taken")
        bind(
            about.setText,
            "Colleagues of your unit wrote this, and the hub did not take it: their computer was closed, or the case was "
            "no longer shared with them. The hub keeps it until somebody decides.",
        )
        bind(self.empty.setText, "Nothing waits for you at the hub.")
        view = self.list
        view.setColumnCount(len(_HEADS))
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        bind(view.setAccessibleName, "Handed in and not taken")
        header = view.header()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.let_in_button)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addWidget(about)
        layout.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(view, 1)
        for widget in (self.why, self.way, self.complaint):
            layout.addWidget(widget)
        layout.addLayout(foot)

    # asking and showing

    def _named(self, children: Mapping[Id, str]) -> None:
        self._children = children
        self._ask()

    def _ask(self) -> None:
        self._house.tasks.job(self, Job(self._house.sync.handed_in, self._show, self.complaint.show_error))

    def _show(self, rows: Sequence[HandedIn]) -> None:
        self._rows = tuple(rows)
        self._say()
        self.list.setFocus()

    @property
    def chosen(self) -> HandedIn | None:
        """The row at the cursor."""
        at = self._at()
        return self._rows[at] if self._rows and at >= 0 else None

    def _at(self) -> int:
        item = self.list.currentItem()
        return -1 if item is None else self.list.indexOfTopLevelItem(item)

    def _say(self) -> None:
        self.list.setHeaderLabels([tr(head) for head in _HEADS])
        rows = self._rows or ()
        at = max(0, self._at())
        self.list.clear()
        for row in rows:
            child = tr("not shared with you") if row.stream is None else self._children.get(row.stream, "")
            item = QTreeWidgetItem([moment(row.at), row.author or tr("Unknown"), row.unit, child])
            item.setSizeHint(0, QSize(0, _ROW))
            self.list.addTopLevelItem(item)
        self.list.setVisible(self._rows is None or bool(rows))
        self.empty.setVisible(self._rows is not None and not rows)
        at_cursor = self.list.topLevelItem(min(at, len(rows) - 1))
        if at_cursor is not None:
            self.list.setCurrentItem(at_cursor)
        self._chosen()

    def _chosen(self) -> None:
        row = self.chosen
        why, way = ("", "") if row is None else reason_words(row.reason)
        if row is not None and row.reason in _WAYS:
            way = tr(_WAYS[row.reason])
        if row is not None and row.stream is None:
            way = tr("Whoever is responsible for the case must share it with you before you can let this in.")
        self.why.setText(why)
        self.way.setText(way)
        self.let_in_button.setEnabled(row is not None and row.stream is not None)

    # letting in

    def let_in(self) -> None:
        """Have the hub judge the row anew; it is said when it stays where it is, and why."""
        row = self.chosen
        if row is None:
            return
        desk = self._house.sync
        self.complaint.clear()
        self.let_in_button.setEnabled(False)
        work = Job(lambda: desk.let_in(row.row), self._done, self._not_done)
        self._house.tasks.job(self, work)

    def _done(self, reason: str) -> None:
        if reason:
            why, _way = reason_words(reason)
            self.said.setText(tr("It stays where it is. {why}", why=why))
        else:
            self.said.setText(tr("It has been let in, and comes to everybody who shares the case."))
        self._ask()

    def _not_done(self, error: UserError) -> None:
        self.let_in_button.setEnabled(True)
        self.complaint.show_error(error)


def _children(reader: Reader) -> dict[Id, str]:
    return {case.stream: display_name(case) for case in reader.find(Case, cancelled=True)}
