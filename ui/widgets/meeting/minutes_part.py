"""The minutes: their copies, and below them where they stand: draft, approved, sent to all invited, added to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import MeetingState
from caseworker_app.domain.minutes import Beside, MinutesVersion
from caseworker_app.domain.papers import MinutesFacts, PaperJob
from caseworker_app.domain.phrases import N_
from caseworker_app.services import minutes_versions, papers
from caseworker_app.services.minutes_versions import Standing
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.tasks import Op, Query
from ui.widgets.meeting.copies import Copy
from ui.widgets.meeting.papers import MinutesPart
from ui.widgets.meeting.part import Loaded
from ui.words import bind, bind_call, tr


@dataclass(frozen=True, slots=True)
class _Read:
    standing: Standing
    people: tuple[tuple[Id, str], ...]


class MinutesDesk(MinutesPart):
    """See the module. Approving and sending are final acts; approving is asked about first, beneath the buttons."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._read: _Read | None = None
        self.as_draft = QCheckBox()
        self.states = QLabel()
        self.approve, self.send, self.add, self.compare = (QPushButton() for _ in range(4))
        self.ask = QFrame()
        self.yes, self.no = QPushButton(), QPushButton()
        self.column.insertWidget(self.column.indexOf(self.table) + 1, self._card())
        self.as_draft.toggled.connect(lambda _on: self._show())
        self.approve.clicked.connect(lambda: self._ask_to_approve(True))
        self.no.clicked.connect(lambda: self._ask_to_approve(False))
        self.yes.clicked.connect(self._approve)
        self.send.clicked.connect(self._send)
        self.add.clicked.connect(self._add)
        self.compare.clicked.connect(self._compare)
        bind_call(self, self._say_states)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("look", "card")
        self.states.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button, msgid in (
            (self.approve, N_("Approve the minutes …")),
            (self.send, N_("Note as sent …")),
            (self.add, N_("Add a remark …")),
            (self.compare, N_("What was changed since the draft …")),
        ):
            bind(button.setText, msgid)
            buttons.addWidget(button)
        buttons.addStretch(1)
        bind(self.as_draft.setText, "Print as a draft for remarks")
        buttons.addWidget(self.as_draft)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.states)
        layout.addLayout(buttons)
        layout.addWidget(self._question())
        return card

    def _question(self) -> QFrame:
        self.ask.setProperty("look", "banner")
        words = QLabel()
        words.setWordWrap(True)
        bind(words.setText, "Approved minutes do not change any more. Later remarks are added below them.")
        bind(self.yes.setText, "Approve")
        bind(self.no.setText, "Not yet")
        self.yes.setProperty("look", "primary")
        row = QHBoxLayout(self.ask)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(words, 1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.ask.hide()
        return self.ask

    # what is shown

    def show_loaded(self, loaded: Loaded) -> None:
        """Ask for the copies, and where the minutes stand."""
        super().show_loaded(loaded)
        meeting = loaded.opened.view.meeting.id
        if loaded.first:
            self._ask_to_approve(False)

        def read(reader: Reader) -> _Read | None:
            try:
                standing = minutes_versions.standing(reader, meeting)
            except KeyError:
                return None
            view = loaded.opened.view
            named = zip((p.id for p in view.participants), papers.recipients(view), strict=True)
            return _Read(standing, tuple(named))

        def show(found: _Read | None) -> None:
            if self.meeting == meeting:
                self._read = found
                self._say_states()

        self._house.tasks.query(self, Query(read, show))

    def copy_of(self, job: PaperJob) -> Copy:
        """Return the line of a copy; as a draft it says so on itself."""
        if self.as_draft.isChecked() and isinstance(job.facts, MinutesFacts) and job.facts.signed_on is None:
            job = replace(job, facts=replace(job.facts, draft=True))
            copy = super().copy_of(job)
            return replace(copy, remarks=(tr("Draft for remarks."), *copy.remarks))
        return super().copy_of(job)

    def _say_states(self) -> None:
        loaded, read = self._loaded, self._read
        held = loaded is not None and loaded.opened.view.meeting.state is MeetingState.HELD
        standing = None if read is None else read.standing
        signed = standing is not None and standing.signed is not None
        self.approve.setVisible(not signed)
        self.approve.setEnabled(held)
        self.send.setEnabled(held and read is not None and bool(read.people))
        self.add.setVisible(signed)
        self.compare.setVisible(standing is not None and bool(standing.drafts))
        self.as_draft.setVisible(not signed)
        if signed:
            self.ask.hide()
        self.states.setText("" if standing is None else "\n".join(_words(standing)))
        self.states.setVisible(bool(self.states.text()))

    # what is done

    def _ask_to_approve(self, asked: bool) -> None:
        self.ask.setVisible(asked)
        if asked:
            self.yes.setFocus()

    def _approve(self) -> None:
        meeting = self.meeting
        self.complaint.clear()
        if meeting is not None:
            said = N_("The minutes are approved.")
            approve = Op(lambda w: minutes_versions.sign(w, meeting), None, said, self.complaint.show_error)
            self._house.tasks.op(self, approve)

    def _send(self) -> None:
        from ui.dialogs.minutes_dialogs import SendMinutesDialog

        read, loaded, meeting = self._read, self._loaded, self.meeting
        if read is None or loaded is None or meeting is None:
            return
        dialog = SendMinutesDialog(
            self._house, meeting, read.people, loaded.today,
            draft=self.as_draft.isChecked(), signed=read.standing.signed is not None, parent=self,
        )  # fmt: skip
        dialog.open()

    def _add(self) -> None:
        from ui.dialogs.minutes_dialogs import AdditionDialog

        if self._loaded is not None and self.meeting is not None:
            AdditionDialog(self._house, self.meeting, self._loaded.opened.view.meeting.stream, self).open()

    def _compare(self) -> None:
        read, meeting = self._read, self.meeting
        if read is None or meeting is None or not read.standing.drafts:
            return
        draft, signed = read.standing.drafts[-1], read.standing.signed

        def show(rows: list[Beside]) -> None:
            from ui.dialogs.minutes_dialogs import DifferencesDialog

            after = tr("As it stands now") if signed is None else tr("Approved {day}", day=_day(signed))
            DifferencesDialog(rows, tr("Draft of {day}", day=_day(draft)), after, self).open()

        self._house.tasks.query(self, Query(lambda r: minutes_versions.compared(r, meeting, draft.id), show))


def _day(version: MinutesVersion) -> str:
    return "" if version.on is None else long_date(version.on, i18n.current().language)


def _words(standing: Standing) -> list[str]:
    """Return where the minutes stand, a line for each thing that happened."""
    language = i18n.current().language
    lines = []
    for draft in standing.drafts:
        to = [one.recipient for one in standing.sendings if one.version == draft.id]
        lines.append(tr("Draft sent {day} to {names}.", day=_day(draft), names=", ".join(to)))
    signed = standing.signed
    if signed is not None:
        lines.append(tr("Approved by {name} {day}.", name=signed.by, day=_day(signed)))
        sent = [one for one in standing.sendings if one.version == signed.id and one.on is not None]
        last = standing.sent_to_all
        if last is not None:
            lines.append(tr("Sent to all invited, the last {day}.", day=long_date(last, language)))
        elif sent:
            lines.append(tr("Sent to {names}.", names=", ".join(one.recipient for one in sent)))
        if standing.left and last is None:
            lines.append(tr("Not sent yet to {names}.", names=", ".join(standing.left)))
    lines += [
        tr(
            "Remark from {name} {day}.",
            name=one.by,
            day="" if one.on is None else long_date(one.on, language),
        )
        for one in standing.additions
    ]
    return lines
