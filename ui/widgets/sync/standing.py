"""Where sync stands, in whole sentences: with whom, since when, what is not sent, what is in the way."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.services.sync_desk import Fault, FaultCode, Standing, SyncState
from ui import icons, theme
from ui.models.sync_words import (
    FAULT_ACTS,
    fault_words,
    is_calm,
    moment_words,
    progress_words,
    unsent_words,
)
from ui.widgets.sync.plain import button, empty, label
from ui.words import bind, bind_call, tr

_GRAVE = frozenset(
    {
        FaultCode.CERTIFICATE, FaultCode.OTHER_HUB, FaultCode.KEY_CHANGED, FaultCode.DISK_FULL, FaultCode.HELD,
        FaultCode.BROKE, FaultCode.CLOSED_CASE, FaultCode.TWO_HISTORIES,
    }
)  # fmt: skip
"""What somebody must do something about; the rest passes by itself."""


class StandingView(QWidget):
    """``sync_pressed``, ``cancel_pressed``, ``sign_out_pressed``, ``quarantine_pressed``, ``conflicts_pressed`` and (for a
    team leader) ``handed_in_pressed`` are its buttons; ``answered`` carries the :class:`FaultCode` of one that can be
    answered."""

    sync_pressed = Signal()
    cancel_pressed = Signal()
    sign_out_pressed = Signal()
    quarantine_pressed = Signal()
    conflicts_pressed = Signal()
    handed_in_pressed = Signal()
    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._state = SyncState()
        self._contested = 0
        self._said_faults: tuple[str, ...] = ()
        self.answers: dict[FaultCode, QPushButton] = {}
        self._mark, self.heading = QLabel(), label("subheading")
        self.with_whom, self.lines = label("muted"), label()
        self.faults = QVBoxLayout()
        self.faults.setSpacing(8)
        self.progress, self.bar, self.cancel_button = label(), QProgressBar(), button("Stop for now")
        self.sync_button = button("Sync now", "primary")
        self.sign_out_button = button("Sign out")
        self.handed_in_button = button("Handed in and not taken …")
        self.quarantine_button = QPushButton()
        self.conflicts_button = QPushButton()
        for one in (self.quarantine_button, self.conflicts_button):
            one.setAutoDefault(False)
        self._lay_out()
        self._join()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        self.bar.setTextVisible(False)
        bind(self.bar.setAccessibleName, "How far the sync is")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._mark)
        head.addWidget(self.heading, 1)
        self._moving = QWidget()
        moving = QHBoxLayout(self._moving)
        moving.setContentsMargins(0, 0, 0, 0)
        moving.setSpacing(8)
        moving.addWidget(self.progress)
        moving.addWidget(self.bar, 1)
        moving.addWidget(self.cancel_button)
        self.progress.setWordWrap(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        marks = (self.conflicts_button, self.quarantine_button, self.handed_in_button)
        for one in (self.sync_button, *marks, self.sign_out_button):
            buttons.addWidget(one)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.with_whom)
        layout.addWidget(self.lines)
        layout.addLayout(self.faults)
        layout.addWidget(self._moving)
        layout.addSpacing(4)
        layout.addLayout(buttons)

    def _join(self) -> None:
        self.sync_button.clicked.connect(self.sync_pressed)
        self.cancel_button.clicked.connect(self.cancel_pressed)
        self.sign_out_button.clicked.connect(self.sign_out_pressed)
        self.quarantine_button.clicked.connect(self.quarantine_pressed)
        self.conflicts_button.clicked.connect(self.conflicts_pressed)
        self.handed_in_button.clicked.connect(self.handed_in_pressed)

    def show_state(self, state: SyncState) -> None:
        """Show where sync stands."""
        self._state = state
        self._say()

    def show_contested(self, contested: int) -> None:
        """Show in how many fields people disagree."""
        self._contested = contested
        self._say()

    def _say(self) -> None:
        state, now = self._state, dt.datetime.now(dt.UTC)
        signed_in = state.standing is Standing.SIGNED_IN
        calm = is_calm(state) and signed_in
        tokens = theme.tokens()
        icon, colour = ("done", tokens.done) if calm else ("note", tokens.note)
        if any(fault.code in _GRAVE for fault in state.faults):
            icon, colour = "warning", tokens.overdue
        self._mark.setPixmap(icons.pixmap(icon, colour, ratio=self.devicePixelRatioF()))
        self.heading.setText(_heading(state, now))
        self.with_whom.setText(_with_whom(state))
        self.with_whom.setVisible(bool(self.with_whom.text()))
        lines = _lines(state, now)
        self.lines.setText("\n".join(lines))
        self.lines.setVisible(bool(lines))
        self._say_faults(state.faults)
        self._say_progress(state)
        self.sync_button.setVisible(signed_in or state.standing is Standing.REVOKED)
        self.sync_button.setEnabled(not state.running)
        self.sign_out_button.setVisible(signed_in)
        self.handed_in_button.setVisible(signed_in and state.leader)
        self.quarantine_button.setVisible(state.quarantined > 0)
        self.quarantine_button.setText(
            i18n.ngettext("{n} that was not taken …", "{n} that were not taken …", state.quarantined)
        )
        self.conflicts_button.setVisible(self._contested > 0)
        self.conflicts_button.setText(
            i18n.ngettext("{n} field with two values …", "{n} fields with two values …", self._contested)
        )

    def _say_progress(self, state: SyncState) -> None:
        self._moving.setVisible(state.running)
        self.progress.setText(
            tr("Fetching your cases for the first time. You can work meanwhile.")
            if state.first
            else progress_words(state)
        )
        self.bar.setRange(0, max(state.of, 0))
        self.bar.setValue(min(state.done, state.of))
        self.bar.setToolTip(progress_words(state))

    def _say_faults(self, faults: tuple[Fault, ...]) -> None:
        said = tuple(" ".join(fault_words(fault)) for fault in faults)
        if said == self._said_faults:
            return  # a button that somebody is about to press stays where it is
        self._said_faults = said
        empty(self.faults)
        self.answers.clear()
        for fault in faults:
            frame = _fault(fault)
            if fault.code in FAULT_ACTS:
                self._add_answer(frame, fault.code)
            self.faults.addWidget(frame)

    def _add_answer(self, frame: QFrame, code: FaultCode) -> None:
        answer = QPushButton(tr(FAULT_ACTS[code]))
        answer.setAutoDefault(False)
        answer.clicked.connect(lambda: self.answered.emit(code))
        self.answers[code] = answer
        across = frame.layout()
        if across is not None:
            across.addWidget(answer)


def _fault(fault: Fault) -> QFrame:
    frame = QFrame()
    grave = fault.code in _GRAVE
    frame.setProperty("look", "warning" if grave else "banner")
    mark, words, way = QLabel(), label("subheading"), label()
    colour = theme.tokens().overdue if grave else theme.tokens().note
    icon = "warning" if grave else "note"
    mark.setPixmap(icons.pixmap(icon, colour, ratio=frame.devicePixelRatioF()))
    sentence, out = fault_words(fault)
    words.setText(sentence)
    way.setText(out)
    frame.setAccessibleName(f"{sentence} {out}")
    said = QVBoxLayout()
    said.setSpacing(4)
    said.addWidget(words)
    said.addWidget(way)
    across = QHBoxLayout(frame)
    across.setContentsMargins(12, 8, 12, 8)
    across.setSpacing(12)
    across.addWidget(mark)
    across.addLayout(said, 1)
    return frame


def _heading(state: SyncState, now: dt.datetime) -> str:
    match state.standing:
        case Standing.UNKNOWN:
            return tr("Just a moment …")
        case Standing.NO_HUB:
            return tr("Everything is only on this computer")
        case Standing.SIGNED_OUT:
            return tr("Nobody is signed in on this computer")
        case Standing.REVOKED:
            return tr("This device is closed")
    if state.unsent:
        return unsent_words(state.unsent, state.oldest_unsent, now)
    return tr("Everything is sent and confirmed")


def _with_whom(state: SyncState) -> str:
    if state.standing in (Standing.UNKNOWN, Standing.NO_HUB):
        return ""
    parts = [
        tr("{user} at {hub}", user=state.user, hub=state.hub) if state.user else state.hub,
        state.address,
    ]
    if state.fingerprint:
        parts.append(tr("fingerprint {fingerprint}", fingerprint=spaced(state.fingerprint)))
    return " · ".join(part for part in parts if part)


def spaced(fingerprint: str) -> str:
    """Return a fingerprint in groups of four, to be read aloud."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


def _lines(state: SyncState, now: dt.datetime) -> list[str]:
    if state.standing is Standing.NO_HUB:
        return [tr("Without a hub nothing is shared, and a lost computer is a lost case. Take backups.")]
    lines = []
    if state.standing is Standing.SIGNED_OUT and state.unsent:
        lines.append(tr("{words}. It is kept here, and sent when you sign in.",
                        words=unsent_words(state.unsent, state.oldest_unsent, now)))  # fmt: skip
    if state.standing is Standing.REVOKED:
        lines.append(
            tr("What you had written is kept here and can still be handed in. Nothing new is fetched.")
        )
    if state.last_contact is not None:
        lines.append(tr("Last contact with the hub: {moment}", moment=moment_words(state.last_contact, now)))
    if state.waiting_key:
        lines.append(
            i18n.ngettext(
                "{n} change waits for a key. It comes by itself when another of your devices has been online, or from "
                "the IT department.",
                "{n} changes wait for a key. It comes by itself when another of your devices has been online, or from "
                "the IT department.",
                state.waiting_key,
            )
        )
    if state.waiting_version:
        lines.append(
            i18n.ngettext(
                "{n} change was written in a newer version of Tæt på, and is shown when this one is updated.",
                "{n} changes were written in a newer version of Tæt på, and are shown when this one is updated.",
                state.waiting_version,
            )
        )
    if state.standing is Standing.SIGNED_IN:
        lines.append(
            tr("The organisation has no key to the cases: only those who share a case can read it.")
            if state.end_to_end
            else tr("Cases are encrypted for those who share them, and for the organisation's own key.")
        )
    return lines
