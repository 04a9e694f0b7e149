"""Somebody in the hand outside the map: on the way out of the tray, or back into it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from caseworker_app.domain.map_view import SeenPerson
from ui.network_map.signs import person_picture

_SIZE = QSize(132, 110)


class Ghost(QLabel):
    """A picture that follows the hand and is in nobody's way."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(_SIZE)
        self._shown: SeenPerson | None = None
        self.hide()

    def follow(self, person: SeenPerson | None, hue: str, at: QPoint) -> None:
        """Be at a point of the parent; ``None`` is nobody."""
        if person is None:
            self._shown = None
            self.hide()
            return
        if person != self._shown:
            self._shown = person
            self.setPixmap(person_picture(person, hue, 3.6, _SIZE))
        self.move(at - QPoint(_SIZE.width() // 2, _SIZE.height() // 2))
        self.show()
        self.raise_()
