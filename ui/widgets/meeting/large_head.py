"""Above the large view: whose turn it is, and how much time is left. Calm: nothing blinks, words change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import clock_span
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Participant, TimeSpan
from caseworker_app.domain.meeting_run import Pace, TimeLeft, next_speaker, time_left
from caseworker_app.services.ports import Reader
from caseworker_app.services.statutes import DENMARK
from ui.house import House
from ui.tasks import Query
from ui.widgets.announce import announce
from ui.words import bind, bind_call, tr

LOOK_MS = 15_000
"""How often the time is looked at, in ms."""
_NAME_WIDTH = 240


class Turns(QWidget):
    """Who speaks now and who next, in the order of the participants who are here. Nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._here: dict[Id, str] = {}
        self.now: Id | None = None
        self.speaker, self.following = QToolButton(), QLabel()
        self.next = QPushButton()
        self._menu = QMenu(self)
        self.speaker.setMenu(self._menu)
        self.speaker.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.speaker.setProperty("look", "quiet")
        self.following.setProperty("look", "muted")
        self.next.setToolTip("F9")
        self.next.clicked.connect(self.go_on)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.next, self.speaker, self.following):
            layout.addWidget(widget)
        layout.addStretch(1)
        bind_call(self, self._say)

    def show_here(self, here: Sequence[Participant]) -> None:
        """Take who is here; whoever speaks goes on as long as she is among them."""
        named = {one.id: one.name for one in here}
        if named == self._here:
            return
        self._here = named
        if self.now not in named:
            self.now = None
        self._menu.clear()
        for one, name in named.items():
            self._menu.addAction(name.replace("&", "&&")).triggered.connect(partial(self.give, one))
        self._say()

    def give(self, one: Id, _checked: bool = False) -> None:
        """Give somebody the word."""
        self.now = one
        self._say()
        announce(self.speaker, self.speaker.text())

    def go_on(self) -> None:
        """Give the next in the round the word."""
        following = next_speaker(list(self._here), self.now)
        if following is not None:
            self.give(following)

    def _say(self) -> None:
        following = next_speaker(list(self._here), self.now)
        self.setVisible(bool(self._here))
        self.speaker.setVisible(self.now is not None)
        self.following.setVisible(self.now is not None and len(self._here) > 1)
        if self.now is None:
            self.next.setText(tr("Begin the round (F9)"))
            self.speaker.setAccessibleName(tr("Who speaks now"))
        else:
            self.next.setText(tr("Next (F9)"))
            words = tr("Speaks now: {name}", name=self._short(self._here[self.now]))
            self.speaker.setText(words)
            self.speaker.setToolTip(self._here[self.now])
            self.speaker.setAccessibleName(tr("Speaks now: {name}", name=self._here[self.now]))
        if following is not None:
            self.following.setText(tr("then {name}", name=self._short(self._here[following])))

    def _short(self, name: str) -> str:
        return QFontMetrics(self.font()).elidedText(name, Qt.TextElideMode.ElideRight, _NAME_WIDTH)


class TimeNote(QWidget):
    """How much time is left. ``sum_up`` comes when the button beside the warning is pressed."""

    sum_up = Signal()

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house
        self._when: TimeSpan | None = None
        self._warn: int | None = None
        self._then: dt.datetime | None = None
        self._since = QElapsedTimer()
        self._said = TimeLeft(Pace.ANOTHER_TIME)
        self.words, self.button = QLabel(), QPushButton()
        bind(self.button.setText, "To the summary (Ctrl+4)")
        self.button.clicked.connect(self.sum_up)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words)
        layout.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._ask)
        bind_call(self, self._say)

    def show_time(self, when: TimeSpan | None, warn: int | None, now: dt.datetime) -> None:
        """Take the meeting's time, when to warn, and the store's moment."""
        self._when, self._warn = when, warn
        self.take_now(now)
        self._timer.start()

    def stop(self) -> None:
        """Look at the time no more: the meeting is not shown."""
        self._timer.stop()

    def _ask(self) -> None:
        self._house.tasks.query(self, Query(_moment, self.take_now))

    def take_now(self, now: dt.datetime) -> None:
        """Take the moment it is."""
        self._then = now
        self._since.start()
        self._say()

    @property
    def left(self) -> TimeLeft:
        """How the meeting stands now."""
        if self._then is None:
            return TimeLeft(Pace.ANOTHER_TIME)
        now = self._then + dt.timedelta(milliseconds=self._since.elapsed())
        return time_left(self._when, now, DENMARK, self._warn)

    def _say(self) -> None:
        left, before = self.left, self._said
        self._said = left
        words = self._words(left)
        if words != self.words.text():
            self.words.setText(words)
            self.words.setAccessibleName(words)
        mind = left.pace in (Pace.SUM_UP, Pace.OVER)
        look = "soon" if mind else "muted"
        if self.words.property("look") != look:
            self.words.setProperty("look", look)
            self.words.style().polish(self.words)
        self.button.setVisible(mind)
        self.setVisible(bool(words))
        if left.pace is not before.pace and mind:
            announce(self.words, words)

    def _words(self, left: TimeLeft) -> str:
        if self._when is None:
            return ""
        if left.pace is Pace.GOES_ON:
            return i18n.ngettext("{n} minute left", "{n} minutes left", left.minutes)
        if left.pace is Pace.SUM_UP:
            return i18n.ngettext(
                "{n} minute left: time to sum up", "{n} minutes left: time to sum up", left.minutes
            )
        if left.pace is Pace.OVER:
            return tr("The time is up")
        return clock_span(self._when.start, self._when.end, i18n.current().language)


def _moment(reader: Reader) -> dt.datetime:
    return reader.now
