"""What is agreed or decided, line by line: what, who, when, and for a decision why."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import MinutesForm, form_of
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meetings
from caseworker_app.services.meeting_lines import checked
from caseworker_app.services.meetings import OpenMeeting
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.widgets.fields.dates import DateEditor
from ui.widgets.fields.text import LineEditor
from ui.widgets.meeting.columns import TAKEN_BACK, scrolling
from ui.widgets.meeting.growing_text import GrowingEditor
from ui.widgets.meeting.row_list import RowList
from ui.widgets.meeting.saved_row import Keeping, SavedRow
from ui.words import bind, bind_call, tr

WHO_WIDTH, DUE_WIDTH = 208, 248
_LABELS = {"what": N_("What"), "who": N_("Who"), "due": N_("When"), "reason": N_("Reason")}


class AgreementRow(SavedRow):
    """One agreement. Enter goes from field to field and from the last to the next line."""

    def __init__(
        self, house: House, keeping: Keeping, today: dt.date, widths: tuple[int, int] = (WHO_WIDTH, DUE_WIDTH)
    ) -> None:
        self.what, self.who = GrowingEditor(), LineEditor()
        self.due, self.reason = DateEditor("ahead"), LineEditor()
        self.count_days_from(today)
        editors = {"what": self.what, "who": self.who, "due": self.due, "reason": self.reason}
        super().__init__(house, keeping, editors)
        self.who.setFixedWidth(widths[0])
        self.due.setFixedWidth(widths[1])
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for editor, stretch in ((self.what, 3), (self.who, 0), (self.due, 0), (self.reason, 2)):
            layout.addWidget(editor, stretch, Qt.AlignmentFlag.AlignTop)
        self.add_body(body)
        bind_call(self, self._say_names)

    def _say_names(self) -> None:
        for name, editor in self.editors.items():
            editor.name_parts(tr("Agreement: {field}", field=tr(_LABELS[name])))

    def count_days_from(self, today: dt.date) -> None:
        """Read days typed without a year from this day on."""
        self.due.today = self.due.day.today = today

    def show_reason(self, decision: bool) -> None:
        """Show the field for why; only decisions have it."""
        self.reason.setVisible(decision)


class Agreements(QFrame):
    """The agreements of a meeting. ``widths`` are those of who and when, in px."""

    def __init__(self, house: House, keys: str, widths: tuple[int, int] = (WHO_WIDTH, DUE_WIDTH)) -> None:
        super().__init__()
        self._widths = widths
        self._house = house
        self._meeting: Id | None = None
        self._decisions = False
        self._today = dt.date(2000, 1, 1)
        self._names = QStringListModel(self)
        self.setProperty("look", "card")
        self._heading, self._reason_label = QLabel(), QLabel()
        self.list = RowList(self._make, 4)
        self.area = scrolling(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 4, 8)
        layout.setSpacing(4)
        layout.addLayout(self._head(keys))
        layout.addWidget(self.area, 1)
        bind_call(self, self._say)

    def _head(self, keys: str) -> QHBoxLayout:
        """Lay the headings out over the fields they belong to, also while there is a scroll bar beside them."""
        self._heading.setProperty("look", "subheading")
        hint = QLabel(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
        first = QHBoxLayout()
        first.setSpacing(16)
        for label in (self._heading, hint):
            first.addWidget(label)
        first.addStretch(1)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addLayout(first, 3)
        who, when = QLabel(), QLabel()
        bind(who.setText, "Who")
        bind(when.setText, "When")
        bind(self._reason_label.setText, "Reason")
        who.setFixedWidth(self._widths[0])
        when.setFixedWidth(self._widths[1])
        for label, stretch in ((who, 0), (when, 0), (self._reason_label, 2)):
            head.addWidget(label, stretch)
        for label in (hint, who, when, self._reason_label):
            label.setProperty("look", "muted")
        bar = self.area.verticalScrollBar()
        bar.rangeChanged.connect(
            lambda _least, most: head.setContentsMargins(0, 0, bar.sizeHint().width() if most else 0, 0)
        )
        return head

    def _say(self) -> None:
        words = tr("Decisions") if self._decisions else tr("Agreements, solutions")
        self._heading.setText(words)
        self.setAccessibleName(words)

    def _make(self) -> SavedRow:
        meeting = self._meeting

        def add(writer: Writer, values: dict[str, object]) -> Id:
            if meeting is None:
                raise RuntimeError("no meeting is shown")
            return meetings.add_agreement(writer, meeting, values)

        keeping = Keeping(Agreement, add, meetings.edit_agreement, "what", TAKEN_BACK, checked)
        row = AgreementRow(self._house, keeping, self._today, self._widths)
        row.show_reason(self._decisions)
        completer = QCompleter(self._names, row)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        row.who.line.setCompleter(completer)
        row.what.text.entered.connect(row.who.setFocus)
        row.what.text.up.connect(lambda: self.list.before(row))
        row.what.text.down.connect(lambda: self.list.next_of(row))
        row.who.line.returnPressed.connect(row.due.setFocus)
        row.due.day.line.returnPressed.connect(lambda: self._after_due(row))
        row.reason.line.returnPressed.connect(lambda: self._entered(row))
        return row

    def _after_due(self, row: AgreementRow) -> None:
        if self._decisions:
            row.reason.setFocus()
        else:
            self._entered(row)

    def _entered(self, row: SavedRow) -> None:
        row.commit()
        if row.form.unread:
            return  # the day cannot be read: stay and say so
        self.list.next_of(row)

    def begin_again(self, meeting: Id) -> None:
        """A meeting is opened: let the lines of another go, and of the same one what is not in the store."""
        if meeting == self._meeting:
            self.list.forget_unsaved()
        else:
            self._meeting = meeting
            self.list.forget()

    def show_opened(self, opened: OpenMeeting, today: dt.date) -> None:
        """Show the meeting's agreements; ``today`` is the store's day, for days typed without a year."""
        view = opened.view
        self._today = today
        decisions = form_of(view.meeting) is MinutesForm.DECISIONS
        if decisions != self._decisions:
            self._decisions = decisions
            self._say()
        self._names.setStringList([participant.name for participant in view.participants])
        self.list.show_items([(a.id, opened.fields[a.id]) for a in view.agreements])
        self._reason_label.setVisible(decisions)
        for row in self.list.rows:
            if isinstance(row, AgreementRow):
                row.show_reason(decisions)
                row.count_days_from(today)

    def go(self) -> None:
        """Go to the empty line at the end."""
        self.list.go(len(self.list.rows))
