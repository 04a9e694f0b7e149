"""How long the numbers of 25 cases over ten years take: read, evaluated and counted in every sheet, and the page until its
numbers are painted, beside a bare SQL read of the same rows."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import type_of
from caseworker_app.domain.follow_up import ChildTalk
from caseworker_app.domain.plan import Goal
from db.connection import connect
from db.rows import select
from tests.benchmarks.bench_today import READ
from tests.benchmarks.harness import Figure, benchmark, compared, median, percentile, side_by_side
from tests.benchmarks.numbers_window import opened
from tests.benchmarks.ten_years import fill
from tests.helpers.stores import KEY, NOON, founded

RUNS = 40
GOAL = 16.0
"""How many times a bare read it may cost: rows become things, ten years of due dates are evaluated, sheets made."""
COUNT_MS, PAINT_MS = 200.0, 100.0
"""95 of 100 times: every sheet from the first case on; the page of this year until its numbers are painted."""


@benchmark("numbers", "numbers_paint")
def counting() -> Iterator[Figure]:
    """Alternate the counting, and the opening of the page, with the bare read on the same store."""
    with tempfile.TemporaryDirectory() as folder:
        clock = FixedClock(NOON)
        store = founded(Path(folder), clock)
        held = fill(store, clock)
        raw = connect(Path(folder) / "store.db", KEY, write=False)
        statements = [
            select(type_of(cls), "stream = :stream AND cancelled = 0") for cls in (*READ, ChildTalk, Goal)
        ]
        streams = [{"stream": case.stream} for case in store.read(lambda r: r.find(Case))]

        def bare() -> float:
            begin = perf_counter()
            for stream in streams:
                for statement in statements:
                    raw.execute(statement, stream).fetchall()
            return (perf_counter() - begin) * 1000

        with opened(store, Path(folder)) as page:
            gc.collect()
            gc.freeze()  # what making the store left behind is no part of a day
            counted, plain = side_by_side(page.count, bare, runs=RUNS, warm_up=3)
            painted, beside = side_by_side(page.open, bare, runs=RUNS, warm_up=3)
            figures = page.figures
            gc.unfreeze()
        raw.close()
        store.close()
    yield _figure("numbers", counted, plain, COUNT_MS, f"{held} follow-ups held, {figures} figures")
    yield _figure("numbers_paint", painted, beside, PAINT_MS, "read, counted and painted")


def _figure(name: str, mine: list[float], plain: list[float], limit: float, what: str) -> Figure:
    p95 = percentile(mine, 95)
    note = f"p95 {p95:.1f} ms (limit {limit:.0f} ms); {what}"
    return compared(name, median(mine), median(plain), unit="ms", goal=GOAL, also=p95 <= limit, note=note)
