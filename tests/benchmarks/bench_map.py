"""How fast the netværkskort follows the hand, and how fast it opens.

A frame is a movement of somebody in the hand with its paint, beside the same map painted whole with bare QPainter calls
whose pens, paths and fonts are ready.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

from caseworker_app.clock import FixedClock
from caseworker_app.domain.entity import type_of
from caseworker_app.domain.network_map import MapGroup, MapPerson, MapRelation, NetworkMap
from db.connection import connect
from db.rows import select
from tests.benchmarks.harness import Figure, benchmark, compared, median, percentile, side_by_side
from tests.benchmarks.map_window import carrying, fill, opened
from tests.helpers.stores import KEY, NOON, founded

FRAMES = 300
GOAL = 1.0
"""A frame never costs more than painting the whole map would."""
LARGE = (300, 500, 8.0, 16.0)
"""People, lines, and the milliseconds of the median and the 99th percentile."""
ORDINARY = (50, 80, 4.0, 16.0)
BUSY = (50, 80, 4.0, 50.0)
"""While another process wants a processor too a frame may wait for its turn now and then."""
OPEN_MS = 100.0
OPEN_GOAL = 8.0
"""How many times a bare read of the rows and a bare painting of the map it may cost: rows become things, words find room,
head, tray and bar are filled, and everything is prepared."""
OPENINGS = 40


def _drag(name: str, size: tuple[int, int, float, float], note: str = "") -> Figure:
    people, lines, limit, worst = size
    with carrying(people, lines) as hand:
        hand.pick_up()
        hand.put_back()
        gc.collect()
        gc.freeze()
        first = hand.pick_up()
        mine, plain = side_by_side(hand.frame, hand.bare, runs=FRAMES, warm_up=5)
        hand.put_back()
        gc.unfreeze()
        held, painted = hand.lines, hand.painted
    p99 = percentile(mine, 99)
    ok = median(mine) <= limit and p99 <= worst and painted > FRAMES
    said = (
        f"p99 {p99:.1f} ms (limits {limit:.0f} and {worst:.0f} ms), {people} people, {lines} lines, {held} of them "
        f"hers; the frame in which she is lifted {first:.1f} ms{note}"
    )
    return compared(name, median(mine), median(plain), unit="ms", goal=GOAL, also=ok, note=said)


@benchmark("map_drag_300")
def large() -> Figure:
    """Carry somebody over a map of 300 people and 500 lines."""
    return _drag("map_drag_300", LARGE)


@benchmark("map_drag_50", "map_drag_busy")
def ordinary() -> Iterator[Figure]:
    """Carry somebody over a map of 50 people and 80 lines, alone and while papers are being made beside."""
    yield _drag("map_drag_50", ORDINARY)
    with _busy_worker() as papers:
        figure = _drag("map_drag_busy", BUSY, "; the worker process made papers all the while")
        made = papers()
    if not made:
        figure["ok"], figure["note"] = False, "the worker process made no paper meanwhile"
    yield figure


@contextmanager
def _busy_worker() -> Iterator[Callable[[], int]]:
    """Keep the worker process making papers; yields how many it has made."""
    import datetime as dt

    from caseworker_app.domain.papers import Paper, PaperJob, RecoverySheetFacts
    from caseworker_app.vault.recovery import new_code
    from caseworker_app.worker.process import WorkerProcess

    job = PaperJob(
        Paper.RECOVERY_SHEET, RecoverySheetFacts(new_code(), "Prøve Kommune", "Karen Prøve", dt.date(2026, 11, 21)),
        "sheet.pdf",
    )  # fmt: skip
    worker, enough, made = WorkerProcess(), Event(), [0]
    worker.make(job)

    def work() -> None:
        while not enough.is_set():
            worker.make(job)
            made[0] += 1

    thread = Thread(target=work)
    thread.start()
    try:
        yield lambda: made[0]
    finally:
        enough.set()
        thread.join()
        worker.close()


@benchmark("map_open")
def opening() -> Figure:
    """Alternate opening the page on a map of 50 and a bare read of the same rows with a bare painting of the map."""
    with tempfile.TemporaryDirectory() as folder:
        store = founded(Path(folder), FixedClock(NOON))
        maps = fill(store, 50, 80)
        raw = connect(Path(folder) / "store.db", KEY, write=False)
        tables = [type_of(cls) for cls in (MapPerson, MapRelation, MapGroup)]
        statements = [select(table, "map = :map AND cancelled = 0") for table in tables]
        one = select(type_of(NetworkMap), "id = :map")

        def bare() -> float:
            begin = perf_counter()
            for statement in (one, *statements):
                raw.execute(statement, {"map": maps[0]}).fetchall()
            return (perf_counter() - begin) * 1000 + page.bare()

        with opened(store, Path(folder), maps) as page:
            gc.collect()
            gc.freeze()
            mine, plain = side_by_side(page.open, bare, runs=OPENINGS, warm_up=4)
            gc.unfreeze()
            people = page.people
        raw.close()
        store.close()
    p95 = percentile(mine, 95)
    note = f"p95 {p95:.1f} ms (limit {OPEN_MS:.0f} ms), {people} people painted"
    also = p95 <= OPEN_MS and people == 50
    return compared("map_open", median(mine), median(plain), unit="ms", goal=OPEN_GOAL, also=also, note=note)
