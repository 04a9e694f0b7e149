"""The genogram as a list: everybody by generation, under each her lines; everything is done from here too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from caseworker_app.domain.family import (
    COUPLE_LABELS,
    SIBLING_LABELS,
    FamilyCouple,
    FamilySibling,
    FamilyTie,
)
from caseworker_app.domain.genogram_facts import ToldMember
from caseworker_app.domain.genogram_view import GenogramView
from caseworker_app.domain.genogram_words import couple_years
from caseworker_app.domain.ids import Id
from caseworker_app.services.genogram_words import CHILD_LABELS, PARENT_LABELS
from ui.words import bind, tr

_WHO = Qt.ItemDataRole.UserRole
_LINE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of somebody: its kind of thing and its id; without a kind it is the home she lives in."""

    cls: type[FamilyTie] | type[FamilyCouple] | type[FamilySibling] | None
    id: Id


class FamilyTree(QTreeWidget):
    """``chosen`` carries who the cursor is at; ``opened`` comes with Enter or a double click, on a person or a line."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setWordWrap(True)
        self.setUniformRowHeights(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QTreeWidget::item { padding: 3px 2px; }")
        bind(self.setAccessibleName, "The family as a list")
        self._items: dict[Id, QTreeWidgetItem] = {}
        self._quiet = False
        self.currentItemChanged.connect(self._moved)
        self.itemDoubleClicked.connect(lambda _item, _column: self.opened.emit())

    # showing

    def show_family(self, view: GenogramView, told: Sequence[ToldMember]) -> None:
        """Show everybody in the order of ``told``; the cursor stays at whom or what it was."""
        who, line = self.who, self.line
        open_ones = {one for one, item in self._items.items() if item.isExpanded()}

        first = not self.topLevelItemCount()
        self._quiet = True
        self.empty()
        for one in told:
            item = QTreeWidgetItem([f"{one.name} ({one.years})" if one.years else one.name])
            item.setData(0, _WHO, one.id)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, one.sentence)
            item.setToolTip(0, one.sentence)
            seen = view.member(one.id)
            if seen is not None and seen.child:
                font = item.font(0)
                font.setBold(True)
                item.setFont(0, font)
            self.addTopLevelItem(item)
            self._items[one.id] = item
            for words, at in _lines(view, one.id, {t.id: t.name for t in told}):
                child = QTreeWidgetItem([words])
                child.setToolTip(0, words)
                child.setData(0, _WHO, one.id)
                child.setData(0, _LINE, at)
                item.addChild(child)
            item.setExpanded(one.id in open_ones or (first and seen is not None and seen.child))
        self._quiet = False
        self.go_to(who, line)

    def empty(self) -> None:
        """Show nobody."""
        self._items = {}
        self.clear()

    def _people(self) -> list[Id]:
        return list(self._items)

    def _item(self, who: Id) -> QTreeWidgetItem:
        return self._items[who]

    def go_to(self, who: Id | None, line: Line | None = None) -> None:
        """Put the cursor on somebody, or on a line of hers; nobody is gone to who is not there."""
        if who is None or who not in self._people():
            return
        item = self._item(who)
        for row in range(item.childCount()):
            child = item.child(row)
            if line is not None and child is not None and child.data(0, _LINE) == line:
                item = child
                break
        if item is not self.currentItem():
            self.setCurrentItem(item)
        self.scrollToItem(item)

    # what the cursor is at

    @property
    def who(self) -> Id | None:
        """Who the cursor is at."""
        item = self.currentItem()
        return None if item is None else bytes(item.data(0, _WHO))

    @property
    def line(self) -> Line | None:
        """The line the cursor is at, if it is at one."""
        item = self.currentItem()
        found = None if item is None else item.data(0, _LINE)
        return found if isinstance(found, Line) else None

    def _moved(self, _now: object, _before: object) -> None:
        if not self._quiet:
            self.chosen.emit(self.who)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


def _lines(view: GenogramView, who: Id, names: dict[Id, str]) -> list[tuple[str, Line]]:
    """Return the lines of somebody in words."""
    found: list[tuple[str, Line]] = []
    for couple in view.couples:
        if who in (couple.a, couple.b):
            other = couple.b if couple.a == who else couple.a
            words = tr("{what} ({name})", what=tr(COUPLE_LABELS[couple.kind]), name=names[other])
            years = couple_years(couple)
            found.append((f"{words}, {years}" if years else words, Line(FamilyCouple, couple.id)))
    for tie in view.ties:
        if tie.child == who:
            words = tr(CHILD_LABELS[tie.kind], names=names[tie.parent])
        elif tie.parent == who:
            words = tr(PARENT_LABELS[tie.kind], names=names[tie.child])
        else:
            continue
        if tie.ended is not None:
            words = tr("{what}, until {year}", what=words, year=tie.ended)
        found.append((words, Line(FamilyTie, tie.id)))
    for link in view.siblings:
        if who in (link.a, link.b):
            other = link.b if link.a == who else link.a
            words = tr("{what} with {names}", what=tr(SIBLING_LABELS[link.kind]), names=names[other])
            found.append((words, Line(FamilySibling, link.id)))
    for home in view.homes:
        if who in home.members:
            others = ", ".join(
                names[one.id] for one in view.members if one.id in home.members and one.id != who
            )
            words = tr("Lives with {names}", names=others)
            found.append((f"{words} ({home.label})" if home.label else words, Line(None, home.id)))
    return found
