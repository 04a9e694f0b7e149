"""The journal on paper: which entries, of which time, for whom; then it is shown and can be printed or saved."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.services import journal_papers
from caseworker_app.services.journal_papers import Extract, Offer
from caseworker_app.services.ports import Reader
from caseworker_app.services.typed import NAME_LENGTH
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Query
from ui.widgets.complaint import Complaint
from ui.widgets.consent_note import ConsentNote
from ui.widgets.fields.calendar import DayLine
from ui.widgets.journal.extract_model import ExtractModel
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.words import bind, bind_call, tr

WIDTH, HEIGHT = 640, 660


class JournalPaperDialog(QDialog):
    """Opened with ``open()``; gone when closed. It stays while the paper is looked at, so that it can be made anew."""

    def __init__(self, house: House, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._house, self._case, self._unsigned = house, case, 0
        self.model, self.list = ExtractModel(self), QListView(self)
        self.since, self.until, self.to_whom = DayLine("back"), DayLine("back"), QLineEdit(self)
        self.all, self.none = QPushButton(self), QPushButton(self)
        self.count, self.waiting = QLabel(self), QLabel(self)
        self.complaint, self.consents = Complaint(self), ConsentNote(house, case.id, self)
        self.show_button, self._close = QPushButton(self), QPushButton(self)
        self.desk = PaperDesk(house, self)
        self._lay_out()
        self._connect()
        bind_call(self, self._say)
        case_id = case.id

        def ask(reader: Reader) -> tuple[Offer, dt.date]:
            return journal_papers.offered(reader, case_id), reader.today

        house.tasks.query(self, Query(ask, lambda found: self._take(*found)))

    def _lay_out(self) -> None:
        bind(self.setWindowTitle, "The journal on paper")
        heading, hint = QLabel(self), QLabel(self)
        heading.setProperty("look", "heading")
        bind(heading.setText, "Which entries go on paper")
        for label in (hint, self.waiting, self.count):
            label.setProperty("look", "muted")
            label.setWordWrap(True)
        bind(hint.setText, "Only this child's part of what was written for siblings stands there. A correction stands at "
             "the entry it corrects.")  # fmt: skip
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setProperty("look", "names")
        self.list.setSpacing(2)
        bind(self.list.setAccessibleName, "Entries that go on paper")
        bind(self.all.setText, "Choose all")
        bind(self.none.setText, "Choose none")
        bind(self.show_button.setText, "Show and print (Ctrl+P)")
        bind(self._close.setText, "Close")
        self.show_button.setProperty("look", "primary")
        self.show_button.setDefault(True)
        for button in (self.all, self.none, self._close):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(hint)
        layout.addLayout(self._time())
        layout.addWidget(self.list, 1)
        layout.addLayout(_across(self.all, self.none, None, self.count))
        layout.addWidget(self.waiting)
        layout.addWidget(self.consents)
        layout.addLayout(self._recipient())
        layout.addWidget(self.complaint)
        layout.addLayout(_across(None, self._close, self.show_button))
        resize(self, WIDTH, HEIGHT)

    def _time(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for line, words in ((self.since, "From"), (self.until, "To")):
            label = QLabel(self)
            bind(label.setText, words)
            bind(line.line.setAccessibleName, words)
            label.setBuddy(line.line)
            row.addWidget(label)
            row.addWidget(line)
        row.addStretch(1)
        return row

    def _recipient(self) -> QHBoxLayout:
        label = QLabel(self)
        bind(label.setText, "For whom")
        bind(self.to_whom.setAccessibleName, "For whom")
        bind(self.to_whom.setPlaceholderText, "Stands on the copy and in the list of what was handed out")
        label.setBuddy(self.to_whom)
        self.to_whom.setMaxLength(NAME_LENGTH)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.to_whom, 1)
        return row

    def _connect(self) -> None:
        for line in (self.since, self.until):
            line.changed.connect(self._within)
        self.all.clicked.connect(lambda: self.model.tick_all(True))
        self.none.clicked.connect(lambda: self.model.tick_all(False))
        self.model.ticked.connect(self._say)
        self.show_button.clicked.connect(self.preview)
        self._close.clicked.connect(self.reject)
        self.desk.refused.connect(self.complaint.show_error)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.preview)

    def _take(self, offer: Offer, today: dt.date) -> None:
        self._unsigned = offer.unsigned
        self.since.today = self.until.today = today
        self.model.show(offer.entries)

    def _within(self) -> None:
        self.model.within(Extract(since=_day(self.since), until=_day(self.until)))

    def _say(self) -> None:
        chosen = len(self.model.chosen())
        self.count.setText(i18n.ngettext("{n} entry chosen", "{n} entries chosen", chosen))
        waits = i18n.ngettext(
            "{n} entry is not signed and is left out.",
            "{n} entries are not signed and are left out.",
            self._unsigned,
        )
        self.waiting.setText(waits)
        self.waiting.setVisible(bool(self._unsigned))
        self.show_button.setEnabled(chosen > 0)

    def preview(self) -> None:
        """Make the copy and show it."""
        case, chosen = self._case.id, self.model.chosen()
        if not chosen:
            return
        wanted = Extract(chosen, _day(self.since), _day(self.until), self.to_whom.text())
        self.complaint.clear()
        title = tr("The journal on paper")
        self._house.tasks.query(
            self,
            Query(
                lambda r: journal_papers.job(r, case, wanted),
                lambda job: self.desk.preview(job, title, title),
            ),
        )


def _across(*widgets: QWidget | None) -> QHBoxLayout:
    """Return widgets beside each other; ``None`` is what is left of the room."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row


def _day(line: DayLine) -> dt.date | None:
    try:
        return line.day("day")
    except InvalidInput:
        return None
