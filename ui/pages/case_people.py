"""Personer: everybody around the child, nearest first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.i18n import N_
from caseworker_app.services.cases import CaseView
from ui.models.caseload_rows import child_words
from ui.models.people_rows import GROUP_LABELS, grouped, minded, role_said, where_said
from ui.widgets.tall_rows import Sheet
from ui.words import bind, bind_call, tr

_PERSON = Qt.ItemDataRole.UserRole
_HEADS = (N_("Name"), N_("Role"), N_("Telephone"), N_("Custody or workplace"), N_("To mind"))
_SHARES = (24, 22, 12, 22, 20)


class CasePeople(QWidget):
    """The list and its buttons. ``edit_pressed`` and ``remove_pressed`` carry a person, ``copy_pressed`` a person and
    the sibling's case she is to have a card in."""

    add_pressed = Signal()
    edit_pressed = Signal(object)
    remove_pressed = Signal(object)
    copy_pressed = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CaseView | None = None
        self.tree = Sheet(_SHARES)
        bind(self.tree.setAccessibleName, "People around the child")
        self.add, self.edit, self.remove, self.copy = (QPushButton() for _ in range(4))
        self.first = QPushButton()
        self._siblings = QMenu(self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.tree.itemActivated.connect(lambda _item: self._with_chosen(self.edit_pressed.emit))
        self.tree.currentItemChanged.connect(lambda _now, _before: self._offer())
        self._keys()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button, words, act in (
            (self.add, N_("Add a person (Ins)"), self.add_pressed.emit),
            (self.edit, N_("Edit (Enter)"), lambda: self._with_chosen(self.edit_pressed.emit)),
            (self.remove, N_("Remove (Del)"), lambda: self._with_chosen(self.remove_pressed.emit)),
        ):
            bind(button.setText, words)
            button.clicked.connect(act)
            buttons.addWidget(button)
        bind(self.copy.setText, "Copy to a sibling's case")
        self.copy.setMenu(self._siblings)
        buttons.addWidget(self.copy)
        self.add.setProperty("look", "primary")
        buttons.addStretch(1)
        empty = QWidget(self._stack)
        middle = QVBoxLayout(empty)
        hint = QLabel()
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        bind(
            hint.setText,
            "Nobody yet. Add parents and custody holders first; they are invited to meetings from here.",
        )
        self.first.setProperty("look", "primary")
        bind(self.first.setText, "Add the first person")
        self.first.clicked.connect(self.add_pressed)
        middle.addStretch(1)
        middle.addWidget(hint)
        middle.addWidget(self.first, 0, Qt.AlignmentFlag.AlignCenter)
        middle.addStretch(2)
        full = QWidget(self._stack)
        inner = QVBoxLayout(full)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addLayout(buttons)
        inner.addWidget(self.tree, 1)
        self._stack.addWidget(full)
        self._stack.addWidget(empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.addWidget(self._stack)

    def _keys(self) -> None:
        for keys, act in (
            ("Ins", self.add_pressed.emit),
            ("Del", lambda: self._with_chosen(self.remove_pressed.emit)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def show_case(self, view: CaseView) -> None:
        """Show the people of a case; the cursor stays on whom it was on."""
        self._view = view
        self._say()

    def chosen(self) -> Person | None:
        """Return the person under the cursor."""
        item = self.tree.currentItem()
        found = None if item is None else item.data(0, _PERSON)
        return found if isinstance(found, Person) else None

    def _with_chosen(self, act: Callable[[Person], object]) -> None:
        person = self.chosen()
        if person is not None:
            act(person)

    def _offer(self) -> None:
        there = self.chosen() is not None
        self.edit.setEnabled(there)
        self.remove.setEnabled(there)
        self.copy.setEnabled(there)
        self.copy.setVisible(self._view is not None and bool(self._view.siblings))

    def _say(self) -> None:
        view = self._view
        if view is None:
            return
        before = self.chosen()
        self.tree.clear()
        self.tree.setHeaderLabels([tr(head) for head in _HEADS])
        for group, people in grouped(view.people).items():
            self._heading(tr(GROUP_LABELS[group]))
            for person in people:
                self._person(person, None if before is None else before.id)
        self._siblings.clear()
        for sibling in view.siblings:
            self._offer_sibling(child_words(sibling.case), sibling.case.id)
        self._stack.setCurrentIndex(0 if view.people else 1)
        first = self.tree.topLevelItem(1)
        if self.chosen() is None and first is not None:
            self.tree.setCurrentItem(first)
        self._offer()

    def _offer_sibling(self, name: str, case: Id) -> None:
        copy = self._siblings.addAction(name)
        copy.triggered.connect(lambda: self._with_chosen(lambda person: self.copy_pressed.emit(person, case)))

    def _heading(self, words: str) -> None:
        item = QTreeWidgetItem([words])
        font = self.font()
        font.setBold(True)
        item.setFont(0, font)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.tree.addTopLevelItem(item)
        item.setFirstColumnSpanned(True)

    def _person(self, person: Person, chosen: Id | None) -> None:
        cells = (person.name, role_said(person), person.phone, where_said(person), minded(person))
        item = QTreeWidgetItem(list(cells))
        item.setData(0, _PERSON, person)
        for column, words in enumerate(cells):
            item.setToolTip(column, words)
        self.tree.addTopLevelItem(item)
        if person.id == chosen:
            self.tree.setCurrentItem(item)
