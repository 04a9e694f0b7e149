"""The card of somebody on the map: a drawer at the right, closed by default. What is never on the map stands here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_geometry import cell_centre
from caseworker_app.domain.network_map import MapPerson
from ui import icons
from ui.network_map import local
from ui.network_map.card_more import CardLines, CardLink, CardQuotes
from ui.network_map.list_panels import PersonPanel
from ui.network_map.session_base import Selection
from ui.network_map.worker_session import WorkerSession
from ui.words import bind

WIDTH = 344


class PersonCard(QFrame):
    """``closed`` comes when it is left; ``line_pressed`` and ``home_pressed`` ask for a line or a household of hers."""

    closed = Signal()
    line_pressed = Signal()
    home_pressed = Signal()
    line_chosen = Signal(object)

    def __init__(self, session: WorkerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._session = session
        self._person: Id | None = None
        self.title, self.close_button = QLabel(self), QPushButton(self)
        self.panel = PersonPanel(session)
        self.link, self.lines, self.quotes = CardLink(session), CardLines(session), CardQuotes(session)
        self._lay_out()
        self.close_button.clicked.connect(self.leave)
        self.panel.line_pressed.connect(self.line_pressed)
        self.panel.home_pressed.connect(self.home_pressed)
        self.panel.placed.connect(self._place)
        self.lines.chosen.connect(self.line_chosen)
        session.changed.connect(self._follow)
        session.known_as.connect(self._know_as)
        self.hide()

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        self.title.setProperty("look", "heading")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button.setProperty("look", "quiet")
        self.close_button.setFixedSize(40, 40)
        icons.dress(self.close_button, "close")
        bind(self.close_button.setAccessibleName, "Close the card")
        bind(self.close_button.setToolTip, "Close the card (Esc)")
        self.panel.heading.hide()
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(4, 0, 8, 8)
        column.setSpacing(12)
        for part in (self.panel, self.link, self.lines, self.quotes):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 4, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)

    @property
    def person(self) -> Id | None:
        """Whose card it is while it is open."""
        return self._person

    def show_person(self, person: Id) -> None:
        """Open somebody's card."""
        self._person = person
        self.show()
        self._follow(None)

    def take_keys(self) -> None:
        """Put the keyboard in the card's first field."""
        self.panel.called.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close the card."""
        if self.isVisible():
            self._person = None
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _know_as(self, stand_in: Id, real: Id) -> None:
        if self._person == stand_in:
            self._person = real

    def _now(self) -> MapPerson | None:
        opened = self._session.opened
        return None if opened is None or self._person is None else local.person_of(opened, self._person)

    def _follow(self, _changed: object) -> None:
        if self._person is None:
            return
        now = self._now()
        if now is None:
            self.leave()
            return
        self.title.setText(
            self.fontMetrics().elidedText(now.called or "?", Qt.TextElideMode.ElideRight, WIDTH - 140)
        )
        self.panel.show_person(now)
        self.panel.setEnabled(not self._session.locked)
        for part in (self.link, self.lines, self.quotes):
            part.show_person(now)

    def _place(self, ring: str | None, sector: str | None) -> None:
        now, opened = self._now(), self._session.opened
        if now is None or opened is None:
            return
        if ring is None:
            self._session.move(now.id, None)
            return
        taken = [p.placement for p in opened.people if p.id != now.id and p.placement is not None]
        where = cell_centre(opened.template, ring, sector or opened.template.sectors[0].id, taken)
        self._session.move(now.id, where)
        self._session.choose(Selection((now.id,)))
