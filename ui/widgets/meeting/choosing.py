"""Choosing whom to invite: ticks at the people of the case, and a line for whoever is not on it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Audience
from caseworker_app.domain.person import Person
from caseworker_app.services import meetings
from caseworker_app.services.meetings import MeetingView
from ui.theme import TARGET
from ui.widgets.fields.choice import ChoiceEditor
from ui.widgets.meeting.invitee import AUDIENCE_LABELS
from ui.words import bind, bind_call, tr

_ID = int(Qt.ItemDataRole.UserRole)


class Choosing(QFrame):
    """``ticked`` carries (person or the case for the child itself, on or off); ``typed`` name, function, audience."""

    ticked = Signal(object, bool)
    typed = Signal(str, str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._view: MeetingView | None = None
        self._quiet = False
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.model.itemChanged.connect(self._changed)
        self.list.activated.connect(lambda index: self._toggle(self.model.itemFromIndex(index)))
        self.name, self.function, self.audience = QLineEdit(), QLineEdit(), ChoiceEditor(AUDIENCE_LABELS)
        self.audience.show_value(Audience.NETWORK)
        self.add = QPushButton()
        self._lay_out()
        self.add.clicked.connect(self._typed)
        for line in (self.name, self.function):
            line.returnPressed.connect(self._typed)
        bind_call(self, self._say_again)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        heading, other = QLabel(), QLabel()
        for label, msgid in ((heading, "People of the case"), (other, "Somebody else")):
            label.setProperty("look", "subheading")
            bind(label.setText, msgid)
        heading.setBuddy(self.list)
        bind(self.list.setAccessibleName, "People of the case")
        layout.addWidget(heading)
        layout.addWidget(self.list, 1)
        layout.addWidget(other)
        for line, msgid in ((self.name, "Name"), (self.function, "Role or function")):
            bind(line.setPlaceholderText, msgid)
            bind(line.setAccessibleName, msgid)
            layout.addWidget(line)
        bind_call(self.audience, lambda: self.audience.name_parts(tr("Spoken to as")))
        bind(self.add.setText, "Add")
        bind(self.add.setAccessibleName, "Add a participant")
        beside = QWidget()
        across = QHBoxLayout(beside)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(self.audience, 1)
        across.addWidget(self.add)
        layout.addWidget(beside)

    def show_view(self, view: MeetingView) -> None:
        """Show the child and the people, ticked where they are invited."""
        self._view = view
        self._fill()

    def _fill(self) -> None:
        view = self._view
        if view is None:
            return
        invited = {p.person for p in view.participants}
        rows: list[tuple[Id, str, bool]] = []
        if view.about_child:
            rows.append((view.case.id, self._child(view), not view.case.unborn))
        rows += [(p.id, f"{p.name} · {_role(p)}", True) for p in view.people]
        self._quiet = True
        self.model.setRowCount(len(rows))
        for place, (one, words, can) in enumerate(rows):
            item = self.model.item(place) or QStandardItem()
            item.setText(words)
            item.setToolTip(words)
            item.setData(one, _ID)
            item.setCheckable(can)
            item.setEnabled(can)
            item.setSizeHint(QSize(0, TARGET))
            if can:
                item.setCheckState(Qt.CheckState.Checked if one in invited else Qt.CheckState.Unchecked)
            else:
                item.setData(None, int(Qt.ItemDataRole.CheckStateRole))
            if item.model() is None:
                self.model.setItem(place, item)
        self._quiet = False

    def _child(self, view: MeetingView) -> str:
        if view.case.unborn:
            return tr("The child is not born yet and cannot be invited.")
        return tr("{name} · the child itself", name=view.case.child_name)

    def _say_again(self) -> None:
        self._fill()

    def _toggle(self, item: QStandardItem | None) -> None:
        if item is not None and item.isCheckable():
            on = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _changed(self, item: QStandardItem) -> None:
        if not self._quiet and item.isCheckable():
            self.ticked.emit(item.data(_ID), item.checkState() is Qt.CheckState.Checked)

    def _typed(self) -> None:
        self.typed.emit(self.name.text(), self.function.text(), self.audience.value())

    def taken(self) -> None:
        """What was typed is in the list: be ready for the next."""
        self.name.clear()
        self.function.clear()
        self.name.setFocus()


def _role(person: Person) -> str:
    words, is_msgid = meetings.role_words(person)
    return tr(words).lower() if is_msgid else words
