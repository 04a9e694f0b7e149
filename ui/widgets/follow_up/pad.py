"""A form over several things at once, kept as one draft: sections of fields, words between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.kinds import Plain
from ui.widgets.field_row import COLUMNS, FieldRow, Row
from ui.words import bind_call

Say = Callable[[], str]
"""Says words in the language of the moment."""


class Pad(QWidget):
    """Fields by name in ``rows``. ``edited`` carries the name of a field the user changed, ``left`` of one she left."""

    edited = Signal(str)
    left = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FieldRow] = {}
        self._begun: dict[str, Plain] = {}
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 12, 0)
        self._outer.setSpacing(8)
        self._grid: QGridLayout | None = None
        self._line, self._column = 0, 0

    def section(self, say: Say, look: str = "subheading") -> QLabel:
        """Begin a section under a heading."""
        label = self.words(say, look)
        label.setContentsMargins(0, 8 if self.rows else 0, 0, 0)
        return label

    def words(self, say: Say, look: str = "muted") -> QLabel:
        """Put words between the fields; none are hidden."""
        label = QLabel(self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("look", look)

        def tell() -> None:
            label.setText(say())
            label.setVisible(bool(label.text()))

        bind_call(label, tell)
        self._outer.addWidget(label)
        self._grid = None
        return label

    def button(self, say: Say, act: Callable[[], None]) -> QPushButton:
        """Put a button between the fields; one without words is hidden."""
        button = QPushButton(self)
        button.setProperty("look", "quiet")
        button.setAutoDefault(False)
        button.clicked.connect(act)

        def tell() -> None:
            button.setText(say())
            button.setVisible(bool(button.text()))

        bind_call(button, tell)
        self._outer.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._grid = None
        return button

    def add(self, row: Row) -> FieldRow:
        """Put a field to the right of the one before, or below when there is no room."""
        if self._grid is None:
            self._grid = QGridLayout()
            self._grid.setHorizontalSpacing(16)
            self._grid.setVerticalSpacing(8)
            for column in range(COLUMNS):
                self._grid.setColumnStretch(column, 1)
                self._grid.setColumnMinimumWidth(column, 24)
            self._outer.addLayout(self._grid)
            self._line, self._column = 0, 0
        if self._column + row.width > COLUMNS:
            self._line, self._column = self._line + 1, 0
        field = FieldRow(row, row.label, self)
        self._grid.addWidget(field, self._line, self._column, 1, row.width)
        self._column += row.width
        field.changed.connect(self._changed)
        field.left.connect(self._on_left)
        bind_call(field, field.say_again)
        self.rows[row.name] = field
        return field

    def finish(self) -> None:
        """Note what stands in the fields as what nobody has typed."""
        self._outer.addStretch(1)
        self._begun = {name: row.editor.typed() for name, row in self.rows.items()}

    def _changed(self, name: str) -> None:
        row = self.rows[name]
        row.say_hint()
        row.say_problem(row.editor.live_problem())
        self.edited.emit(name)

    def _on_left(self, name: str) -> None:
        self.problem_of(name)
        self.left.emit(name)

    def problem_of(self, name: str) -> InvalidInput | None:
        """Say beside a field that it cannot be read, and return that; ``None`` when it can."""
        row = self.rows[name]
        try:
            row.editor.value()
        except InvalidInput as problem:
            row.say_problem(problem)
            return problem
        return None

    def value(self, name: str, otherwise: Any = None) -> Any:
        """Return a field's value; ``otherwise`` when there is no such field. Raises :class:`InvalidInput`."""
        return self.rows[name].editor.value() if name in self.rows else otherwise

    def set_value(self, name: str, value: Any) -> None:
        """Write a value as if the user had."""
        self.rows[name].editor.show_value(value)
        self._changed(name)

    def touched(self) -> dict[str, Plain]:
        """Return what was typed, as plain data."""
        now = {name: row.editor.typed() for name, row in self.rows.items()}
        return {name: typed for name, typed in now.items() if typed != self._begun.get(name)}

    def resume(self, typed: dict[str, Plain]) -> None:
        """Show what a draft kept; fields there are no more are left out."""
        for name, plain in typed.items():
            if name in self.rows:
                self.rows[name].editor.show_typed(plain)
                self.rows[name].say_hint()
