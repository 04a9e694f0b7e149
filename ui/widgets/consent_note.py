"""Which consents of a case stand, said where information is about to leave the house. It never holds anything back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.services import consents
from caseworker_app.services.consents import Standing
from ui.house import House
from ui.tasks import Query
from ui.widgets.today.due_words import said
from ui.words import bind_call


class ConsentNote(QLabel):
    """A note with the case's consents as they stand today; hidden until they are read."""

    def __init__(self, house: House, case: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._standing: Standing | None = None
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", "note")
        self.hide()
        bind_call(self, self._say)
        house.tasks.query(self, Query(lambda reader: consents.standing(reader, case), self._show))

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        self._say()
        self.show()

    def _say(self) -> None:
        if self._standing is not None:
            self.setText(" ".join(map(said, self._standing.words)))
