"""Linking a sibling: which of the other cases, and how the children are siblings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
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

from caseworker_app.domain.case import Case
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import cases
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.models.caseload_rows import child_words
from ui.tasks import Op, Query
from ui.widgets.case_rows import SIBLING_KIND_LABELS
from ui.widgets.fields.choice import ChoiceEditor
from ui.widgets.tall_rows import TallRows
from ui.words import bind, bind_call, tr

_CASE = Qt.ItemDataRole.UserRole


class SiblingDialog(QDialog):
    """Links one case with another of the worker's; the link stands in both."""

    def __init__(self, house: House, case: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._case = house, case
        self._others: list[Case] = []
        bind(self.setWindowTitle, "Link a sibling")
        self.find_line, self.list, self.kind = QLineEdit(), QListWidget(), ChoiceEditor(SIBLING_KIND_LABELS)
        self.link, self.cancel = QPushButton(), QPushButton()
        self.kind.show_value(next(iter(SIBLING_KIND_LABELS)))
        self.list.setItemDelegate(TallRows(self.list))
        self._lay_out()
        self.find_line.textChanged.connect(self._filter)
        self.find_line.returnPressed.connect(self._link)
        self.list.itemActivated.connect(self._link)
        self.list.currentRowChanged.connect(lambda row: self.link.setEnabled(row >= 0))
        self.link.clicked.connect(self._link)
        self.cancel.clicked.connect(self.close)
        self._house.tasks.query(self, Query(self._ask, self._show))

    def _lay_out(self) -> None:
        heading = QLabel()
        heading.setProperty("look", "heading")
        bind(heading.setText, "Link a sibling")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(heading)
        for words, widget, control in (
            (N_("Find the sibling's case"), self.find_line, self.find_line),
            (N_("Cases"), self.list, self.list),
            (N_("How they are siblings"), self.kind, self.kind.control),
        ):
            label = QLabel()
            label.setProperty("look", "muted")
            bind(label.setText, words)
            bind(control.setAccessibleName, words)
            label.setBuddy(control)
            layout.addWidget(label)
            layout.addWidget(widget)
        self.link.setProperty("look", "primary")
        bind(self.link.setText, "Link siblings")
        bind(self.cancel.setText, "Cancel")
        self.link.setEnabled(False)
        foot = QHBoxLayout()
        for button in (self.link, self.cancel):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        layout.addLayout(foot)
        self.resize(480, 520)
        bind_call(self, self._filter)

    def _ask(self, reader: Reader) -> list[Case]:
        linked = {sibling.case.id for sibling in cases.view(reader, self._case).siblings}
        found = [case for case in reader.find(Case) if case.id != self._case and case.id not in linked]
        return sorted(found, key=lambda case: (not case.active, sort_key(cases.display_name(case))))

    def _show(self, found: list[Case]) -> None:
        self._others = found
        self._filter()

    def _filter(self) -> None:
        words = self.find_line.text().casefold().split()
        self.list.clear()
        for case in self._others:
            name = child_words(case)
            if all(word in name.casefold() for word in words):
                said = name if case.active else tr("{name} (closed)", name=name)
                item = QListWidgetItem(said)
                item.setData(_CASE, case.id)
                self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows move in the list while words are typed."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
            return
        super().keyPressEvent(event)

    def _link(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        other, kind = bytes(item.data(_CASE)), self.kind.value()
        link = Op(
            lambda w: cases.link_siblings(w, self._case, other, kind),
            done=self._linked,
            said="The siblings are linked.",
        )
        self._house.tasks.op(self, link)

    def _linked(self, _none: None) -> None:
        self.close()
