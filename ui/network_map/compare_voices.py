"""The child's netværkskort against the parents': who is on one only, who is nearer on one. For the worker alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_changes import Cell
from caseworker_app.domain.map_diff import Beside, VoiceComparison
from caseworker_app.domain.map_diff import compare_voices as put_beside
from caseworker_app.domain.map_words import QUALITY_LABELS, Wording
from caseworker_app.domain.network_map import MapPerson
from caseworker_app.domain.phrases import N_
from caseworker_app.services.network_maps import OpenMap
from ui.network_map.choices import Choices, Pairs, labelled
from ui.network_map.compared import CHILDS, PARENTS, Comparable, full_name_of
from ui.network_map.list_words import called
from ui.widgets.announce import announce
from ui.widgets.tall_rows import Sheet
from ui.words import bind, bind_call, tr

_HEADS = (N_("Who"), N_("With the child"), N_("With the parents"))
_SHARES = (34, 33, 33)
Group = tuple[str, list[tuple[str, str, str]]]
"""A heading and its rows, translated."""


class VoicesView(QWidget):
    """Two maps to choose and the table between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._maps: Comparable | None = None
        self._wording = Wording.CHILD
        self.child = Choices(lambda: self._pairs(CHILDS))
        self.parents = Choices(lambda: self._pairs(PARENTS))
        self.table, self.copy, self.said = Sheet(_SHARES), QPushButton(), QLabel()
        self.note, self.missing = QLabel(), QLabel()
        self._stack = QStackedWidget()
        self._lay_out()
        for combo in (self.child, self.parents):
            combo.picked.connect(lambda _map: self._show())
        self.copy.clicked.connect(self.copy_table)
        bind_call(self, self._show)

    def _lay_out(self) -> None:
        bind(self.note.setText, "For your own screen only: this comparison is not shown to the family.")
        self.note.setProperty("look", "muted")
        self.note.setWordWrap(True)
        bind(self.table.setAccessibleName, "The child's map against the parents'")
        bind(self.copy.setText, "Copy the table")
        bind(
            self.missing.setText,
            "There is no map of the child's and one of the parents' to compare yet. Draw one with each.",
        )
        self.missing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.missing.setWordWrap(True)
        self.said.setProperty("look", "note")
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(labelled(N_("The child's map"), self.child), 1)
        top.addWidget(labelled(N_("The parents' map"), self.parents), 1)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.said)
        foot.addWidget(self.copy)
        there = QWidget()
        column = QVBoxLayout(there)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self._stack.addWidget(there)
        self._stack.addWidget(self.missing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._stack)

    def _pairs(self, voices: Sequence[object]) -> Pairs:
        if self._maps is None:
            return []
        return [
            (one.map.id, full_name_of(one.map)) for one in self._maps.maps[::-1] if one.map.voice in voices
        ]

    def say_as(self, wording: Wording) -> None:
        """Say rings and lines in the child's words, or in those of the file."""
        self._wording = wording
        self._show()

    def show_maps(self, maps: Comparable, wording: Wording) -> None:
        """Show the maps of a case: the one that was asked for, and the latest of the other side."""
        self._maps, self._wording = maps, wording
        asked = maps.asked.map
        for combo, voices in ((self.child, CHILDS), (self.parents, PARENTS)):
            combo.fill()
            combo.setCurrentIndex(0 if combo.count() else -1)
            if asked.voice in voices:
                combo.show_value(asked.id)
        if self.child.value() == self.parents.value() and self.parents.count() > 1:
            self.parents.setCurrentIndex(1 if self.parents.currentIndex() == 0 else 0)
        self._show()

    def _chosen(self, one: Id | None) -> OpenMap | None:
        maps = () if self._maps is None else self._maps.maps
        return next((found for found in maps if found.map.id == one), None)

    def compared(self) -> VoiceComparison | None:
        """Return the comparison in sight; ``None`` when there are not two maps."""
        child, parents = self._chosen(self.child.value()), self._chosen(self.parents.value())
        if child is None or parents is None or child is parents:
            return None
        return put_beside(child, parents)

    def _show(self) -> None:
        self.table.setHeaderLabels([tr(head) for head in _HEADS])
        found = self.compared()
        self._stack.setCurrentIndex(1 if found is None and self._alone() else 0)
        self.table.clear()
        self.said.clear()
        if found is None:
            return
        for heading, rows in self.groups(found):
            top = QTreeWidgetItem([f"{heading}: {len(rows)}" if rows else f"{heading}: {tr('none')}"])
            top.setFirstColumnSpanned(True)
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            self.table.addTopLevelItem(top)
            top.setFirstColumnSpanned(True)
            for row in rows:
                top.addChild(QTreeWidgetItem(list(row)))
        self.table.setIndentation(16)
        self.table.expandAll()
        first = self.table.topLevelItem(0)
        if first is not None:
            self.table.setCurrentItem(first)

    def _alone(self) -> bool:
        return not (self.child.count() and self.parents.count())

    # in words

    def groups(self, found: VoiceComparison) -> list[Group]:
        """Return the table: only with the child, only with the parents, another nearness, another kind of line."""
        beside = [self._beside(one) for one in found.different]
        lines = QUALITY_LABELS[self._wording]
        groups: list[Group] = [
            (tr("Only with the child"), [(called(p), self._cell(cell), "") for p, cell in found.only_one]),
            (
                tr("Only with the parents"),
                [(called(p), "", self._cell(cell)) for p, cell in found.only_other],
            ),
            (tr("Different nearness"), beside),
        ]
        if found.lines:
            drawn = [
                (f"{self._end(one.a)} – {self._end(one.b)}", tr(lines[one.one]), tr(lines[one.other]))
                for one in found.lines
            ]
            groups.append((tr("Another kind of line"), drawn))
        if found.perhaps_same:
            pairs = [(called(one), called(one), called(other)) for one, other in found.perhaps_same]
            groups.append((tr("Perhaps the same person: tie both to one card"), pairs))
        return groups

    def _beside(self, one: Beside) -> tuple[str, str, str]:
        return called(one.one), self._cell(one.one_cell), self._cell(one.other_cell)

    def _cell(self, cell: Cell) -> str:
        child = self._wording is Wording.CHILD
        ring = cell.ring.child if child else cell.ring.professional
        return f"{ring}, {cell.sector.child if child else cell.sector.professional}"

    def _end(self, person: MapPerson | None) -> str:
        return tr("the child") if person is None else called(person)

    def copy_table(self) -> None:
        """Put the table on the clipboard as lines with tabs, as a spreadsheet and a text both take it."""
        found = self.compared()
        if found is None:
            return
        lines = ["\t".join(tr(head) for head in _HEADS)]
        for heading, rows in self.groups(found):
            lines.append(heading)
            lines += ["\t".join(row) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.said.setText(tr("Copied. Paste it where it belongs in the file."))
        announce(self, self.said.text())
