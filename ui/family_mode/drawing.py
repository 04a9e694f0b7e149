"""The drawing place of Familievisning: the map with its tray and bar, and above it the few words the family needs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import UserError
from caseworker_app.i18n import N_
from caseworker_app.services.family_view import Audience
from ui.family_mode.big import TARGET, big_button
from ui.family_mode.session import FamilySession
from ui.network_map.desk import MapDesk
from ui.network_map.session_base import Selection
from ui.passing_on import pass_focus
from ui.widgets.complaint import Complaint
from ui.words import bind, bind_call, tr

_TITLES = {Audience.CHILD: N_("My drawing"), Audience.PARENTS: N_("Our map")}
_TELLS = {
    Audience.CHILD: N_(
        "Press where somebody belongs and write the name. Those nearest to you stand in the middle."
    ),
    Audience.PARENTS: N_("Press where somebody belongs and write the name. The child stands in the middle."),
}

_KEPT = N_("This was drawn before, and is kept as it was.")


class Drawing(QWidget):
    """``leave_pressed`` and ``cover_pressed`` are the two buttons of the worker; all else is drawing."""

    leave_pressed = Signal()
    cover_pressed = Signal()

    def __init__(self, session: FamilySession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.desk = MapDesk(session, self, cards=False, statements=False)
        for button in (self.desk.tools.out, self.desk.tools.near):
            button.setStyleSheet(
                f"padding: 0; font-size: 16pt; min-width: {TARGET}px; min-height: {TARGET - 2}px;"
            )
        self.hard = QPushButton()
        self.hard.setCheckable(True)
        self.cover = big_button(N_("Cover (F12)"), self.cover_pressed.emit, "quiet")
        self.leave = big_button(N_("End"), self.leave_pressed.emit)
        self.complaint = Complaint()
        self._lay_out()
        self._connect()
        self.offer(undo=False, redo=False)
        pass_focus(self, lambda: self.desk.canvas)

    def _lay_out(self) -> None:
        title, tells = QLabel(), QLabel()
        title.setProperty("look", "heading")
        tells.setWordWrap(True)
        bind_call(title, lambda: title.setText(self._title()))
        bind(tells.setText, _KEPT if self._session.locked else _TELLS[self._session.audience])
        self.hard.setVisible(self._session.audience is Audience.CHILD)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title)
        head.addWidget(tells, 1)
        for button in (self.hard, self.cover, self.leave):
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.complaint)
        layout.addWidget(self.desk, 1)

    def _title(self) -> str:
        title, day = tr(_TITLES[self._session.audience]), self._session.day
        return title if day is None else f"{title}, {long_date(day, i18n.current().language)}"

    def _connect(self) -> None:
        self.hard.clicked.connect(self._session.ask_for_hard)
        self._session.changed.connect(self._say)
        bind_call(self.hard, self._say)
        for keys, act in (("Ctrl+Z", self._session.undo), ("Ctrl+Y", self._session.redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _say(self, _changed: object = None) -> None:
        asked = self._session.asked_for_hard
        self.hard.setChecked(asked)
        words = tr("Put away what is hard") if asked else tr("Show what is hard too")
        self.hard.setText(words)
        self.hard.setAccessibleName(words)

    def offer(self, *, undo: bool, redo: bool) -> None:
        """Say whether something drawn here can be taken back or brought again."""
        self.desk.tools.offer("" if undo else None, "" if redo else None)

    def put_down(self) -> None:
        """Let go of what is carried, typed or chosen: the picture is covered."""
        self.desk.canvas.pointer.lose()
        self.desk.asking.close()
        self.desk.tray.field.clear()
        self._session.choose(Selection())

    def say_error(self, error: UserError) -> None:
        """Say in the window why something was not drawn."""
        self.complaint.show_error(error)
