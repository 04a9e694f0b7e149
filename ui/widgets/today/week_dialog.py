"""The week on paper or as a file for a calendar: which week, initials or names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from caseworker_app import i18n
from caseworker_app.domain.dates import day_and_month, week
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.papers import Made, PaperJob
from caseworker_app.services import week as weeks
from caseworker_app.services.ports import Access, Reader
from ui import printing
from ui.dialogs.fitting import fit
from ui.house import House
from ui.tasks import Job, Op, Query
from ui.widgets.banner import Banner
from ui.widgets.check import Check
from ui.widgets.combo import Combo
from ui.words import bind, bind_call, tr

_WIDTH = 560


class WeekDialog(QDialog):
    """Opened with ``open()``; gone when closed. ``today`` is the day of the store's clock."""

    def __init__(self, house: House, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house = house
        first = weeks.week_of(today)
        self._mondays = (first, first + dt.timedelta(days=7))
        self.banner, self.said = Banner(), QLabel()
        self.said.setProperty("look", "note")
        self.said.setWordWrap(True)
        self.weeks = Combo()
        bind(self.weeks.setAccessibleName, "Which week")
        for _monday in self._mondays:
            self.weeks.addItem("")
        self.named = Check(self)
        bind(self.named.setText, "Write the children's names instead of initials")
        bind(self.setWindowTitle, "The week on paper")
        self._lay_out()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(_label("The week on paper", "heading"))
        layout.addWidget(
            _label(
                "Meetings, and what is due on the working day it can be done. Initials and place stand there; "
                "a CPR number never does.",
                "muted",
            )
        )
        layout.addWidget(self.banner)
        layout.addWidget(self.weeks)
        layout.addWidget(self.named)
        layout.addWidget(_label("Whoever finds the sheet or the file can read it.", "muted"))
        layout.addWidget(self.said)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        self.close_button = _button("Close", self.reject)
        self.calendar_button = _button("Save for a calendar (.ics) …", self.save_calendar)
        self.print_button = _button("Show and print …", self.show_sheet)
        self.print_button.setProperty("look", "primary")
        for button in (self.close_button, self.calendar_button, self.print_button):
            foot.addWidget(button)
        layout.addLayout(foot)
        self.setMinimumWidth(_WIDTH)

    def _say(self) -> None:
        language = i18n.current().language
        for number, monday in enumerate(self._mondays):
            sunday = monday + dt.timedelta(days=6)
            name = week(monday, language)
            words = tr(
                "{week}: {first} to {last}",
                week=name[:1].upper() + name[1:],
                first=day_and_month(monday, language),
                last=day_and_month(sunday, language),
            )
            self.weeks.setItemText(number, words)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    @property
    def monday(self) -> dt.date:
        """The week chosen, by its Monday."""
        return self._mondays[self.weeks.currentIndex()]

    # the sheet

    def show_sheet(self) -> None:
        """Make the sheet and show it; it is printed from there."""
        self._make(weeks.sheet, self._preview)

    def _preview(self, job: PaperJob, made: Made) -> None:
        from ui.dialogs.preview_dialog import PreviewDialog

        PreviewDialog(
            self._house, made.data, tr("Weekly sheet"),
            lambda: self._record(job, Access.PRINT),
            lambda: self._record(job, Access.EXPORT),
            self.parentWidget(), file_name=job.file_name,
        ).open()  # fmt: skip
        self.accept()

    # the calendar

    def save_calendar(self) -> None:
        """Make the file and ask where to save it."""
        self._make(weeks.calendar, self._ask_where)

    def _ask_where(self, job: PaperJob, made: Made) -> None:
        from ui.widgets.save_file import ask_where

        ask_where(
            self, tr("Save for a calendar"), job.file_name, tr("Calendar (*.ics)"),
            lambda path: self.save_to(path, job, made.data),
        )  # fmt: skip

    def save_to(self, path: str, job: PaperJob, data: bytes) -> None:
        """Save the file at a place that has been chosen, and note it."""

        tasks = self._house.tasks

        def saved(_nothing: None) -> None:
            self._record(job, Access.EXPORT)
            if isValid(self):
                self.said.setText(tr("The calendar file is saved. Open it with your calendar to take it in."))

        def refused(error: UserError) -> None:
            self.banner.warn(error) if isValid(self) else tasks.error.emit(error)

        # asked for the tasks themselves: what leaves the house is noted although the dialog is gone
        tasks.job(tasks, Job(lambda: printing.save_copy(path, data), saved, refused, leaves=True))

    # both

    def _make(self, facts: Callable[..., PaperJob], then: Callable[[PaperJob, Made], None]) -> None:
        self.banner.clear()
        books, monday, named = self._house.books, self.monday, self.named.isChecked()

        def ask(reader: Reader) -> PaperJob:
            return facts(reader, books.rules(reader), monday, named=named)

        def make(job: PaperJob) -> None:
            maker = self._house.papers.make
            self._house.tasks.job(
                self, Job(lambda: maker(job), lambda made: then(job, made), self.banner.warn)
            )

        self._house.tasks.query(self, Query(ask, make))

    def _record(self, job: PaperJob, how: Access) -> None:
        self._house.tasks.op(self._house.tasks, Op(lambda w: weeks.record_left(w, job, how)))


def _button(msgid: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton()
    button.setAutoDefault(False)
    bind(button.setText, msgid)
    button.clicked.connect(lambda _on=False: act())
    return button


def _label(msgid: str, look: str) -> QLabel:
    label = QLabel()
    label.setProperty("look", look)
    label.setWordWrap(True)
    bind(label.setText, msgid)
    return label
