"""A meeting in large in a window of its own, written at key by key; each key ends with its paint."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from caseworker_app import i18n
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Audience, Column, TimeSpan
from caseworker_app.services import meeting_run, meetings
from caseworker_app.services.forms import Edit
from caseworker_app.settings import Settings
from tests.helpers.stores import NOON, register

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit, QWidget

    from db.store import SqlStore
    from ui.pages.meeting_run_page import MeetingRunPage
    from ui.tasks import Tasks

SIZE = (1366, 768)
PARTICIPANTS, POINTS, AGREEMENTS = 40, 60, 20
LINE = "Emma fortalte, at det er sværest om mandagen, fordi hun ikke ved, hvem der er i klassen."


def crowded(store: SqlStore) -> Id:
    """Write a meeting of forty with sixty points and twenty agreements; it is going on."""
    case = register(store, "Emma Prøve", born=dt.date(2015, 3, 1))
    day, start = NOON.date(), NOON.time()
    when = TimeSpan(day, start.replace(hour=start.hour - 1), start.replace(hour=start.hour + 2))
    meeting = store.write(lambda w: meetings.plan(w, case, {"when": when, "purpose": LINE})).result
    for number in range(PARTICIPANTS):
        store.write(
            lambda w, n=number: meetings.invite_name(w, meeting, f"Prøve {n}", "", Audience.PROFESSIONAL)
        )
    for number in range(POINTS):
        column = (Column.WORRIES, Column.WORKS, Column.WISHES)[number % 3]
        store.write(lambda w, n=number, c=column: meetings.add_point(w, meeting, c, f"{n} {LINE}"))
    for number in range(AGREEMENTS):
        store.write(
            lambda w, n=number: meetings.add_agreement(w, meeting, {"what": f"{n} {LINE}", "who": "Mor"})
        )
    edits = {"child_column": Edit(True), "scale_question": Edit("Hvor trygt er det i skolen?")}
    store.write(lambda w: meeting_run.edit(w, meeting, edits))
    return meeting


class Writing:
    """The page over the meeting, and a bare text of the same size beside it."""

    def __init__(self, page: MeetingRunPage, plain: QPlainTextEdit, tasks: Tasks, meeting: Id) -> None:
        self.page, self._plain, self._tasks, self._meeting = page, plain, tasks, meeting

    def open(self) -> float:
        """Open the meeting; return the milliseconds until it is shown and painted."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        begin = perf_counter()
        self.page.show_thing(self._meeting, "")
        while not self._tasks.idle:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.page.repaint()
        took = (perf_counter() - begin) * 1000
        self._settle()  # the parts that are not looked at are filled now, and are no part of the next opening
        return took

    def _settle(self) -> None:
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        while not self._tasks.idle:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        for _ in range(6):
            QApplication.processEvents()

    def keys(self, words: str) -> list[float]:
        """Type into the last line of the first column; return what each key took, in ms."""
        self.page.view.go(1)
        self._settle()
        row = self.page.view.said.columns[Column.WORRIES].list.fresh
        text = row.editors["text"].text
        before = text.toPlainText()
        took = [_key(text, letter) for letter in words]
        if text.toPlainText() != before + words or not text.isVisible():
            raise RuntimeError("what was typed does not stand in the line")
        return took

    def bare(self, words: str) -> list[float]:
        """Type the same into the bare text."""
        return [_key(self._plain, letter) for letter in words]

    def lines(self) -> int:
        """How many lines the view holds."""
        return sum(len(column.list.rows) for column in self.page.view.said.columns.values())


def _key(where: QWidget, letter: str) -> float:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    begin = perf_counter()
    QTest.keyClicks(where, letter)
    QApplication.processEvents()
    return (perf_counter() - begin) * 1000


class NoPapers:
    """Nothing is printed here."""

    def make(self, job: object) -> object:
        raise RuntimeError("no paper is made in this benchmark")


@contextmanager
def opened(store: SqlStore, folder: Path, meeting: Id) -> Iterator[Writing]:
    """Show the page over a store, in the dress of the program, in Danish."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    from ui import theme
    from ui.house import House
    from ui.pages.meeting_run_page import MeetingRunPage
    from ui.tasks import Tasks

    application = QApplication.instance() or QApplication(["benchmark"])
    assert isinstance(application, QApplication)
    i18n.set_language("da")
    theme.load_fonts()
    theme.apply(application, theme.ThemeName.LIGHT)
    tasks = Tasks(store)
    settings = Settings(folder / "settings.json")
    house = House(tasks, NoPapers(), settings, ShippedBooks(), lambda _place: None, lambda _words: None)
    page, plain = MeetingRunPage(house), QPlainTextEdit()
    tasks.touched.connect(page.follow)
    plain.resize(320, 480)
    plain.setPlainText("\n".join([LINE] * (POINTS // 3)))
    plain.show()
    page.resize(*SIZE)
    page.show()
    page.activateWindow()
    try:
        yield Writing(page, plain, tasks, meeting)
    finally:
        page.leave()
        page.close()
        plain.close()
        tasks.finish()
        page.deleteLater()
        plain.deleteLater()
