"""The editor of an address: street, postcode and city, which a person means at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit

from caseworker_app.domain.case import Address
from caseworker_app.domain.kinds import Plain
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.text import fill
from ui.words import bind, tr


class AddressEditor(FieldEditor):
    """Street, postcode, city; ``None`` when all three are empty."""

    def __init__(self) -> None:
        super().__init__()
        self.street, self.postcode, self.city = QLineEdit(), QLineEdit(), QLineEdit()
        bind(self.street.setPlaceholderText, "Street and number")
        bind(self.postcode.setPlaceholderText, "Postcode")
        bind(self.city.setPlaceholderText, "Town")
        self.postcode.setFixedWidth(96)
        fill(self, self.street, self.postcode, self.city, stretch=(3, 0, 2))
        self.parts(self.street, self.postcode, self.city)
        for line in (self.street, self.postcode, self.city):
            line.textEdited.connect(self.edited)

    def show_value(self, value: Any) -> None:
        shown = value or Address()
        if (self.value() or Address()) == shown:
            return
        for line, text in zip(self._lines(), (shown.street, shown.postcode, shown.city), strict=True):
            line.setText(text)
            line.setCursorPosition(0)

    def _lines(self) -> tuple[QLineEdit, QLineEdit, QLineEdit]:
        return self.street, self.postcode, self.city

    def value(self) -> Any:
        street, postcode, city = (line.text().strip() for line in self._lines())
        return Address(street, postcode, city) or None

    def typed(self) -> Plain:
        return [line.text() for line in self._lines()]

    def show_typed(self, typed: Plain) -> None:
        for line, text in zip(self._lines(), typed, strict=True):
            line.setText(text)

    def words(self, value: Any) -> str:
        return ", ".join(value.lines()) if value else tr("nothing")

    def name_parts(self, label: str) -> None:
        self.street.setAccessibleName(tr("{label}: street and number", label=label))
        self.postcode.setAccessibleName(tr("{label}: postcode", label=label))
        self.city.setAccessibleName(tr("{label}: town", label=label))
