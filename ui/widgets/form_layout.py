"""Where the fields of a form stand: sections of a grid of twelve columns, folded ones hidden until needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from caseworker_app.domain.entity import EntityType
from caseworker_app.services.forms import Form
from ui.widgets.field_row import COLUMNS, FieldRow, Row, Section
from ui.words import bind


class _Part(QWidget):
    """One section: its fields, and its heading or the button that unfolds it."""

    def __init__(self, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self.body = QWidget(self)
        self.toggle: QToolButton | None = None
        if section.folded:
            self.toggle = QToolButton(self)
            self.toggle.setCheckable(True)
            self.toggle.setProperty("look", "quiet")
            self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            bind(self.toggle.setText, section.title)
            self.toggle.toggled.connect(self._unfold)
            outer.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        elif section.title:
            heading = QLabel(self)
            heading.setProperty("look", "subheading")
            bind(heading.setText, section.title)
            outer.addWidget(heading)
        outer.addWidget(self.body)
        self.grid = QGridLayout(self.body)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(8)
        for column in range(COLUMNS):
            self.grid.setColumnStretch(column, 1)
            self.grid.setColumnMinimumWidth(column, 24)
        if self.toggle is not None:
            self._unfold(False)
        self._fields: list[FieldRow] = []
        self._begin()

    def _begin(self) -> None:
        self._row, self._column = 0, 0
        self._across: list[FieldRow] = []

    def put_away(self, names: frozenset[str]) -> None:
        """Show only the fields that are not among ``names``, closed up; without any the whole section is gone."""
        gone = [field for field in self._fields if field.row.name in names]
        if gone == [field for field in self._fields if field.isHidden()]:
            return
        fields, self._fields = self._fields, []
        for field in fields:
            self.grid.removeWidget(field)
        self._begin()
        for field in fields:
            field.setVisible(field not in gone)
            if field in gone:
                self._fields.append(field)
            else:
                self.add(field)
        self.setVisible(len(gone) < len(fields))

    def add(self, field: FieldRow) -> None:
        """Put a field to the right of the one before, or below when there is no room."""
        self._fields.append(field)
        width = min(COLUMNS, field.row.width)
        if self._column + width > COLUMNS:
            self._row, self._column, self._across = self._row + 1, 0, []
        self.grid.addWidget(field, self._row, self._column, 1, width)
        self._column += width
        self._across.append(field)
        labelled = any(not each.editor.says_label for each in self._across)
        for each in self._across:
            each.label.setVisible(labelled)

    def _unfold(self, open_: bool) -> None:
        if self.toggle is not None:
            self.toggle.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)
            self.toggle.setChecked(open_)
        self.body.setVisible(open_)

    def open(self) -> None:
        """Show the fields of a folded section."""
        if self.toggle is not None:
            self._unfold(True)


class FormLayout(QWidget):
    """The sections of a form, and its fields by name in ``rows``.

    Everything is made inside its parent: a subtree that changes its parent is dressed anew, whole.
    """

    def __init__(
        self, rows: Sequence[Row | Section], declared: EntityType[Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows: dict[str, FieldRow] = {}
        self._parts: dict[str, _Part] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        part: _Part | None = None
        for row in rows:
            if isinstance(row, Section) or part is None:
                part = _Part(row if isinstance(row, Section) else Section(), self)
                outer.addWidget(part)
            if isinstance(row, Section):
                continue
            field = FieldRow(row, row.label or declared.specs[row.name].label, part.body)
            part.add(field)
            self.rows[row.name], self._parts[row.name] = field, part
        outer.addStretch(1)

    def put_away(self, names: frozenset[str]) -> None:
        """Show only the fields that are not among ``names``."""
        for part in dict.fromkeys(self._parts.values()):
            part.put_away(names)

    def unfold(self, name: str) -> None:
        """Show the section a field stands in."""
        self._parts[name].open()

    def unfold_filled(self, form: Form[Any]) -> None:
        """Show the sections in which something is written or typed, or has to be chosen between."""
        for name in self.rows:
            if name in form.unread or form.fields[name].touched or form.fields[name].shown.others:
                self.unfold(name)

    def reveal(self, name: str) -> None:
        """Bring a field into sight, wherever the form stands."""
        self.unfold(name)
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            area = above
            QTimer.singleShot(0, area, lambda: area.ensureWidgetVisible(self.rows[name], 0, 24))
