"""What I dag costs with 25 cases over ten years: read, evaluated and grouped, beside a bare SQL read of the same rows."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path
from time import perf_counter

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import type_of
from caseworker_app.domain.follow_up import (
    CaseEvent,
    DeadlineMark,
    FollowUp,
    FollowUpException,
    PartyHearing,
    RhythmDecision,
)
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.investigation import Investigation
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.plan import Plan
from caseworker_app.services.today import Today, today
from db.connection import connect
from db.rows import select
from db.store import SqlStore
from tests.benchmarks.harness import Figure, benchmark, compared, median, percentile, side_by_side
from tests.benchmarks.ten_years import fill
from tests.helpers.casework import book
from tests.helpers.stores import KEY, NOON, founded

RUNS = 60
READ = (
    Case,
    Intervention,
    FollowUp,
    DeadlineMark,
    FollowUpException,
    RhythmDecision,
    PartyHearing,
    Investigation,
    Notification,
    Plan,
    CaseEvent,
)
GOAL = 12.0
"""How many times a bare read it may cost: rows become things, rules are evaluated, families grouped."""
P95_MS = 75.0
"""The query's part of the 100 ms in which the page opens and paints."""


@benchmark("today")
def query() -> Figure:
    """Alternate the day's query and the bare read on the same store."""
    with tempfile.TemporaryDirectory() as folder:
        clock = FixedClock(NOON)
        store = founded(Path(folder), clock)
        held = fill(store, clock)
        raw = connect(Path(folder) / "store.db", KEY, write=False)
        statements = [select(type_of(cls), "stream = :stream AND cancelled = 0") for cls in READ]
        streams = [{"stream": case.stream} for case in store.read(lambda r: r.find(Case)) if case.active]

        def ours() -> float:
            begin = perf_counter()
            _look(store)
            return (perf_counter() - begin) * 1000

        def bare() -> float:
            begin = perf_counter()
            for stream in streams:
                for statement in statements:
                    raw.execute(statement, stream).fetchall()
            return (perf_counter() - begin) * 1000

        gc.collect()
        gc.freeze()  # what making the store left behind is no part of a day's query
        mine, plain = side_by_side(ours, bare, runs=RUNS, warm_up=5)
        gc.unfreeze()
        rows = _look(store).work
        raw.close()
        store.close()
    p95 = percentile(mine, 95)
    shown = 0 if rows is None else len(rows.rows)
    note = f"p95 {p95:.1f} ms (limit {P95_MS:.0f} ms); {held} follow-ups, {shown} rows shown"
    return compared(
        "today",
        median(mine),
        median(plain),
        unit="ms",
        goal=GOAL,
        also=p95 <= P95_MS and shown > 0,
        note=note,
    )


def _look(store: SqlStore) -> Today:
    return store.read(lambda reader: today(reader, book()))
