"""The editor of tags."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit

from caseworker_app.domain.kinds import Plain
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.text import fill
from ui.words import bind, tr


class TagsLine(FieldEditor):
    """Tags of one's own, with a comma between them."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        bind(self.line.setPlaceholderText, "With a comma between them")
        fill(self, self.line)
        self.parts(self.line)
        self.line.textEdited.connect(self.edited)

    def show_value(self, value: Any) -> None:
        if self.value() != tuple(value):
            self.line.setText(", ".join(value))

    def value(self) -> tuple[str, ...]:
        """Return the tags, each once."""
        parts = (part.strip() for part in self.line.text().split(","))
        return tuple(dict.fromkeys(part for part in parts if part))

    def typed(self) -> Plain:
        return self.line.text()

    def show_typed(self, typed: Plain) -> None:
        self.line.setText(str(typed))

    def words(self, value: Any) -> str:
        return ", ".join(value) or tr("nothing")
