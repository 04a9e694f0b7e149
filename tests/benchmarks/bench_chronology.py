"""How long the chronology of one case takes to open when its journal has 4,000 of 100,000 entries: its first screenful
read, ordered and painted, and after it all of it, beside a bare SQL read of the same columns."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from caseworker_app.domain.case import Case
from db.connection import connect
from db.store import SqlStore
from tests.benchmarks.bench_search import fill
from tests.benchmarks.harness import Figure, benchmark, compared, median, percentile, side_by_side
from tests.helpers.stores import KEY, founded

RUNS = 25
MS = 100.0
GOAL = 12.0
"""How many times a bare read it may cost: rows become events, are ordered, and the ones in sight are painted."""
_ENTRIES = 4000
_BARE = (
    "SELECT id, kind, heading, held_on, written_on, signed FROM p_entry WHERE stream = ? AND cancelled = 0"
)


@benchmark("chronology")
def opening() -> Figure:
    """Alternate opening the part anew and the bare read on the same store."""
    with tempfile.TemporaryDirectory() as folder:
        store = founded(Path(folder))
        stream = fill(store)
        (case,) = store.read(lambda r: r.find(Case, stream=stream))
        raw = connect(Path(folder) / "store.db", KEY, write=False)

        def bare() -> float:
            begin = perf_counter()
            raw.execute(_BARE, (stream,)).fetchall()
            return (perf_counter() - begin) * 1000

        whole: list[float] = []
        open_part, shown = _part(store, case, Path(folder), whole)
        gc.collect()
        gc.freeze()  # what making the store left behind is no part of a day
        mine, plain = side_by_side(open_part, bare, runs=RUNS, warm_up=3)
        gc.unfreeze()
        lines = shown()
        raw.close()
        store.close()
    p95, all_of_it = percentile(mine, 95), median(whole[-RUNS:])
    note = f"p95 {p95:.1f} ms (limit {MS:.0f} ms), all {lines} events after {all_of_it:.1f} ms"
    return compared(
        "chronology",
        median(mine),
        median(plain),
        unit="ms",
        goal=GOAL,
        also=max(p95, all_of_it) <= MS and lines > 3000,
        note=note,
    )


def _part(
    store: SqlStore, case: Case, folder: Path, whole: list[float]
) -> tuple[Callable[[], float], Callable[[], int]]:
    """Return what opens a new part until it is painted, and what counts the rows of the last.

    ``whole`` takes the ms until all events stood in it.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent, QEventLoop, QObject
    from PySide6.QtWidgets import QApplication

    from caseworker_app import i18n
    from caseworker_app.compose.books import ShippedBooks
    from caseworker_app.settings import Settings
    from tests.benchmarks.today_window import NoPapers
    from ui import theme
    from ui.house import House
    from ui.tasks import Tasks
    from ui.widgets.chronology.part import ChronologyPart

    application = QApplication.instance() or QApplication(["benchmark"])
    assert isinstance(application, QApplication)
    i18n.set_language("da")
    theme.load_fonts()
    theme.apply(application, theme.ThemeName.LIGHT)
    tasks = Tasks(store)
    settings = Settings(folder / "settings.json")
    house = House(tasks, NoPapers(), settings, ShippedBooks(), lambda _place: None, lambda _words: None)
    kept: list[ChronologyPart] = []

    class Eye(QObject):
        """Sees the first paint with rows in it."""

        seen = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and kept and kept[-1].model.rowCount() and not self.seen:
                self.seen = perf_counter()
            return False

    def opened() -> float:
        for old in kept:
            old.deleteLater()
        kept.clear()
        eye = Eye()
        begin = perf_counter()
        part = ChronologyPart(house)
        kept.append(part)
        part.view.viewport().installEventFilter(eye)
        part.resize(1222, 600)
        part.show()
        part.show_case(case)
        while not eye.seen:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        while part.model.rowCount() < _ENTRIES:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()
        whole.append((perf_counter() - begin) * 1000)
        return (eye.seen - begin) * 1000

    return opened, lambda: kept[-1].model.rowCount()
