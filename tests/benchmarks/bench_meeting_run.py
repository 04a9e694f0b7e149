"""How fast the meeting in large follows the keyboard, with forty who take part, sixty points and twenty agreements.

A key is timed until everything it caused is painted; beside it the same key in a bare text of Qt's.
"""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

from caseworker_app.clock import FixedClock
from tests.benchmarks.harness import Figure, benchmark, compared, median, percentile
from tests.benchmarks.meeting_window import LINE, POINTS, crowded, opened
from tests.helpers.stores import NOON, founded

LIMIT_MS = 16.0
GOAL = 3.0
"""How many times a bare text a key may cost: the line grows with its text, the draft is kept, the page is painted."""
ROUNDS = 5


@benchmark("meeting_run")
def meeting_run() -> Figure:
    """Type the same line into both, in turns; opening is measured in the same window."""
    with tempfile.TemporaryDirectory() as folder:
        store = founded(Path(folder), FixedClock(NOON))
        meeting = crowded(store)
        with opened(store, Path(folder), meeting) as window:
            window.open()
            openings = [window.open() for _ in range(ROUNDS)]
            window.keys(LINE[:10])
            window.bare(LINE[:10])
            gc.collect()
            gc.freeze()
            mine: list[float] = []
            plain: list[float] = []
            for _ in range(ROUNDS):
                mine += window.keys(LINE)
                plain += window.bare(LINE)
            gc.unfreeze()
            shown = window.lines()
        store.close()
    p99, wait = percentile(mine, 99), percentile(openings, 95)
    also = p99 <= LIMIT_MS and shown > POINTS
    note = (
        f"p99 {p99:.1f} ms (limit {LIMIT_MS:.0f} ms), {len(mine)} keys among {shown} lines; opened again in "
        f"{wait:.0f} ms"
    )
    return compared("meeting_run", median(mine), median(plain), unit="ms", goal=GOAL, also=also, note=note)
