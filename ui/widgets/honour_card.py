"""The card of a case's overview about honour-related conflict: which concerns there are, and how far each is."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.honour import HonourConcern, Involved
from caseworker_app.domain.ids import Id
from caseworker_app.services import honour
from ui.house import House
from ui.tasks import Query, Touched
from ui.words import bind, bind_call, tr


class HonourCard(QFrame):
    """Shows the concerns of a case. ``waiting`` says whether one has no risk assessment yet.

    Only the worker's own window has it: Familievisning and copies for the family know nothing of it.
    """

    waiting = Signal(bool)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._house = house
        self._case: Case | None = None
        self._concerns: tuple[HonourConcern, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.note_button = QPushButton()
        self.note_button.clicked.connect(lambda: self.open(None))
        heading = QLabel()
        heading.setProperty("look", "subheading")
        heading.setWordWrap(True)
        bind(heading.setText, "Honour-related conflict")
        bind(self.setAccessibleName, "Honour-related conflict")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addLayout(self._list)
        layout.addWidget(self.note_button)
        bind(self.note_button.setText, "Note a concern …")
        bind_call(self, self._say)

    def show_case(self, case: Case) -> None:
        """Show the concerns of a case."""
        if self._case is None or self._case.id != case.id:
            self._concerns = ()
            self._say()
        self._case = case
        self._ask()

    def follow(self, touched: Touched) -> None:
        """Ask again when a concern has changed."""
        if any(kind == "honour_concern" for kind, _entity in touched):
            self._ask()

    def open(self, concern: Id | None) -> None:
        """Open a concern, or the form for a new one."""
        from ui.dialogs.honour_dialog import HonourDialog

        if self._case is not None:
            HonourDialog(self._house, self._case, concern, self.window()).open()

    def _ask(self) -> None:
        case = self._case
        if case is None:
            return

        def show(found: tuple[HonourConcern, ...]) -> None:
            if self._case is not None and self._case.id == case.id:
                self._concerns = found
                self._say()

        self._house.tasks.query(self, Query(lambda r: honour.concerns(r, case.id), show))

    def _say(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for concern in self._concerns:
            self._list.addWidget(self._row(concern))
        if not self._concerns:
            none = _label(tr("No concern is noted."))
            none.setProperty("look", "muted")
            self._list.addWidget(none)
        self.waiting.emit(any(not concern.assessed for concern in self._concerns))

    def _row(self, concern: HonourConcern) -> QWidget:
        row = QWidget()
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        noted = _label(tr("Noted {day}", day=_day(concern.noted_on)))
        layout.addWidget(noted)
        for words, look in concern_words(concern):
            line = _label(words)
            line.setProperty("look", look)
            layout.addWidget(line)
        button = QPushButton(tr("Open …") if concern.assessed else tr("Write the risk assessment …"))
        button.setAccessibleName(f"{button.text()} {noted.text()}")
        button.clicked.connect(lambda: self.open(concern.id))
        layout.addSpacing(2)
        layout.addWidget(button)
        return row


def concern_words(concern: HonourConcern) -> tuple[tuple[str, str], ...]:
    """Return how far a concern is, as lines with the look of each."""
    if not concern.assessed:
        return ((tr("The risk assessment is missing."), "overdue"),)
    shut = [one for one in Involved if not concern.allows(one)]
    lines = [(tr("Risk assessed {day}", day=_day(concern.assessed_on)), "muted")]
    if Involved.PARENTS in shut:
        lines.append((tr("The parents must not be involved now."), "soon"))
    if Involved.NETWORK in shut:
        lines.append((tr("The network must not be involved now."), "soon"))
    return tuple(lines)


def _day(day: dt.date | None) -> str:
    return "?" if day is None else long_date(day, i18n.current().language)


def _label(words: str) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
