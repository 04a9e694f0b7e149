"""What was not taken: each row with who would not take it and why, to be saved as a file for the IT department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
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
from caseworker_app.services.sync_desk import QuarantineRow
from ui.house import House
from ui.models.sync_words import place_words, reason_words
from ui.tasks import Job, Query
from ui.value_words import moment
from ui.widgets.complaint import Complaint
from ui.widgets.sync.plain import button, label
from ui.words import bind, bind_call, tr

_HEADS = (N_("When"), N_("What"), N_("By whom"), N_("Case"), N_("Not taken by"))
_WIDTHS = (200, 280, 160, 180)
_ROW = 28


class QuarantineDialog(QDialog):
    """Opened with ``open()``; gone when closed."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind(self.setWindowTitle, "Not taken")
        self._house = house
        self._rows: tuple[QuarantineRow, ...] | None = None
        self._children: Mapping[Id, str] = {}
        self.list, self.empty, self.said = QTreeWidget(self), label(), label("muted")
        self.why, self.way = label("subheading"), label()
        self.save_button, self.close_button = button("Save as a file …"), button("Close")
        self.again_button = button("Try again")
        self.complaint = Complaint()
        self._lay_out()
        self.list.currentItemChanged.connect(lambda _now, _before: self._chosen())
        self.save_button.clicked.connect(self.save)
        self.again_button.clicked.connect(self.try_again)
        self.close_button.clicked.connect(self.reject)
        bind_call(self, self._say)
        self.resize(1040, 520)
        house.tasks.query(self, Query(_children, self._named))

    def _lay_out(self) -> None:
        heading, about = QLabel(), label("muted")
        heading.setProperty("look", "heading")
        bind(heading.setText, "Not taken")
        bind(
            about.setText,
            "These could not be taken in. Nothing else waits for them, and they are kept until somebody decides.",
        )
        bind(self.empty.setText, "Everything has been taken.")
        view = self.list
        view.setColumnCount(len(_HEADS))
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        bind(view.setAccessibleName, "Not taken")
        header = view.header()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.again_button)
        foot.addWidget(self.save_button)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addWidget(about)
        layout.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(view, 1)
        layout.addWidget(self.why)
        layout.addWidget(self.way)
        layout.addWidget(self.complaint)
        layout.addLayout(foot)

    # asking and showing

    def _named(self, children: Mapping[Id, str]) -> None:
        self._children = children
        desk = self._house.sync
        self._house.tasks.job(self, Job(desk.quarantine, self._show, self.complaint.show_error))

    def _show(self, rows: Sequence[QuarantineRow]) -> None:
        self._rows = tuple(rows)
        self._say()
        self.list.setFocus()

    @property
    def chosen(self) -> QuarantineRow | None:
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
            what = tr(row.label) if row.label else tr("Something that cannot be read")
            child = self._children.get(row.stream, "") if row.stream else ""
            words = (moment(row.at), what, row.author or tr("Unknown"), child, place_words(row.place))
            item = QTreeWidgetItem(list(words))
            item.setSizeHint(0, QSize(0, _ROW))
            for column in range(len(_HEADS)):
                item.setToolTip(column, item.text(column))
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
        self.why.setText(why)
        self.way.setText(way)
        self.save_button.setEnabled(row is not None)
        self.again_button.setEnabled(row is not None)

    # trying again, saving

    def try_again(self) -> None:
        """Offer the row once more; it comes back here when it is refused again."""
        row = self.chosen
        if row is None:
            return
        desk = self._house.sync
        self.complaint.clear()
        self.again_button.setEnabled(False)
        work = Job(lambda: desk.try_again(row.row), lambda _nothing: self._tried(), self._not_tried)
        self._house.tasks.job(self, work)

    def _tried(self) -> None:
        self.said.setText(tr("It is tried again at the next sync, which begins now."))
        desk = self._house.sync
        self._house.tasks.job(self, Job(desk.quarantine, self._show, self.complaint.show_error))

    def _not_tried(self, error: UserError) -> None:
        self.again_button.setEnabled(True)
        self.complaint.show_error(error)

    def save(self) -> None:
        """Ask where, and save the row as a file; it stays encrypted as it is."""
        row = self.chosen
        if row is None:
            return
        from ui.widgets.save_file import ask_where

        name = f"taet-paa-{row.row.hex()[:8]}.json"
        ask_where(self, tr("Save as a file"), name, tr("JSON (*.json)"), lambda path: self.save_to(path, row))

    def save_to(self, path: str, row: QuarantineRow) -> None:
        """Save a row at a place that was chosen."""
        from ui import printing

        desk = self._house.sync
        self.complaint.clear()
        work = Job(
            lambda: printing.save_copy(path, desk.quarantined(row.row)),
            self._saved,
            self._not_saved,
            leaves=True,
        )
        self._house.tasks.job(self, work)

    def _saved(self, _nothing: None) -> None:
        self.said.setText(tr("Saved. The file is encrypted; the IT department can see who, when and why."))

    def _not_saved(self, error: UserError) -> None:
        self.complaint.show_error(error)


def _children(reader: Reader) -> dict[Id, str]:
    return {case.stream: display_name(case) for case in reader.find(Case, cancelled=True)}
