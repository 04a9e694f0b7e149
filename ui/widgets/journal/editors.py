"""Editors of what only an entry has: tags, what it is about, for which siblings it is written too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import Plain
from caseworker_app.services.journal_desk import LINK_LABELS, Link
from ui.models.caseload_rows import child_words
from ui.widgets.check import Check
from ui.widgets.fields.base import FieldEditor
from ui.widgets.flow import FlowLayout
from ui.widgets.journal.words import link_words
from ui.words import bind, bind_call, tr


class LinksEditor(FieldEditor):
    """What an entry is about: picked from lists of the case's own things, each taken away by its button."""

    def __init__(self) -> None:
        super().__init__()
        self._offered: tuple[Link, ...] = ()
        self._names: tuple[str, ...] = ()
        self.add_button = QToolButton()
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        bind(self.add_button.setText, "Choose …")
        self.menu = QMenu(self.add_button)
        self.add_button.setMenu(self.menu)
        self.chips: list[QPushButton] = []
        self._room = QWidget()
        self._flow = FlowLayout(self._room, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.add_button)
        column.addWidget(self._room)
        self.parts(self.add_button)
        bind_call(self, self._say_again)

    def keeps_focus(self) -> bool:
        """Stay "in the field" while its list is open."""
        return self.menu.isVisible()

    def offer(self, links: Sequence[Link]) -> None:
        """Offer what there is in the case."""
        self._offered = tuple(links)
        self._say_again()

    def _say_again(self) -> None:
        self.menu.clear()
        for kind in dict.fromkeys(link.kind for link in self._offered):
            under = self.menu.addMenu(tr(LINK_LABELS[kind]))
            for link in self._offered:
                if link.kind == kind:
                    under.addAction(link_words(link).replace("&", "&&")).triggered.connect(
                        lambda _on=False, name=link.name: self.add(name)
                    )
        self.add_button.setEnabled(bool(self._offered))
        self._draw()

    def add(self, name: str) -> None:
        """Add what a link names."""
        if name not in self._names:
            self._names = (*self._names, name)
            self._draw()
            self.edited.emit()

    def take_away(self, name: str) -> None:
        """Take a link away."""
        self._names = tuple(one for one in self._names if one != name)
        self._draw()
        self.edited.emit()
        self.add_button.setFocus()

    def _draw(self) -> None:
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        known = {link.name: link_words(link) for link in self._offered}
        self.chips = []
        for name in self._names:
            words = known.get(name, tr("Something of the case"))
            chip = QPushButton()
            chip.setText(f"{words.replace('&', '&&')}  ✕")
            chip.setAccessibleName(tr("Take away: {what}", what=words))
            chip.clicked.connect(lambda _on=False, name=name: self.take_away(name))
            self._flow.addWidget(chip)
            chip.show()
            self.chips.append(chip)
        self._room.setVisible(bool(self.chips))

    def show_value(self, value: Any) -> None:
        if tuple(value) != self._names:
            self._names = tuple(value)
            self._draw()

    def value(self) -> tuple[str, ...]:
        """Return the links' names."""
        return self._names

    def typed(self) -> Plain:
        return list(self._names)

    def show_typed(self, typed: Plain) -> None:
        self.show_value(tuple(typed))

    def words(self, value: Any) -> str:
        known = {link.name: link_words(link) for link in self._offered}
        return "; ".join(known.get(name, tr("Something of the case")) for name in value) or tr("nothing")


class SiblingsEditor(FieldEditor):
    """For which siblings the entry is written at the same time: a tick each."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[Id, Check] = {}
        self._value: frozenset[Id] = frozenset()
        self._names: dict[Id, str] = {}
        self._label = ""
        self._none = QWidget(self)
        self._flow = FlowLayout(self, 16)
        self.parts(self._none)

    def offer(self, siblings: Iterable[Case]) -> None:
        """Offer the siblings there are."""
        for box in self.boxes.values():
            self._flow.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._names = {case.id: child_words(case) for case in siblings}
        self.boxes = {}
        for case, name in self._names.items():
            box = Check()
            box.setText(name.replace("&", "&&"))
            box.setChecked(case in self._value)
            box.clicked.connect(self.edited)
            self._flow.addWidget(box)
            self.boxes[case] = box
        self.parts(*(self.boxes.values() or (self._none,)))
        self.name_parts(self._label)

    def show_value(self, value: Any) -> None:
        self._value = frozenset(value)
        for case, box in self.boxes.items():
            box.setChecked(case in self._value)

    def value(self) -> frozenset[Id]:
        """Return the siblings ticked; one that is not offered any more stays as it was."""
        ticked = {case for case, box in self.boxes.items() if box.isChecked()}
        return frozenset(ticked | (self._value - self.boxes.keys()))

    def typed(self) -> Plain:
        return [case.hex() for case in sorted(self.value())]

    def show_typed(self, typed: Plain) -> None:
        self.show_value(frozenset(bytes.fromhex(str(case)) for case in typed))

    def words(self, value: Any) -> str:
        return ", ".join(self._names.get(case, tr("another child")) for case in sorted(value)) or tr(
            "nothing"
        )

    def name_parts(self, label: str) -> None:
        self._label = label
        for case, box in self.boxes.items():
            box.setAccessibleName(f"{label}: {self._names[case]}")
