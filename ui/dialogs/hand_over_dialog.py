"""Handing a case over: to which team leader, what runs and what is unsent, the mail to her, and what one keeps oneself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import handing_over
from caseworker_app.services.handing_over import HandOver
from caseworker_app.services.ports import Reader
from caseworker_app.services.sync_desk import Colleague, RecordStanding, ShareRole, Standing
from ui.clipboard import copied
from ui.dialogs.fitting import resize
from ui.house import House
from ui.models.caseload_rows import child_words
from ui.models.due_rows import what_words
from ui.models.sync_words import standing_words
from ui.tasks import Job, Query
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.sync.members import person_words
from ui.widgets.sync.plain import button, label
from ui.words import bind, bind_call, tr

KEEP_LABELS: dict[ShareRole | None, str] = {
    ShareRole.MEMBER: N_("I write in it until the handover meeting has been held"),
    ShareRole.READER: N_("I may still read it"),
    None: N_("I leave the case"),
}
_MOST_DEADLINES = 5
_SIZE = (840, 700)


class HandOverDialog(QDialog):
    """Opened with ``open()``; gone when closed. ``meeting_pressed`` asks for an overleveringsmøde to be planned,
    ``file_pressed`` for the case to be given in a file."""

    meeting_pressed = Signal()
    file_pressed = Signal()

    def __init__(self, house: House, case: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind(self.setWindowTitle, "Hand the case over")
        self._house, self._case = house, case
        self._facts: HandOver | None = None
        self._standing: RecordStanding | None = None
        self._leaders: tuple[Colleague, ...] = ()
        self._written = False
        self.child, self.stays = label("subheading"), label("soon")
        self.unsent, self.running = label(), label()
        self.leader, self.keep = Combo(), Combo()
        self.mail_text, self.subject = QPlainTextEdit(), label()
        self.copy_button = button("Copy the mail")
        self.meeting_button = button("Plan the handover meeting")
        self.file_button = button("Give it in a file …")
        self.hand_button, self.close_button = button("Hand over", "primary"), button("Close")
        self.said, self.complaint = label("muted"), Complaint()
        self.said.hide()
        self._lay_out()
        self._join()
        bind_call(self, self._say)
        resize(self, *_SIZE)
        self._ask()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (N_("Sent"), self.unsent),
            (N_("Deadlines running"), self.running),
            (N_("To the team leader"), self.leader),
            (N_("And you yourself"), self.keep),
            (N_("The mail's subject"), self.subject),
        )
        for row, (msgid, widget) in enumerate(rows):
            words = label("muted", msgid)
            words.setWordWrap(False)
            words.setBuddy(widget)
            bind(widget.setAccessibleName, msgid)
            grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, row, 1)
        for keep in KEEP_LABELS:
            self.keep.addItem("", keep)
        bind(self.mail_text.setAccessibleName, "The mail to the team leader")
        self.mail_text.setTabChangesFocus(True)
        self.mail_text.setMinimumHeight(200)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.child)
        column.addWidget(self.stays)
        column.addLayout(grid)
        column.addWidget(self.mail_text, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for one in (self.hand_button, self.file_button, self.copy_button, self.meeting_button):
            foot.addWidget(one)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label("heading", "Hand the case over"))
        layout.addWidget(area, 1)
        layout.addWidget(self.said)
        layout.addWidget(self.complaint)
        layout.addLayout(foot)

    def _join(self) -> None:
        self.leader.currentIndexChanged.connect(lambda _row: self._write_mail())
        self.mail_text.textChanged.connect(self._typed)
        self.copy_button.clicked.connect(self.copy_mail)
        self.meeting_button.clicked.connect(self._plan)
        self.hand_button.clicked.connect(self.hand_over)
        self.file_button.clicked.connect(self.file_pressed)
        self.close_button.clicked.connect(self.reject)

    # asking and showing

    def _ask(self) -> None:
        case, books = self._case, self._house.books

        def ask(reader: Reader) -> HandOver:
            return handing_over.facts(reader, books, case)

        self._house.tasks.query(self, Query(ask, self._show))
        if self._house.sync.state().standing is Standing.SIGNED_IN:
            desk = self._house.sync
            self._house.tasks.job(self, Job(desk.people, self._show_people, self.complaint.show_error))

    def _show(self, found: HandOver) -> None:
        self._facts = found
        desk, stream = self._house.sync, found.case.stream
        if desk.state().standing not in (Standing.UNKNOWN, Standing.NO_HUB):
            self._house.tasks.job(self, Job(lambda: desk.standing_of(stream=stream), self._show_standing))
        self._say()

    def _show_standing(self, standing: RecordStanding) -> None:
        self._standing = standing
        self._say()

    def _show_people(self, people: Sequence[Colleague]) -> None:
        self._leaders = tuple(one for one in people if one.leader and not one.me)
        self.leader.blockSignals(True)
        self.leader.clear()
        for one in self._leaders:
            self.leader.addItem(person_words(one), one.user)
        self.leader.setCurrentIndex(0 if self._leaders else -1)
        self.leader.blockSignals(False)
        self._say()

    def _say(self) -> None:
        found = self._facts
        for row, msgid in enumerate(KEEP_LABELS.values()):
            self.keep.setItemText(row, tr(msgid))
        if found is None:
            return
        self.child.setText(child_words(found.case))
        self.stays.setText(
            ""
            if found.moves
            else tr(
                "A placement or aftercare stays where it is when the family moves. In doubt, ask your own team leader."
            )
        )
        self.stays.setVisible(not found.moves)
        now = dt.datetime.now(dt.UTC)
        here = tr("Only on this computer")
        self.unsent.setText(here if self._standing is None else standing_words(self._standing, now))
        self.running.setText("\n".join(self._deadlines(i18n.current().language)) or tr("None"))
        on_hub = bool(self._leaders)
        self.hand_button.setEnabled(on_hub)
        self.hand_button.setToolTip(
            "" if on_hub else tr("No team leader is on your hub: send the mail, and print the case.")
        )
        self.leader.setEnabled(on_hub)
        self._write_mail()

    def _deadlines(self, language: str) -> tuple[str, ...]:
        found = self._facts
        running = () if found is None else found.running
        said = [f"{long_date(one.due, language)}: {what_words(one)}" for one in running[:_MOST_DEADLINES]]
        if len(running) > _MOST_DEADLINES:
            said.append(i18n.ngettext("and {n} more", "and {n} more", len(running) - _MOST_DEADLINES))
        return tuple(said)

    def _write_mail(self) -> None:
        if self._facts is None or self._written:
            return
        chosen = next((one.name for one in self._leaders if one.user == self.leader.currentData()), "")
        subject, text = handing_over.mail(self._facts, chosen, self._deadlines("da"))
        self.subject.setText(subject)
        self.mail_text.blockSignals(True)
        self.mail_text.setPlainText(text)
        self.mail_text.blockSignals(False)

    def _typed(self) -> None:
        self._written = True

    # what can be done

    def copy_mail(self) -> None:
        """Put subject and text on the clipboard."""
        copied().copy(f"{self.subject.text()}\n\n{self.mail_text.toPlainText()}")
        self._tell(tr("The mail is copied. It is taken off the clipboard after a minute."))

    def _plan(self) -> None:
        self.accept()
        self.meeting_pressed.emit()

    def hand_over(self) -> None:
        """Make the team leader responsible for the case."""
        found, user, keep = self._facts, self.leader.currentData(), self.keep.currentData()
        if found is None or user is None:
            return
        desk, stream = self._house.sync, found.case.stream
        self.complaint.clear()
        self.hand_button.setEnabled(False)
        self._house.tasks.job(
            self, Job(lambda: desk.hand_over(stream, user, keep), self._handed, self._refused)
        )

    def _handed(self, _nothing: None) -> None:
        self._tell(
            tr("The case is handed over. It arrives with the next sync, also where there are 25 already.")
        )

    def _tell(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()

    def _refused(self, error: UserError) -> None:
        self.hand_button.setEnabled(True)
        self.complaint.show_error(error)
