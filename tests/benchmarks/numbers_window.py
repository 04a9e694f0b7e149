"""The page Tal in a window of its own, opened again and again; each opening ends with its paint."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from caseworker_app import i18n
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.numbers.report import report
from caseworker_app.domain.numbers.span import Span
from caseworker_app.services import numbers
from caseworker_app.settings import Settings
from tests.benchmarks.today_window import SIZE, NoPapers

if TYPE_CHECKING:
    from db.store import SqlStore
    from ui.house import House
    from ui.pages.numbers_page import NumbersPage


class OpenedNumbers:
    """The page over a store."""

    def __init__(self, store: SqlStore, house: House, page: NumbersPage) -> None:
        self._store, self._house, self._page = store, house, page
        self._painted = 0.0
        page.in_sight.connect(self._note)

    def open(self, sheet: str = "half_years") -> float:
        """Read, count and show a sheet; return the milliseconds until its numbers are painted."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        self._painted = 0.0
        begin = perf_counter()
        self._page.show_thing(None, sheet)
        while not self._painted:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        took = (self._painted - begin) * 1000
        while not self._house.tasks.idle:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()
        return took

    def _note(self) -> None:
        self._painted = perf_counter()

    def count(self) -> float:
        """Read everything and count every sheet from the first case on; return the milliseconds."""
        books = self._house.books
        begin = perf_counter()
        found = self._store.read(
            lambda reader: numbers.load(reader, books.rules(reader), books.catalogue(reader).catalogue)
        )
        events = found.events
        made = report(
            events, Span(events.begun, events.today), Span(events.begun, events.today).years_before(1)
        )
        assert made
        return (perf_counter() - begin) * 1000

    @property
    def figures(self) -> int:
        """How many figures stand on all the sheets."""
        shown = self._page.shown
        return (
            0
            if shown is None
            else sum(len(line.cells) for sheet in shown.sheets.values() for line in sheet.lines)
        )


@contextmanager
def opened(store: SqlStore, folder: Path) -> Iterator[OpenedNumbers]:
    """Show the page over a store, in the dress of the program, in Danish."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui import theme
    from ui.house import House
    from ui.pages.numbers_page import NumbersPage
    from ui.tasks import Tasks

    application = QApplication.instance() or QApplication(["benchmark"])
    assert isinstance(application, QApplication)
    i18n.set_language("da")
    theme.load_fonts()
    theme.apply(application, theme.ThemeName.LIGHT)
    tasks = Tasks(store)
    settings = Settings(folder / "settings.json")
    house = House(tasks, NoPapers(), settings, ShippedBooks(), lambda _place: None, lambda _words: None)
    page = NumbersPage(house)
    page.resize(*SIZE)
    page.show()
    try:
        yield OpenedNumbers(store, house, page)
    finally:
        page.close()
        tasks.finish()
        page.deleteLater()
