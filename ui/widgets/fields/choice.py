"""Editors of choices: one of several, yes or no, any number of several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QGridLayout

from caseworker_app.domain.kinds import Plain
from ui.widgets.check import Check
from ui.widgets.combo import Combo
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.text import fill
from ui.words import bind, bind_call, tr


class ChoiceEditor(FieldEditor):
    """One of several, and perhaps none of them."""

    def __init__(self, labels: Mapping[Any, str], none: str = "") -> None:
        super().__init__()
        self._values: list[Any] = [*([None] if none else []), *labels]
        self._msgids = [*([none] if none else []), *labels.values()]
        self.combo = Combo()
        self.combo.addItems([""] * len(self._values))
        fill(self, self.combo)
        self.parts(self.combo)
        self.combo.activated.connect(self.edited)
        bind_call(self.combo, self._say_again)

    def _say_again(self) -> None:
        for row, msgid in enumerate(self._msgids):
            self.combo.setItemText(row, tr(msgid))

    def keeps_focus(self) -> bool:
        """Stay "in the field" while the list is open."""
        return self.combo.view().isVisible()

    def show_value(self, value: Any) -> None:
        self.combo.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def value(self) -> Any:
        row = self.combo.currentIndex()
        return self._values[row] if row >= 0 else None

    def typed(self) -> Plain:
        return self.combo.currentIndex()

    def show_typed(self, typed: Plain) -> None:
        self.combo.setCurrentIndex(int(typed))

    def words(self, value: Any) -> str:
        return tr(self._msgids[self._values.index(value)]) if value in self._values else tr("nothing")


class FlagEditor(FieldEditor):
    """Yes or no."""

    says_label = True

    def __init__(self, words: str) -> None:
        super().__init__()
        self.box = Check()
        bind(self.box.setText, words)
        fill(self, self.box)
        self.parts(self.box)
        self.box.clicked.connect(self.edited)

    def show_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))

    def value(self) -> bool:
        return self.box.isChecked()

    def typed(self) -> Plain:
        return self.box.isChecked()

    def show_typed(self, typed: Plain) -> None:
        self.box.setChecked(bool(typed))

    def words(self, value: Any) -> str:
        return tr("yes") if value else tr("no")


class SeveralEditor(FieldEditor):
    """Any number of several: a box each, in columns."""

    def __init__(self, labels: Mapping[Any, str], columns: int = 3) -> None:
        super().__init__()
        self._labels = labels
        self.boxes: dict[Any, Check] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        for number, (value, msgid) in enumerate(labels.items()):
            box = Check()
            bind(box.setText, msgid)
            box.clicked.connect(self.edited)
            grid.addWidget(box, number // columns, number % columns)
            self.boxes[value] = box
        self.parts(*self.boxes.values())

    def show_value(self, value: Any) -> None:
        for each, box in self.boxes.items():
            box.setChecked(each in value)

    def value(self) -> frozenset[Any]:
        return frozenset(each for each, box in self.boxes.items() if box.isChecked())

    def typed(self) -> Plain:
        return [number for number, box in enumerate(self.boxes.values()) if box.isChecked()]

    def show_typed(self, typed: Plain) -> None:
        for number, box in enumerate(self.boxes.values()):
            box.setChecked(number in typed)

    def words(self, value: Any) -> str:
        chosen = [tr(msgid) for each, msgid in self._labels.items() if each in value]
        return ", ".join(chosen) or tr("nothing")

    def name_parts(self, label: str) -> None:
        for each, box in self.boxes.items():
            box.setAccessibleName(f"{label}: {tr(self._labels[each])}")
