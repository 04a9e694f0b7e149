"""A process in which a map is drawn, a name at a time, until it is killed; it says how many gestures it has made."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.map_geometry import cell_centre
from tests.helpers.stores import again
from ui.house import House
from ui.pages.map_page import MapPage
from ui.tasks import Tasks

EVERY_MS = 60
RINGS = ("closest", "close", "known", "distant")
SECTORS = ("family", "friends", "school", "professionals")


class Talk:
    """Writes two names, places one of them, and so on: each is one gesture."""

    def __init__(self, page: MapPage) -> None:
        self._page, self._made = page, 0

    def go_on(self) -> None:
        """Make one gesture, and say so when it has been made."""
        if self._page.session.opened is None:
            return
        if self._made % 3 == 2:
            self._move()
        else:
            self._name()
        self._made += 1
        sys.stdout.write(f"{self._made}\n")
        sys.stdout.flush()

    def _name(self) -> None:
        self._page.desk.tray.field.setText(f"Navn {self._made}")
        QTest.keyClick(self._page.desk.tray.field, Qt.Key.Key_Return)

    def _move(self) -> None:
        session = self._page.session
        waiting = [one for one in session.opened.people if one.placement is None]
        placed = [one.placement for one in session.opened.people if one.placement is not None]
        ring, sector = RINGS[self._made % 4], SECTORS[self._made // 4 % 4]
        session.move(waiting[0].id, cell_centre(session.opened.template, ring, sector, placed))


def main(folder: Path, network_map: str) -> None:
    """Open the map and draw on it."""
    application = QApplication([])
    tasks = Tasks(again(folder))
    house = House(tasks, None, None, ShippedBooks(), lambda _place: None, lambda _said: None)
    page = MapPage(house)
    tasks.touched.connect(page.follow)
    page.resize(1222, 684)
    page.show()
    page.show_thing(bytes.fromhex(network_map), "")
    talk, timer = Talk(page), QTimer()
    timer.timeout.connect(talk.go_on)
    timer.start(EVERY_MS)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
