"""A line for a day with a calendar behind it, for the editors of days and of time spans."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeySequence, QShortcut, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.dates import short_date
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.typed_dates import Lean, parse_date
from ui import theme
from ui.words import bind, bind_call, tr


class CalendarPopup(QFrame):
    """A month to pick a day from, with ISO weeks that begin on Monday. Closes when a day is ``picked``."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "card")
        self.calendar = QCalendarWidget(self)
        self.calendar.setLocale(
            QLocale(QLocale.Language.Danish, QLocale.Country.Denmark)
            if i18n.current().language == "da"
            else QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
        )
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.calendar.setAccessibleName(tr("Calendar"))
        self._dress()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.calendar)
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)

    def _dress(self) -> None:
        """Calm colours: weekends are quieter, never red; red means "mind this" elsewhere."""
        tokens = theme.tokens()
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(tokens.muted))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, quiet)
        self.calendar.setHeaderTextFormat(quiet)
        self.calendar.setMinimumSize(384, 264)
        self.calendar.setStyleSheet(
            f"#qt_calendar_navigationbar {{ background: {tokens.surface}; min-height: 40px; }}"
            "#qt_calendar_navigationbar QToolButton { padding: 4px 16px; }"
            "QToolButton::menu-indicator { image: none; }"
        )

        for name, sign, words in (
            ("qt_calendar_prevmonth", "‹", tr("Previous month")),
            ("qt_calendar_nextmonth", "›", tr("Next month")),
        ):
            button = self.calendar.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                button.setIcon(QIcon())
                button.setText(sign)
                button.setAccessibleName(words)
                button.setToolTip(words)

    def show_under(self, anchor: QWidget, day: dt.date) -> None:
        """Open below a widget (above it where the screen ends), at the month of ``day``."""
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        room = anchor.screen().availableGeometry()
        left = max(room.left(), min(corner.x(), room.right() - self.width()))
        top = corner.y()
        if top + self.height() > room.bottom():
            top = anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2
        self.move(left, max(room.top(), top))
        self.show()
        self.calendar.setFocus()

    def _take(self, day: QDate) -> None:
        self.picked.emit(dt.date(day.year(), day.month(), day.day()))
        self.close()


class DayLine(QWidget):
    """A line to type a day in, and a button (Alt+Down) that opens the calendar. ``changed`` is the user's doing."""

    changed = Signal()

    def __init__(self, lean: Lean) -> None:
        super().__init__()
        self._lean: Lean = lean
        self._shown: dt.date | None = None
        self.today = dt.date(2000, 1, 1)
        self.popup: CalendarPopup | None = None
        self.line = QLineEdit()
        self.line.setMinimumWidth(112)
        self.button = QToolButton()
        bind(self.button.setText, "Pick")
        bind(self.button.setToolTip, "Pick a day (Alt+Down)")
        bind(self.button.setAccessibleName, "Calendar")
        bind(self.line.setPlaceholderText, "day-month-year")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.button)
        self.line.textEdited.connect(self._typed)
        self.button.clicked.connect(self.open_calendar)
        shortcut = QShortcut(QKeySequence("Alt+Down"), self.line)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.open_calendar)
        bind_call(self, self._say_again)

    def day(self, field: str) -> dt.date | None:
        """Return the day meant, ``None`` for an empty line. Raises :class:`InvalidInput` for ``field``."""
        if self._shown is not None:
            return self._shown
        text = self.line.text().strip()
        return parse_date(text, self.today, lean=self._lean, field=field) if text else None

    def show_day(self, day: dt.date | None) -> None:
        """Show a day as the language writes it."""
        self._shown = day
        words = "" if day is None else short_date(day, i18n.current().language)
        if words != self.line.text():
            self.line.setText(words)

    def show_text(self, text: str) -> None:
        """Show what was typed, readable or not."""
        self._shown = None
        self.line.setText(text)

    def open_calendar(self) -> None:
        """Open the calendar at the day that stands there, or at today."""
        try:
            day = self.day("")
        except InvalidInput:
            day = None
        self.popup = CalendarPopup(self)
        self.popup.picked.connect(self._pick)
        self.popup.destroyed.connect(self._closed)
        self.popup.show_under(self.line, day or self.today)

    def _closed(self) -> None:
        self.popup = None

    def _pick(self, day: dt.date) -> None:
        self.show_day(day)
        self.line.setFocus()
        self.changed.emit()

    def _typed(self) -> None:
        self._shown = None
        self.changed.emit()

    def _say_again(self) -> None:
        if self._shown is not None:
            self.show_day(self._shown)
