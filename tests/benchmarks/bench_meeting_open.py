"""Opening a meeting with forty participants: read, laid out and painted, beside a bare SQL read of the same rows. Two
meetings are opened in turns, so that no opening finds its own lines in place."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from caseworker_app import i18n
from caseworker_app.clock import FixedClock
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.entity import type_of
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting, MeetingPoint, Participant
from caseworker_app.domain.papers import Made, PaperJob
from caseworker_app.settings import Settings
from db.connection import connect
from db.rows import select
from tests.benchmarks.harness import Figure, benchmark, compared, median, percentile
from tests.benchmarks.meeting_window import PARTICIPANTS, SIZE, crowded
from tests.helpers.stores import KEY, NOON, founded

if TYPE_CHECKING:
    from db.store import SqlStore
    from ui.pages.meeting_page import MeetingPage

ROUNDS = 30
P95_MS = 100.0
"""From asking for the page at its list of participants until it is painted, query and all."""
GOAL = 400.0
"""How many times a bare read of the rows (a fifth of a millisecond) it may cost: forty lines of five controls each are
laid out and painted. The limit that counts is the one above."""
READ = (Meeting, Participant, MeetingPoint, Agreement)


class NoPapers:
    """Nothing is printed here."""

    def make(self, job: PaperJob) -> Made:
        """Refuse."""
        raise RuntimeError(f"no paper is made in this benchmark: {job.kind}")


class Opening:
    """The page in a window of its own."""

    def __init__(self, store: SqlStore, folder: Path) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from PySide6.QtWidgets import QApplication

        from ui import theme
        from ui.house import House
        from ui.pages.meeting_page import MeetingPage
        from ui.tasks import Tasks

        application = QApplication.instance() or QApplication(["benchmark"])
        assert isinstance(application, QApplication)
        i18n.set_language("da")
        theme.load_fonts()
        theme.apply(application, theme.ThemeName.LIGHT)
        self.tasks = Tasks(store)
        settings = Settings(folder / "settings.json")
        house = House(
            self.tasks, NoPapers(), settings, ShippedBooks(), lambda _place: None, lambda _words: None
        )
        self.page: MeetingPage = MeetingPage(house)
        self.page.resize(*SIZE)
        self.page.show()

    def open(self, meeting: Id, part: str) -> float:
        """Open a meeting at a part; return the milliseconds until it is painted."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        begin = perf_counter()
        self.page.show_thing(meeting, part)
        while not self.tasks.idle:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.page.repaint()
        took = (perf_counter() - begin) * 1000
        while not self.tasks.idle:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        for _ in range(20):  # lines out of sight are made a few at a time
            QApplication.processEvents()
        return took

    def rows(self) -> int:
        """How many participants have a line."""
        part = self.page.parts["participants"]
        return len(getattr(part, "rows", ()))

    def close(self) -> None:
        """Let it go."""
        self.page.leave()
        self.page.close()
        self.tasks.finish()
        self.page.deleteLater()


@benchmark("meeting_open")
def opening() -> Figure:
    """Alternate two meetings; the bare read in turns with them."""
    with tempfile.TemporaryDirectory() as folder:
        store = founded(Path(folder), FixedClock(NOON))
        pair = (crowded(store), crowded(store))
        raw = connect(Path(folder) / "store.db", KEY, write=False)
        reads = [
            (select(type_of(cls), "id = :m" if cls is Meeting else "meeting = :m AND cancelled = 0"))
            for cls in READ
        ]

        def bare(meeting: Id) -> float:
            begin = perf_counter()
            for statement in reads:
                raw.execute(statement, {"m": meeting}).fetchall()
            return (perf_counter() - begin) * 1000

        window = Opening(store, Path(folder))
        for meeting in pair:
            window.open(meeting, "participants")
        gc.collect()
        gc.freeze()
        mine, plain, plans = [], [], []
        for turn in range(ROUNDS):
            mine.append(window.open(pair[turn % 2], "participants"))
            plain.append(bare(pair[turn % 2]))
        for turn in range(ROUNDS // 3):
            plans.append(window.open(pair[turn % 2], "plan"))
        gc.unfreeze()
        shown = window.rows()
        window.close()
        raw.close()
        store.close()
    p95 = percentile(mine, 95)
    also = p95 <= P95_MS and shown == PARTICIPANTS
    note = (
        f"p95 {p95:.1f} ms (limit {P95_MS:.0f} ms) at the list of {shown}; at the plan {median(plans):.1f} ms"
    )
    return compared("meeting_open", median(mine), median(plain), unit="ms", goal=GOAL, also=also, note=note)
