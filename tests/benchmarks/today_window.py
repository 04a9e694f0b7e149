"""The page I dag in a window of its own, opened again and again; each opening ends with its paint."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from caseworker_app import i18n
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.services.today import today
from caseworker_app.settings import Settings

if TYPE_CHECKING:
    from db.store import SqlStore
    from ui.house import House
    from ui.pages.today_page import TodayPage

SIZE = (1222, 684)
"""The page's room in a window of 1366 x 768."""


class OpenedPage:
    """The page over a store."""

    def __init__(self, store: SqlStore, house: House, page: TodayPage) -> None:
        self._store, self._house, self._page = store, house, page
        self._painted = 0.0
        page.in_sight.connect(self._note)

    def open(self) -> float:
        """Show the day anew, as on the first opening after unlocking: nothing evaluated before is used.

        Return the milliseconds until what is in sight of it is painted in the window; what is out of sight is made
        afterwards, before this returns; it begins and ends with nothing under way.
        """
        self._page.forget()
        return self.again()

    def again(self) -> float:
        """Show the day once more, as when coming back to the page; return the milliseconds as :meth:`open` does."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        self._painted = 0.0
        begin = perf_counter()
        self._page.show_thing(None, "")
        while not self._painted:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        took = (self._painted - begin) * 1000
        while not self._house.tasks.idle:  # what is asked for afterwards is no part of the next opening
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()
        return took

    def _note(self) -> None:
        self._painted = perf_counter()

    def query(self) -> float:
        """Return the milliseconds of the query alone."""
        books = self._house.books
        begin = perf_counter()
        self._store.read(lambda reader: today(reader, books.rules(reader)))
        return (perf_counter() - begin) * 1000

    @property
    def lines(self) -> int:
        """How many lines stand on the page."""
        from ui.widgets.line_button import LineButton

        return sum(line.isVisibleTo(self._page) for line in self._page.findChildren(LineButton))


class NoPapers:
    """Nothing is printed here."""

    def make(self, job: object) -> object:
        raise RuntimeError("no paper is made in this benchmark")


@contextmanager
def opened(store: SqlStore, folder: Path) -> Iterator[OpenedPage]:
    """Show the page over a store, in the dress of the program, in Danish."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui import theme
    from ui.house import House
    from ui.pages.today_page import TodayPage
    from ui.tasks import Tasks

    application = QApplication.instance() or QApplication(["benchmark"])
    assert isinstance(application, QApplication)
    i18n.set_language("da")
    theme.load_fonts()
    theme.apply(application, theme.ThemeName.LIGHT)
    tasks = Tasks(store)
    house = House(
        tasks,
        NoPapers(),
        Settings(folder / "settings.json"),
        ShippedBooks(),
        lambda _place: None,
        lambda _words: None,
    )
    page = TodayPage(house)
    page.resize(*SIZE)
    page.show()
    try:
        yield OpenedPage(store, house, page)
    finally:
        page.close()
        tasks.finish()
        page.deleteLater()
