"""Linking a goal to what shows it: an entry, a talk, a meeting or a follow-up of the same case."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.plan import Goal
from caseworker_app.i18n import N_
from caseworker_app.services import evidence, goals
from caseworker_app.services.evidence import Shows
from caseworker_app.services.plan_words import shown
from ui.house import House
from ui.tasks import Op, Query
from ui.theme import TARGET
from ui.widgets.complaint import Complaint
from ui.words import bind

_ROW = Qt.ItemDataRole.UserRole


class EvidenceDialog(QDialog):
    """Opened with ``open()``; Enter links what is chosen."""

    def __init__(self, house: House, goal: Goal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._goal = house, goal.id
        bind(self.setWindowTitle, "Link what shows it")
        self.find_line, self.list, self.note = QLineEdit(), QListWidget(), QLineEdit()
        self.complaint, self.empty, self._why = Complaint(), QLabel(), QLabel()
        self.link_button, self.cancel_button = QPushButton(), QPushButton()
        self._lay_out(goal)
        self.find_line.textChanged.connect(self._narrow)
        self.list.itemDoubleClicked.connect(lambda _item: self.link())
        self.link_button.clicked.connect(self.link)
        self.cancel_button.clicked.connect(self.reject)
        house.tasks.query(self, Query(lambda reader: evidence.candidates(reader, goal.id), self._show))

    def _lay_out(self, goal: Goal) -> None:
        heading, what, why = QLabel(), QLabel(goal.text), self._why
        heading.setProperty("look", "heading")
        what.setProperty("look", "muted")
        what.setTextFormat(Qt.TextFormat.PlainText)
        what.setWordWrap(True)
        bind(heading.setText, "What shows how far it is?")
        bind(why.setText, "What it shows")
        why.setBuddy(self.note)
        bind(self.note.setAccessibleName, "What it shows")
        bind(self.find_line.setPlaceholderText, "Type to find")
        bind(self.find_line.setAccessibleName, "Find in the case")
        bind(self.list.setAccessibleName, "Entries, talks, meetings and follow-ups of the case")
        bind(
            self.empty.setText,
            "There is no entry, talk, meeting or follow-up in the case that is not linked already.",
        )
        self.empty.setProperty("look", "muted")
        self.empty.setWordWrap(True)
        self.empty.hide()
        bind(self.link_button.setText, "Link")
        bind(self.cancel_button.setText, "Cancel")
        self.link_button.setProperty("look", "primary")
        self.link_button.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.link_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        for widget in (heading, what, self.find_line):
            layout.addWidget(widget)
        layout.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.list, 1)
        layout.addWidget(why)
        layout.addWidget(self.note)
        layout.addWidget(self.complaint)
        layout.addLayout(foot)
        self.resize(600, 560)

    def _show(self, found: tuple[Shows, ...]) -> None:
        for one in found:
            item = QListWidgetItem(shown(i18n.current(), one))
            item.setData(_ROW, one)
            item.setSizeHint(QSize(0, TARGET))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.empty.setVisible(not found)
        for widget in (self.find_line, self.list, self.note, self._why):
            widget.setVisible(bool(found))
        self.link_button.setEnabled(bool(found))

    def _narrow(self, text: str) -> None:
        sought = text.strip().casefold()
        first = -1
        for row in range(self.list.count()):
            fits = sought in self.list.item(row).text().casefold()
            self.list.setRowHidden(row, not fits)
            first = row if fits and first < 0 else first
        self.list.setCurrentRow(first)

    def link(self) -> None:
        """Link what is chosen."""
        item = self.list.currentItem()
        if item is None:
            self.complaint.show_message(N_("Choose what shows how far the goal is."))
            return
        one: Shows = item.data(_ROW)
        goal, note = self._goal, self.note.text()
        op = Op(
            lambda w: goals.link_evidence(w, goal, one.target_type, one.target, note),
            lambda _link: self.accept(),
            said="It is linked.",
            failed=self.complaint.show_error,
        )
        self._house.tasks.op(self, op)
