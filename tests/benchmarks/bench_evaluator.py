"""What is due for a whole caseload over ten years: evaluated anew, beside a bare SQL read of the same rows."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import Select, insert, select

from caseworker_app.compose import rules as rule_files
from caseworker_app.domain.entity import type_of
from caseworker_app.domain.follow_up import FollowUp
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.periods import add_months
from caseworker_app.domain.rules.schedule import schedule
from caseworker_app.domain.rules.statute import statutory
from caseworker_app.services.calendar import danish_holidays
from db.engine import transaction
from db.projections import table_of
from db.store import SqlStore
from tests.benchmarks.harness import Figure, benchmark, compared, median, percentile, side_by_side
from tests.helpers.stores import founded

CASES = 25
YEARS = 10
RUNS = 60
LIMIT_MS = 20.0
TODAY = date(2026, 11, 21)
PLACED = ("foster", "foster", "institution", "own_room", "short_term")
AT_HOME = (
    "preventive",
    "preventive",
    "mst",
    "contact_ambulant",
    "family_centre",
    "private_contact",
    "boarding",
)


@dataclass(frozen=True)
class Past:
    """An intervention of the caseload, with the days its follow-ups were held."""

    id: bytes
    kind: str
    start: date
    end: date | None
    held: tuple[date, ...]
    birth: date


@benchmark("evaluator")
def evaluator() -> Figure:
    """Evaluate every intervention of 25 cases under local rules and law, and the events the law counts from."""
    caseload = make_caseload()
    evaluate(caseload)
    with tempfile.TemporaryDirectory() as folder:
        store = founded(Path(folder))
        reads = _fill(store, caseload)
        ours, plain = side_by_side(
            lambda: _timed(lambda: evaluate(caseload)), lambda: _timed(lambda: _read(store, reads)), runs=RUNS
        )
        store.close()
    items, rows = len(evaluate(caseload)), len(caseload) + sum(len(each.held) for each in caseload)
    half = median(ours)
    return compared(
        "evaluator",
        half,
        median(plain),
        unit="ms",
        goal=5.0,
        also=half <= LIMIT_MS,
        note=f"{items} due dates from {rows} rows; limit {LIMIT_MS:.0f} ms; p95 {percentile(ours, 95):.1f} ms",
    )


def make_caseload(seed: int = 25) -> list[Past]:
    """Return ten years of 25 cases: one intervention after another, followed up a little early or late."""
    dice = random.Random(seed)
    found: list[Past] = []
    for case in range(CASES):
        birth = date(2010 + case % 8, 1 + case % 12, 1 + case)
        start = add_months(TODAY, -12 * YEARS) + timedelta(days=dice.randrange(60))
        while start < TODAY:
            kind = dice.choice(PLACED if dice.random() < 0.5 else AT_HOME)
            months = dice.randrange(5, 48)
            end = add_months(start, months)
            found.append(_past(dice, len(found), kind, start, end if end < TODAY else None, birth))
            start = end + timedelta(days=dice.randrange(40))
    return found


def _past(dice: random.Random, number: int, kind: str, start: date, end: date | None, birth: date) -> Past:
    held: list[date] = []
    while True:
        items = schedule(rule_files.local(), kind, start, end or TODAY, held=held, end=end, continued=True)
        following = next((item for item in items if not item.settled), None)
        if following is None:
            break
        day = following.due + timedelta(days=dice.randrange(-6, 12))
        held.append(max(day, held[-1] if held else start))
    return Past(number.to_bytes(16, "big"), kind, start, end, tuple(held), birth)


def evaluate(caseload: list[Past]) -> list[DueItem]:
    """Return everything due up to a year ahead, settled dates too."""
    local, law, until = rule_files.local(), rule_files.law(), add_months(TODAY, 12)
    items: list[DueItem] = []
    for each in caseload:
        held, end = each.held, each.end
        items += schedule(local, each.kind, each.start, until, held=held, end=end, continued=True)
        items += schedule(law, "follow_up", each.start, until, held=held, end=end)
        events = ["support_decided", "decision_notified"]
        if each.kind in PLACED:
            items += schedule(law, "supervision", each.start, until, end=end)
            events = ["placement_decided", "placement_started", "decision_notified"]
        for event in events:
            items += statutory(law, event, each.start, birth=each.birth, holidays=danish_holidays)
    return items


def _fill(store: SqlStore, caseload: list[Past]) -> list[Select[tuple[object, ...]]]:
    """Put the same rows where the store keeps them; return the plain reads."""
    interventions, follow_ups = table_of(type_of(Intervention)), table_of(type_of(FollowUp))
    helped = [
        {"id": each.id, "stream": each.id, "rule": each.kind, "start": each.start.isoformat(),
         "ended_on": each.end and each.end.isoformat()}
        for each in caseload
    ]  # fmt: skip
    held = [
        {"id": each.id[8:] + number.to_bytes(8, "big"), "stream": each.id, "intervention": each.id,
         "held_on": day.isoformat()}
        for each in caseload
        for number, day in enumerate(each.held)
    ]  # fmt: skip
    with transaction(store.writer, "BEGIN IMMEDIATE") as connection:
        connection.execute(insert(interventions), helped)
        connection.execute(insert(follow_ups), held)
    return [select(interventions), select(follow_ups)]


def _read(store: SqlStore, reads: list[Select[tuple[object, ...]]]) -> int:
    with transaction(store.writer, "BEGIN") as connection:
        return sum(len(connection.execute(read).fetchall()) for read in reads)


def _timed(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return (perf_counter() - begin) * 1000
