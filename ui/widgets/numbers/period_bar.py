"""Of which period the numbers are, and beside which other: chosen from a list, or typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.numbers.span import DAY, Span, half_year_of, span, year_of
from caseworker_app.i18n import N_
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.fields.calendar import DayLine
from ui.widgets.flow import FlowLayout
from ui.words import bind, bind_call, tr

_REST_MS = 400
"""How long the typing rests before the period is taken."""


def _last_year(today: dt.date) -> Span:
    return year_of(today).years_before(1)


QUICK: Mapping[str, Callable[[dt.date], Span]] = {
    "half": half_year_of,
    "last_half": lambda today: half_year_of(half_year_of(today).first - DAY),
    "year": year_of,
    "last_year": _last_year,
    "three_years": lambda today: Span(year_of(today).years_before(2).first, year_of(today).last),
}
QUICK_LABELS: Mapping[str, str] = {
    "half": N_("This half-year"),
    "last_half": N_("The half-year before"),
    "year": N_("This year"),
    "last_year": N_("The year before"),
    "three_years": N_("The last three years"),
    "all": N_("From the first case on"),
    "own": N_("Own days"),
}
BESIDE_LABELS: Mapping[int, str] = {
    0: N_("Beside nothing"),
    1: N_("Beside the year before"),
    2: N_("Beside two years before"),
}

_DAY, _USUAL = 206, 22
"""Width of a day with text of the usual size, and the height of a line of that at most, px."""


class PeriodBar(QWidget):
    """``changed`` comes when another period stands there that can be; one that cannot be is said beneath."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = dt.date(2000, 1, 1)
        self.begun = self.today
        self.quick, self.beside = Combo(), Combo()
        self.first, self.last = DayLine("back"), DayLine("near")
        self.complaint = Complaint(self)
        self._span = year_of(self.today)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REST_MS)
        self._later.timeout.connect(self._take_typed)
        self._lay_out()
        self.quick.activated.connect(lambda _row: self._take_quick())
        self.beside.activated.connect(lambda _row: self.changed.emit())
        for line in (self.first, self.last):
            line.changed.connect(self._later.start)
            line.line.editingFinished.connect(self._take_now)
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        holder = QWidget(self)
        row = FlowLayout(holder, 8)
        self.quick.addItems([""] * len(QUICK_LABELS))
        self.beside.addItems([""] * len(BESIDE_LABELS))
        self.quick.setMinimumContentsLength(18)
        self.beside.setMinimumContentsLength(20)
        bind(self.quick.setAccessibleName, "Period")
        bind(self.beside.setAccessibleName, "Beside which period")
        row.addWidget(self.quick)
        for line, words in ((self.first, N_("From")), (self.last, N_("To and with"))):
            pair = QWidget(holder)
            across = QHBoxLayout(pair)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(8)
            label = QLabel(pair)
            bind(label.setText, words)
            bind(line.line.setAccessibleName, words)
            label.setBuddy(line.line)
            across.addWidget(label)
            across.addWidget(line)
            row.addWidget(pair)
        row.addWidget(self.beside)
        self._widen()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(holder)
        column.addWidget(self.complaint)

    def _widen(self) -> None:
        """Give a day the width its figures and its button need."""
        larger = max(1.0, self.fontMetrics().lineSpacing() / _USUAL)
        for line in (self.first, self.last):
            line.setFixedWidth(round(_DAY * larger))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widen()

    def _say(self) -> None:
        for number, words in enumerate(QUICK_LABELS.values()):
            self.quick.setItemText(number, tr(words))
        for number, words in enumerate(BESIDE_LABELS.values()):
            self.beside.setItemText(number, tr(words))

    def begin(self, today: dt.date) -> None:
        """Stand on this year; what was chosen before stays."""
        if self.today != today:
            self.today = self.first.today = self.last.today = today
            self._put(year_of(today), "year")

    def know(self, begun: dt.date) -> None:
        """Be told the first day anything is known of."""
        self.begun = begun

    @property
    def span(self) -> Span:
        """The period that stands there; the last one that could be."""
        return self._span

    @property
    def before(self) -> Span | None:
        """The period beside it."""
        years = tuple(BESIDE_LABELS)[self.beside.currentIndex()]
        return self._span.years_before(years) if years else None

    def _put(self, chosen: Span, quick: str) -> None:
        self._later.stop()
        self._span = chosen
        self.complaint.clear()
        self.first.show_day(chosen.first)
        self.last.show_day(chosen.last)
        self.quick.setCurrentIndex(tuple(QUICK_LABELS).index(quick))

    def _take_quick(self) -> None:
        chosen = tuple(QUICK_LABELS)[self.quick.currentIndex()]
        if chosen == "own":
            self.first.line.setFocus()
            self.first.line.selectAll()
            return
        self._put(Span(self.begun, self.today) if chosen == "all" else QUICK[chosen](self.today), chosen)
        self.changed.emit()

    def _take_now(self) -> None:
        if self._later.isActive():
            self._later.stop()
            self._take_typed()

    def _take_typed(self) -> None:
        try:
            chosen = span(self.first.day("first"), self.last.day("last"))
        except InvalidInput as error:
            self.complaint.show_error(error)
            return
        self.complaint.clear()
        self.quick.setCurrentIndex(tuple(QUICK_LABELS).index("own"))
        if chosen != self._span:
            self._span = chosen
            self.changed.emit()
