"""The editor of a personal number: masked until asked for, judged while it is typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QToolButton

from caseworker_app import i18n
from caseworker_app.domain.age import age_phrase
from caseworker_app.domain.cpr import CHECKSUM_NOTE, NumberKind, PersonNumber, mask, parse
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.kinds import Plain
from caseworker_app.i18n import N_
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.text import fill
from ui.words import bind, bind_call, tr

SHOWN_SECONDS = 20
"""How long a number stands in clear after it was asked for, or last typed in."""
_LENGTH = 10

_KIND_LABELS = {
    NumberKind.CPR: "",
    NumberKind.REPLACEMENT: N_("Replacement number"),
    NumberKind.ECPR: N_("The health services' replacement number"),
}


class PersonNumberEditor(FieldEditor):
    """A CPR number, a replacement number or an eCPR. A kept one is masked; the check digit never blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setMaxLength(40)
        self.line.setMinimumWidth(136)
        self.button = QToolButton()
        bind(self.line.setPlaceholderText, "DDMMYY-XXXX")
        bind(self.button.setToolTip, "Showing the number is noted in the access log")
        fill(self, self.line, self.button)
        self.parts(self.line, self.button)
        self._value = ""
        self._hidden = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_SECONDS * 1000)
        self._timer.timeout.connect(self._hide_again)
        self.line.textEdited.connect(self._typed)
        self.button.clicked.connect(self._pressed)
        bind_call(self.button, self._say_button)

    def _say_button(self) -> None:
        words = tr("Show number") if self._hidden else tr("Hide number")
        self.button.setText(words)
        self.button.setAccessibleName(words)
        self.button.setVisible(bool(self._value))

    def _pressed(self) -> None:
        if self._hidden:
            self.asked.emit()
        else:
            self._hide_again()

    def reveal(self) -> None:
        """Show the number in clear, to be read or corrected, for :data:`SHOWN_SECONDS`."""
        self._hidden = False
        self.line.setReadOnly(False)
        self.line.setText(f"{self._value[:6]}-{self._value[6:]}" if self._value else "")
        self._say_button()
        self._timer.start()
        self.line.setFocus()

    def _hide_again(self) -> None:
        try:
            self.show_value(self.value())
        except InvalidInput:
            self._timer.start()  # half a number is not hidden from the one who writes it

    def _typed(self) -> None:
        try:
            self._value = self.value()
        except InvalidInput:
            self._value = ""
        self._say_button()
        self._timer.start()
        self.edited.emit()

    def show_value(self, value: Any) -> None:
        """Show a number masked; none leaves the line open for typing."""
        self._timer.stop()
        self._value = value
        self._hidden = bool(value)
        self.line.setReadOnly(self._hidden)
        self.line.setText(mask(value) if value else "")
        self._say_button()

    def _read(self) -> PersonNumber | None:
        text = self._value if self._hidden else self.line.text().strip()
        return parse(text, self.today, field=self.field) if text else None

    def value(self) -> str:
        """Return the number, ten characters without a hyphen, or nothing. Raises :class:`InvalidInput`."""
        if self._hidden:
            return self._value
        found = self._read()
        return "" if found is None else found.normalised

    def typed(self) -> Plain:
        return self.line.text()

    def show_typed(self, typed: Plain) -> None:
        self._value, self._hidden = "", False
        self.line.setReadOnly(False)
        self.line.setText(str(typed))
        self._say_button()

    def live_problem(self) -> InvalidInput | None:
        """Say what is wrong as soon as enough has been typed to know."""
        if len("".join(self.line.text().split()).replace("-", "")) < _LENGTH:
            return None
        try:
            self._read()
        except InvalidInput as problem:
            return problem
        return None

    def hint(self) -> str:
        """Say what follows from the number: birth and age, which kind it is, whether the check digit fits."""
        try:
            found = self._read()
        except InvalidInput:
            return ""
        if found is None:
            return ""
        translator = i18n.current()
        born = tr("Born {day}, {age}", day=long_date(found.birth_date, translator.language),
                  age=translator.say(age_phrase(found.birth_date, self.today)))  # fmt: skip
        notes = (_KIND_LABELS[found.kind], CHECKSUM_NOTE if found.checksum_warning else "")
        return ". ".join([born, *(tr(note).rstrip(".") for note in notes if note)]) + "."

    def words(self, value: Any) -> str:
        return mask(value) if value else tr("nothing")
