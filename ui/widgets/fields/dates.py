"""The editor of a day: typed as people type, or picked in a calendar."""

from __future__ import annotations

from typing import Any

from caseworker_app import i18n
from caseworker_app.domain.dates import full_date, long_date, week
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.typed_dates import Lean
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.calendar import DayLine
from ui.widgets.fields.text import fill
from ui.words import tr

_UNBROKEN = "\u00a0"


class DateEditor(FieldEditor):
    """A day, or none. What was typed is written out when the focus leaves."""

    def __init__(self, lean: Lean = "near") -> None:
        super().__init__()
        self.day = DayLine(lean)
        fill(self, self.day)
        self.parts(self.day.line, self.day.button)
        self.day.changed.connect(self.edited)

    def keeps_focus(self) -> bool:
        """Stay "in the field" while its calendar is open."""
        return self.day.popup is not None

    def on_left(self) -> None:
        try:
            self.day.show_day(self.value())
        except InvalidInput:
            return  # what cannot be read stays as it was typed

    def show_value(self, value: Any) -> None:
        self.day.today = self.today
        self.day.show_day(value)

    def value(self) -> Any:
        """Return the day or ``None``. Raises :class:`InvalidInput`."""
        self.day.today = self.today
        return self.day.day(self.field)

    def typed(self) -> Plain:
        return self.day.line.text()

    def show_typed(self, typed: Plain) -> None:
        self.day.show_text(str(typed))

    def hint(self) -> str:
        """Say the weekday and the week of a typed day: they show a slip at once. In a narrow column it breaks between."""
        try:
            day = self.value()
        except InvalidInput:
            return ""
        if day is None or abs((day - self.today).days) > 366:
            return ""
        language = i18n.current().language
        words = full_date(day, language).removesuffix(f" {day.year}"), week(day, language)
        return ", ".join(part.replace(" ", _UNBROKEN) for part in words)

    def words(self, value: Any) -> str:
        return tr("nothing") if value is None else long_date(value, i18n.current().language)

    def name_parts(self, label: str) -> None:
        self.day.line.setAccessibleName(label)
        self.day.button.setAccessibleName(tr("Calendar for {label}", label=label))
