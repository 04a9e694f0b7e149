"""Series of meetings: when the next one is suggested, time kept free and what of it is free again, and a new series."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTreeWidgetItem, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import clock_span, full_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.meeting_kinds import MeetingKinds, Unit
from caseworker_app.domain.papers import PaperJob
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meeting_papers, meeting_series
from caseworker_app.services.meeting_series import SeriesRow, Slot
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.fitting import resize
from ui.house import House, Place
from ui.tasks import Op, Query
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.tall_rows import Sheet
from ui.words import bind, bind_call, tr

SIZE = (1000, 560)
_HEADS = (N_("Series"), N_("How often"), N_("Next one"), N_("State"))
_ROW = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line of the list is: a series, or a time kept free within one."""

    row: SeriesRow
    slot: Slot | None = None


def every_words(every: int, unit: Unit) -> str:
    """Return a cadence as said, translated."""
    if unit is Unit.DAYS:
        return i18n.ngettext("every day", "every {n} days", every)
    if unit is Unit.WEEKS:
        return i18n.ngettext("every week", "every {n} weeks", every)
    return i18n.ngettext("every month, the same weekday", "every {n} months, the same weekday", every)


def span_words(span: TimeSpan | None) -> str:
    """Return day and time as said, translated."""
    if span is None:
        return ""
    language = i18n.current().language
    return f"{full_date(span.day, language)} {clock_span(span.start, span.end, language)}"


class SeriesDialog(QDialog):
    """Opened with ``open()``; the series of a case, or of all and of the staff where ``case`` is ``None``."""

    def __init__(self, house: House, parent: QWidget | None = None, case: Id | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "Series of meetings")
        self._house, self._case = house, case
        self._closed = meeting_series.holidays()
        self._kinds: MeetingKinds | None = None
        self._rows: tuple[SeriesRow, ...] = ()
        self._today = dt.date.min
        self.tree, self.empty, self.freed = Sheet((30, 15, 43, 12)), QLabel(), QLabel()
        self.complaint = Complaint(self)
        self.desk = PaperDesk(house, self)
        self.desk.refused.connect(self.complaint.show_error)
        self.plan, self.new, self.end, self.file = (QPushButton(self) for _ in range(4))
        self._lay_out()
        self.tree.currentItemChanged.connect(self._enable)
        self.tree.itemActivated.connect(self._plan)
        bind_call(self, self._say)
        self._ask()

    def _lay_out(self) -> None:
        heading, hint, close = QLabel(), QLabel(), QPushButton(self)
        heading.setProperty("look", "heading")
        bind(heading.setText, "Series of meetings")
        hint.setProperty("look", "muted")
        bind(
            hint.setText,
            "The cadence is kept whatever the worry is at the moment. The next one is suggested on a working day. Time "
            "kept free that nobody has used a week before is free again.",
        )
        self.freed.setProperty("look", "soon")
        bind(self.tree.setAccessibleName, "Series of meetings")
        bind(self.empty.setText, "No series yet. Begin one with the button New series.")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (hint, self.empty, self.freed):
            label.setWordWrap(True)
        for button, msgid, act in (
            (self.new, N_("New series …"), self._new),
            (self.file, N_("Calendar file …"), self._save),
            (self.end, N_("End the series"), self._end),
            (close, N_("Close"), self.close),
            (self.plan, N_("Plan the next one"), self._plan),
        ):
            bind(button.setText, msgid)
            button.clicked.connect(act)
        self.plan.setProperty("look", "primary")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.new, self.file, self.end):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.plan)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        for widget in (heading, hint, self.freed, self.empty):
            column.addWidget(widget)
        column.addWidget(self.tree, 1)
        column.addWidget(self.complaint)
        column.addLayout(foot)
        resize(self, *SIZE)

    # what is shown

    def _ask(self) -> None:
        books, case, closed = self._house.books, self._case, self._closed

        def ask(reader: Reader) -> tuple[tuple[SeriesRow, ...], MeetingKinds, dt.date]:
            return (
                meeting_series.running(reader, closed, case),
                books.meeting_kinds(reader).kinds,
                reader.today,
            )

        self._house.tasks.query(self, Query(ask, self._show))

    def _show(self, answer: tuple[tuple[SeriesRow, ...], MeetingKinds, dt.date]) -> None:
        self._rows, self._kinds, self._today = answer
        self._say()

    def _say(self) -> None:
        if self._kinds is None:
            return
        self.tree.clear()
        self.tree.setHeaderLabels([tr(head) for head in _HEADS])
        for row in self._rows:
            self._add(_Line(row), self._cells(row))
            for slot in row.slots:
                self._add(_Line(row, slot), ("", "", span_words(slot.when), _slot_words(slot)))
        there = bool(self._rows)
        self.tree.setVisible(there)
        self.empty.setVisible(not there)
        freed = [span_words(slot.when) for row in self._rows for slot in row.slots if slot.free]
        self.freed.setText(tr("Free again, nobody called a meeting: {days}.", days=freed) if freed else "")
        self.freed.setVisible(bool(freed))
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)
        self._enable()

    def _add(self, line: _Line, cells: tuple[str, ...]) -> None:
        item = QTreeWidgetItem(list(cells))
        item.setData(0, _ROW, line)
        for column, words in enumerate(cells):
            item.setToolTip(column, words)
        self.tree.addTopLevelItem(item)

    def _cells(self, row: SeriesRow) -> tuple[str, ...]:
        series = row.series
        kind = tr("Time kept free") if series.reserved else self._kind_name(series.kind)
        whose = series.title if row.case is None else (row.case.child_name or row.case.unborn_of)
        name = f"{kind} · {whose}" if whose else kind
        if series.reserved:
            return name, every_words(series.every or 1, series.unit), "", ""
        planned = None if row.planned is None else row.planned.when
        state = tr("planned") if planned else tr("suggested")
        return name, every_words(series.every or 1, series.unit), span_words(planned or row.suggested), state

    def _kind_name(self, kind: str) -> str:
        return kind if self._kinds is None else tr(self._kinds.get(kind).name)

    def _line(self) -> _Line | None:
        item = self.tree.currentItem()
        return None if item is None else item.data(0, _ROW)

    def _enable(self, *_now: object) -> None:
        line = self._line()
        slot = None if line is None else line.slot
        reserved = line is not None and line.row.series.reserved
        self.end.setEnabled(line is not None)
        self.file.setEnabled(bool(self._rows))
        waiting = slot is not None and slot.meeting is None and self._case is not None
        self.plan.setEnabled(line is not None and (waiting if reserved else line.row.suggested is not None))
        self.plan.setText(tr("Call a meeting in that time") if reserved else tr("Plan the next one"))

    # what the user does

    def _plan(self, *_which: object) -> None:
        line, kinds, closed, case = self._line(), self._kinds, self._closed, self._case
        if line is None or kinds is None or not self.plan.isEnabled():
            return
        self.complaint.clear()
        series, slot = line.row.series.id, line.slot

        def run(writer: Writer) -> Id:
            if slot is not None and case is not None:
                return meeting_series.use_slot(
                    writer, series, slot.when, case, kinds.get(line.row.series.kind)
                )
            return meeting_series.plan_next(writer, series, kinds, closed)

        self._house.tasks.op(self, Op(run, self._planned, N_("The meeting is planned."), self._refused))

    def _planned(self, meeting: Id) -> None:
        self.accept()
        self._house.go(Place("meeting", meeting, "plan"))

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)

    def _end(self) -> None:
        line, today = self._line(), self._today
        if line is not None:
            series = line.row.series.id
            op = Op(
                lambda w: meeting_series.end(w, series, today - dt.timedelta(days=1)),
                lambda _made: self._ask(),
                N_("The series is ended; its meetings stay. Ctrl+Z begins it again."),
                self._refused,
            )
            self._house.tasks.op(self, op)

    def _save(self) -> None:
        rows, closed = self._rows, self._closed

        def save(answer: PaperJob | UserError) -> None:
            if isinstance(answer, UserError):
                self.complaint.show_error(answer)
            else:
                self.desk.save(answer, tr("Save the calendar file"), tr("Calendar (*.ics)"))

        def ask(reader: Reader) -> PaperJob | UserError:
            try:
                return meeting_papers.calendar(reader, rows, closed)
            except UserError as error:
                return error

        self._house.tasks.query(self, Query(ask, save))

    def _new(self) -> None:
        from ui.dialogs.new_series_dialog import NewSeriesDialog

        if self._kinds is not None:
            dialog = NewSeriesDialog(self._house, self._kinds, self, self._case)
            dialog.made.connect(self._ask)
            dialog.open()


def _slot_words(slot: Slot) -> str:
    if slot.meeting is not None:
        return tr("used")
    return tr("free again") if slot.free else tr("kept free")
