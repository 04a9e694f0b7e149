"""One line that says whether a thing stands in the record system too, with the way to copying it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.transfer import Standing, TransferState
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.tasks import Query, Touched
from ui.words import bind_call, tr


def standing_words(standing: Standing, system: str) -> str:
    """Return where a thing stands, in words. It is said that somebody copied it, never that it was sent."""
    language = i18n.current().language
    day = "" if standing.day is None else long_date(standing.day, language)
    if standing.state is TransferState.ON:
        return tr("Carried over to {system} on {day}", system=standing.system or system, day=day)
    if standing.state is TransferState.CHANGED:
        return tr("Changed since it was carried over on {day}", day=day)
    return tr("Not carried over to {system}", system=system)


class TransferMark(QWidget):
    """Shows one thing's state; hidden until it is known. ``opened`` comes when the dialog for copying was opened."""

    opened = Signal(object)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._kind, self._thing = "", b""
        self._standing: Standing | None = None
        self._system = ""
        self._asked = 0
        self.words, self.button = QLabel(), QPushButton()
        self.words.setProperty("look", "muted")
        self.button.setProperty("look", "quiet")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.open)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(self.words)
        across.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()
        house.tasks.touched.connect(self.follow)
        bind_call(self, self._say)

    def show_subject(self, kind: str, thing: Id | None) -> None:
        """Show where a thing stands; ``kind`` is what the log calls it. ``None`` hides the line."""
        self._kind, self._thing = kind, thing or b""
        if thing is None:
            self._asked += 1
            self.hide()
        else:
            self._ask()

    def follow(self, _touched: Touched) -> None:
        """Ask again: what the thing is made of may have changed."""
        if self._thing and not self.isHidden():
            self._ask()

    def _ask(self) -> None:
        self._asked += 1
        asked, kind, thing, books = self._asked, self._kind, self._thing, self._house.books

        def ask(reader: Reader) -> tuple[Standing, str]:
            from caseworker_app.services import transfers

            return transfers.state(reader, books, transfers.Subject(kind, thing)), transfers.system_of(reader)

        def show(answer: tuple[Standing, str]) -> None:
            if asked == self._asked:
                self._standing, self._system = answer
                self._say()
                self.show()

        self._house.tasks.query(self, Query(ask, show))

    def _say(self) -> None:
        if self._standing is None:
            return
        self.words.setText(standing_words(self._standing, self._system))
        look = "soon" if self._standing.state is TransferState.CHANGED else "muted"
        if self.words.property("look") != look:
            self.words.setProperty("look", look)
            self.words.style().polish(self.words)
        self.button.setText(tr("Copy to {system} …", system=self._system))

    def open(self) -> None:
        """Open the fields to copy."""
        from caseworker_app.services.transfers import Subject
        from ui.dialogs.transfer_dialog import TransferDialog

        dialog = TransferDialog(self._house, (Subject(self._kind, self._thing),), self.window())
        dialog.open()
        self.opened.emit(dialog)
