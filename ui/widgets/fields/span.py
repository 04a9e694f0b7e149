"""The editor of a day with start and end: one field, for nobody means an hour without its day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import clock, clock_span, full_date
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.typed_dates import parse_time
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.calendar import DayLine
from ui.widgets.fields.text import fill
from ui.words import bind, bind_call, tr


class TimeSpanEditor(FieldEditor):
    """Day, start, end. An end is offered when a start has been written."""

    def __init__(self, minutes: int = 90) -> None:
        super().__init__()
        self._minutes = minutes
        self.day = DayLine("ahead")
        self.start, self.end = QLineEdit(), QLineEdit()
        before, between = QLabel(), QLabel()
        bind(before.setText, "from")
        bind(between.setText, "to")
        for line in (self.start, self.end):
            line.setFixedWidth(76)
            bind(line.setPlaceholderText, "hh.mm")
            line.textEdited.connect(self.edited)
        fill(self, self.day, before, self.start, between, self.end)
        self.parts(self.day.line, self.day.button, self.start, self.end)
        self.day.changed.connect(self.edited)
        self.start.editingFinished.connect(self._offer_end)
        bind_call(self, self._say_again)

    def offer(self, minutes: int) -> None:
        """Offer an end so many minutes after the start from now on."""
        self._minutes = minutes

    def _say_again(self) -> None:
        for line in (self.start, self.end):
            try:
                moment = parse_time(line.text())
            except InvalidInput:
                continue
            line.setText(clock(moment, i18n.current().language))

    def _offer_end(self) -> None:
        if self.end.text().strip():
            return
        try:
            start = parse_time(self.start.text())
        except InvalidInput:
            return
        minutes = start.hour * 60 + start.minute + self._minutes
        if minutes < 24 * 60:
            self.end.setText(clock(dt.time(minutes // 60, minutes % 60), i18n.current().language))
            self.edited.emit()

    def keeps_focus(self) -> bool:
        """Stay "in the field" while its calendar is open."""
        return self.day.popup is not None

    def on_left(self) -> None:
        self._say_again()
        try:
            self.day.show_day(self.day.day(self.field))
        except InvalidInput:
            return  # what cannot be read stays as it was typed

    def show_value(self, value: Any) -> None:
        self.day.today = self.today
        self.day.show_day(None if value is None else value.day)
        language = i18n.current().language
        self.start.setText("" if value is None else clock(value.start, language))
        self.end.setText("" if value is None else clock(value.end, language))

    def value(self) -> Any:
        """Return the span, ``None`` when nothing is written. Raises :class:`InvalidInput`."""
        self.day.today = self.today
        if not any(self.typed()):
            return None
        day = self.day.day(self.field)
        if day is None or not self.start.text().strip() or not self.end.text().strip():
            raise InvalidInput(self.field, "Write the day, the start and the end.")
        start = parse_time(self.start.text(), field=self.field)
        return TimeSpan(day, start, parse_time(self.end.text(), field=self.field))

    def typed(self) -> Plain:
        return [self.day.line.text().strip(), self.start.text().strip(), self.end.text().strip()]

    def show_typed(self, typed: Plain) -> None:
        day, start, end = typed
        self.day.show_text(day)
        self.start.setText(start)
        self.end.setText(end)

    def hint(self) -> str:
        """Say the span in full, or that it ends before it begins."""
        try:
            span = self.value()
        except InvalidInput:
            return ""
        if span is None:
            return ""
        if span.minutes <= 0:
            return tr("The meeting ends before it begins.")
        return tr("{when} (past midnight)", when=self.words(span)) if span.past_midnight else self.words(span)

    def words(self, value: Any) -> str:
        if value is None:
            return tr("nothing")
        language = i18n.current().language
        return f"{full_date(value.day, language)} {clock_span(value.start, value.end, language)}"

    def name_parts(self, label: str) -> None:
        names: tuple[tuple[QWidget, str], ...] = (
            (self.day.line, tr("{label}: day", label=label)),
            (self.day.button, tr("Calendar for {label}", label=label)),
            (self.start, tr("{label}: start", label=label)),
            (self.end, tr("{label}: end", label=label)),
        )
        for control, name in names:
            control.setAccessibleName(name)
