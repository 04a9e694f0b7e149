"""What sync costs a laptop: ten thousand field changes there and on, and a sync with nothing new as the log grows."""

from __future__ import annotations

import datetime as dt
import gc
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from caseworker_app.clock import SystemClock
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.operations import Sealed
from caseworker_app.services.ports import Writer
from db.store import SqlStore
from tests.benchmarks.harness import Figure, benchmark, compared, median, side_by_side
from tests.benchmarks.hub_town import Hub, Laptop, Town
from tests.helpers.stores import founded, register

CHANGES = 10_000
IN_OPERATION = 4
CASES = 25
PEER_S = 3.7
"""PouchDB to a server of CouchDB's protocol and back: 10,000 documents of 700 bytes, in memory; measured once, quoted."""
LIMIT_S = 3.5
SIZES = (1, 10, 100)
BASE = 100
"""Operations in the log at size 1."""
EMPTY_RUNS = 30
FLAT = 1.25
DAY = dt.date(2026, 11, 21)
_TEXT = "Vi taler om skolen, om vennerne og om ugen hjemme hos mor; hun viser sine tegninger frem og griner meget. "


@dataclass(frozen=True, slots=True)
class Parts:
    """Seconds of one run: sealing and signing, the first laptop's sync, the second's."""

    sealed: float
    out: float
    came: float

    @property
    def all(self) -> float:
        return self.sealed + self.out + self.came


def write_entries(writer: Writer, streams: list[Id], count: int) -> None:
    """Write so many operations of four field changes: an entry each, with heading, day and 700 bytes of text."""
    for number in range(count):
        writer.act("Write an entry")
        writer.create(
            Entry(
                id=writer.new_id(),
                stream=streams[number % len(streams)],
                heading=f"Samtale {number}",
                held_on=DAY - dt.timedelta(days=number % 3650),
                text=(f"{number} " + _TEXT * 7)[:700],
            )
        )
        writer.flush()


@benchmark("sync_10k")
def sync_10k() -> Figure:
    """Laptop to hub to second laptop. Sealing and signing, done with each save, are counted by doing them again."""
    with Town() as town, two_laptops(town.hub(), town.folder) as (first, second):
        _run(first, second, CHANGES // 10)  # warm: imports, connections, statements
        gc.collect()
        gc.freeze()
        took = _run(first, second, CHANGES)
        gc.unfreeze()
    note = (
        f"beside: PouchDB and back, quoted, 10,000 documents of 700 bytes in memory; limit {LIMIT_S} s; 2,500 entries of "
        f"700 bytes: sealing and signing {took.sealed:.2f}, out and confirmed {took.out:.2f}, second {took.came:.2f} s"
    )
    return compared("sync_10k", took.all, PEER_S, unit="s", goal=round(LIMIT_S / PEER_S, 3), note=note)


def _run(first: Laptop, second: Laptop, changes: int) -> Parts:
    streams = [case.stream for case in first.store.read(lambda r: r.find(Case))]
    operations = changes // IN_OPERATION
    before = len(second.store.read(lambda r: r.find(Entry)))
    first.store.write(lambda w: write_entries(w, streams, operations))
    sealed = _sealing(first.store, operations)
    begin = perf_counter()
    report = first.once()
    middle = perf_counter()
    came = second.once()
    end = perf_counter()
    entries = len(second.store.read(lambda r: r.find(Entry))) - before
    if (report.pushed, report.confirmed, came.received, entries) != (operations,) * 4:
        raise RuntimeError(f"not all came: {report.pushed}, {report.confirmed}, {came.received}, {entries}")
    return Parts(sealed, middle - begin, end - middle)


def _sealing(store: SqlStore, count: int) -> float:
    """Seal and sign the last operations again, and return how long that took."""
    shared = store.shared
    with store.reading() as connection:
        query = (
            "SELECT header, payload, signature, stream_id, key_id FROM operations ORDER BY no DESC LIMIT ?"
        )
        rows = connection.execute(query, (count,)).fetchall()
        keys = [shared.key_of(connection, row[3], row[4]) for row in rows]
    opened = [shared.sealer.open(Sealed(*row[:3]), key) for row, key in zip(rows, keys, strict=True)]
    begin = perf_counter()
    for operation, key in zip(opened, keys, strict=True):
        shared.sealer.seal(operation, key)
    return perf_counter() - begin


@contextmanager
def two_laptops(hub: Hub, folder: Path) -> Iterator[tuple[Laptop, Laptop]]:
    """Yield the two laptops of one caseworker, both with her 25 cases and their keys."""
    hub.user("anna")
    made: list[Laptop] = []
    for name in ("first", "second"):
        place = folder / name
        place.mkdir()
        store = founded(place, SystemClock())
        if not made:
            for number in range(CASES):
                register(store, f"Barn {number:02d} Prøve")
        made.append(hub.laptop(store, "anna"))
    first, second = made
    for _round in range(2):
        first.once()
        second.once()
    if len(second.store.read(lambda r: r.find(Case))) != CASES:
        raise RuntimeError("the second laptop has not got the cases")
    yield first, second


@benchmark("sync_empty")
def sync_empty() -> Figure:
    """A hub and a laptop of each size, in turns: the cost of asking must not grow with the log."""
    with tempfile.TemporaryDirectory() as folder, Town() as town:
        laptops = [_grown(town.hub(workers=1), Path(folder) / str(size), BASE * size) for size in SIZES]
        gc.collect()
        gc.freeze()
        tenfold, small = side_by_side(
            lambda: _empty(laptops[1]), lambda: _empty(laptops[0]), runs=EMPTY_RUNS, warm_up=3
        )
        largest, again = side_by_side(
            lambda: _empty(laptops[2]), lambda: _empty(laptops[0]), runs=EMPTY_RUNS, warm_up=3
        )
        gc.unfreeze()
    note = (
        f"the largest log of {BASE * SIZES[-1]} operations beside {BASE}; with {BASE * SIZES[1]}: "
        f"{median(tenfold):.1f} ms beside {median(small):.1f} ms"
    )
    flat = median(tenfold) <= FLAT * median(small)
    return compared("sync_empty", median(largest), median(again), unit="ms", goal=FLAT, also=flat, note=note)


def _grown(hub: Hub, folder: Path, operations: int) -> Laptop:
    folder.mkdir()
    store = founded(folder, SystemClock())
    for number in range(CASES):
        register(store, f"Barn {number:02d} Prøve")
    streams = [case.stream for case in store.read(lambda r: r.find(Case))]
    store.write(lambda w: write_entries(w, streams, operations - 2 * CASES))
    hub.user("anna")
    laptop = hub.laptop(store, "anna")
    laptop.once()
    laptop.once()
    return laptop


def _empty(laptop: Laptop) -> float:
    begin = perf_counter()
    report = laptop.once()
    took = (perf_counter() - begin) * 1000
    if report.pushed or report.received:
        raise RuntimeError("there was something new")
    return took
