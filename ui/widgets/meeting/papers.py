"""The parts with paper: a table of copies, and the minutes, one for the file and each reader."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.meeting import MeetingState
from caseworker_app.domain.papers import MinutesFacts, PaperJob
from caseworker_app.domain.phrases import N_
from caseworker_app.services import papers
from caseworker_app.services.ports import Reader
from ui import icons
from ui.house import House
from ui.tasks import Query
from ui.widgets.announce import announce
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.copies import CopiesTable, Copy
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.meeting.part import Loaded, Part
from ui.widgets.today.due_words import said as said_phrase
from ui.widgets.transfer_mark import TransferMark
from ui.words import bind, bind_call, tr

Answer = list[PaperJob] | UserError


class PapersPart(Part):
    """A table of copies with what can be done with them; what is missing is said in words in its place."""

    title = ""
    """The msgid of the kind of paper: in the window's title and the printer's queue, so without a name."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._loaded: Loaded | None = None
        self._answer: Answer = []
        self._lacking = self._unsaved = False
        self.desk = PaperDesk(house, self)
        self.table = CopiesTable()
        self.complaint = Complaint()
        self.note, self.consents, self.said = QLabel(), QLabel(), QLabel()
        for label in (self.note, self.consents, self.said):
            label.setProperty("look", "note")
            label.setWordWrap(True)
        self.note.hide()
        self.said.hide()
        self.buttons: dict[str, QPushButton] = {}
        self.progress, self.stop = QProgressBar(), QPushButton()
        self._lay_out()
        self.table.opened.connect(self._preview)
        self.desk.refused.connect(self.complaint.show_error)
        self.desk.said.connect(self._say)
        self.desk.progressed.connect(self._show_progress)
        self.stop.clicked.connect(self.desk.cancel)
        bind_call(self, self._show)

    def _lay_out(self) -> None:
        across = QHBoxLayout()
        across.setSpacing(8)
        for name, words, keys, act in self.doings():
            button = QPushButton()
            bind(button.setText, words)
            if keys:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(button.click)
                button.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            button.clicked.connect(act)
            self.buttons[name] = button
            across.addWidget(button)
        self.buttons["preview"].setProperty("look", "primary")
        icons.dress(self.buttons["print"], "print")
        across.addStretch(1)
        bind(self.stop.setText, "Stop printing")
        bind(self.progress.setAccessibleName, "Printing")
        self.progress.setFixedWidth(200)
        self.progress.hide()
        self.stop.hide()
        across.addWidget(self.progress)
        across.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.complaint)
        layout.addWidget(self.note)
        layout.addWidget(self.consents)
        layout.addLayout(across)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.said)
        self.column = layout

    def doings(self) -> list[tuple[str, str, str, Callable[[], None]]]:
        """Return (name, msgid, shortcut, action) of the buttons."""
        return [
            ("preview", N_("Show (Enter)"), "", self._preview_chosen),
            ("print", N_("Print …"), "Ctrl+P", lambda: self._print(self.table.chosen)),
            ("print_all", N_("Print all …"), "Ctrl+Shift+P", lambda: self._print(list(self.table.copies))),
            ("save", N_("Save a copy …"), "Ctrl+S", self._save),
        ]

    # what is shown

    def show_loaded(self, loaded: Loaded) -> None:
        """Ask for the facts of each copy."""
        self._loaded = loaded
        if loaded.first:
            self._say("")
        meeting = loaded.opened.view.meeting.id

        def ask(reader: Reader) -> Answer:
            try:
                return self.jobs(reader, meeting)
            except UserError as error:
                return error

        def show(answer: Answer) -> None:
            if self.meeting == meeting:
                self._answer = answer
                self._show()

        self._house.tasks.query(self, Query(ask, show))

    def _show(self) -> None:
        loaded, answer = self._loaded, self._answer
        if loaded is None:
            return
        if isinstance(answer, UserError):
            self.complaint.show_error(answer)
        elif self._lacking:
            self.complaint.clear()
        self._lacking = isinstance(answer, UserError)
        jobs = self._jobs
        self.table.show_copies([self.copy_of(job) for job in jobs], loaded.printed)
        for button in self.buttons.values():
            button.setEnabled(bool(jobs))
        words = self.notes(loaded)
        self.note.setText(" ".join(words))
        self.note.setVisible(bool(words))
        standing = self.consent_words()
        self.consents.setText(" ".join(standing))
        self.consents.setVisible(bool(standing))

    @property
    def _jobs(self) -> list[PaperJob]:
        """The copies there are, in the order of the table."""
        return [] if isinstance(self._answer, UserError) else self._answer

    def hear_of_plan(self, *, unsaved: bool) -> None:
        self._unsaved = unsaved
        self._show()

    def notes(self, loaded: Loaded) -> list[str]:
        """Return what must be known of all copies, translated."""
        said = []
        if loaded.opened.view.meeting.state is MeetingState.CALLED_OFF:
            said.append(tr("The meeting is called off."))
        if self._unsaved:
            said.append(tr("Something is written in the plan that is not saved yet; it does not stand here."))
        return said

    def consent_words(self) -> tuple[str, ...]:
        """Return which consents stand, translated: nothing is kept back by them."""
        standing = None if self._loaded is None else self._loaded.consents
        return () if standing is None else tuple(map(said_phrase, standing.words))

    def jobs(self, reader: Reader, meeting: bytes) -> list[PaperJob]:
        """Return the copies. Raises :class:`UserError` saying what is missing."""
        raise NotImplementedError

    def copy_of(self, job: PaperJob) -> Copy:
        """Return the line of a copy."""
        raise NotImplementedError

    # what the user does

    def _preview_chosen(self) -> None:
        for copy in self.table.chosen[:1]:
            self._preview(copy)

    def _preview(self, copy: Copy) -> None:
        self._begin()
        self.desk.preview(copy.job, tr(self.title), f"{tr(self.title)}: {copy.to}", self.consent_words())

    def _print(self, copies: list[Copy]) -> None:
        self._begin()
        self.desk.print([copy.job for copy in copies], tr(self.title))

    def _save(self) -> None:
        self._begin()
        for copy in self.table.chosen[:1]:
            self.desk.save(copy.job, tr("Save a copy"), tr("PDF (*.pdf)"))

    def _begin(self) -> None:
        self.complaint.clear()
        self._say("")

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))
        announce(self.said, words)

    def _show_progress(self, done: int, of: int) -> None:
        for widget in (self.progress, self.stop):
            widget.setVisible(of > 1)
        self.progress.setRange(0, max(1, of))
        self.progress.setValue(max(0, done - 1))
        self.progress.setFormat(tr("{number} of {all}", number=done, all=of))
        for name in ("print", "print_all"):
            self.buttons[name].setEnabled(not of)

    def begin(self) -> None:
        """Go to the copies."""
        self.table.setFocus()


class MinutesPart(PapersPart):
    """The copy for the file, with the cpr. nr., and one for each reader."""

    title = N_("Minutes of a meeting")

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self.mark = TransferMark(house, self)
        self.column.addWidget(self.mark)

    def show_loaded(self, loaded: Loaded) -> None:
        """Ask for the facts of each copy, and whether the minutes stand in the record system."""
        super().show_loaded(loaded)
        meeting = loaded.opened.view.meeting
        self.mark.show_subject("meeting", meeting.id if meeting.state is MeetingState.HELD else None)

    def jobs(self, reader: Reader, meeting: bytes) -> list[PaperJob]:
        return papers.minutes(reader, meeting)

    def copy_of(self, job: PaperJob) -> Copy:
        facts = job.facts
        assert isinstance(facts, MinutesFacts)
        number = tr("With the CPR number.") if facts.number else tr("Without the CPR number.")
        if facts.reader is None:
            return Copy(job, tr("Copy for the case"), (number,))
        remarks = [number]
        if facts.reader.protected:
            remarks.append(tr("Name and address protection."))
        return Copy(job, job.recipient, tuple(remarks), facts.reader.protected)

    def notes(self, loaded: Loaded) -> list[str]:
        said = super().notes(loaded)
        if loaded.opened.view.meeting.state is MeetingState.PLANNED:
            said.append(tr("The meeting is not marked as held yet; what is printed now may still change."))
        return said
