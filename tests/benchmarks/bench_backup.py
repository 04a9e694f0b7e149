"""What a backup of a ten-year store costs: copied while it is open, read back, opened; beside a plain file copy."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from time import perf_counter

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Case
from caseworker_app.domain.document import FileKind, Taken
from caseworker_app.services import documents
from caseworker_app.services.ports import Writer
from db.store import SqlStore
from tests.benchmarks import ten_years
from tests.benchmarks.harness import Figure, benchmark, compared, median, side_by_side
from tests.helpers.stores import NOON, founded

RUNS = 9
FILES, FILE_BYTES = 60, 400_000
"""Letters and reports beside what was written: they are most of a store."""


@benchmark("backup")
def backup() -> Figure:
    """Alternate our backup and a copy of the same file that is forced to the disk."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clock = FixedClock(NOON)
        store = founded(folder, clock)
        ten_years.fill(store, clock)
        store.write(_attach)
        ours, plain = side_by_side(lambda: _ours(store, folder), lambda: _plain(store, folder), runs=RUNS)
        began = perf_counter()
        sound = store.faults_of(folder / "backups" / "ours.db") == []
        checked = (perf_counter() - began) * 1000
        size = store.path.stat().st_size / 1e6
        store.close()
    note = f"{size:.0f} MB; the seals of every page, read afterwards in the background: {checked:.0f} ms"
    return compared("backup", median(ours), median(plain), unit="ms", goal=3.0, also=sound, note=note)


def _attach(writer: Writer) -> None:
    case = writer.find(Case)[0].id
    for n in range(FILES):
        data = os.urandom(FILE_BYTES)
        documents.attach(writer, case, Taken(FileKind.PDF, ".pdf", data, 3, ""), {"title": f"Rapport {n}"})
        writer.flush()


def _ours(store: SqlStore, folder: Path) -> float:
    began = perf_counter()
    store.back_up(folder / "backups" / "ours.db")
    return (perf_counter() - began) * 1000


def _plain(store: SqlStore, folder: Path) -> float:
    target = folder / "plain.db"
    began = perf_counter()
    shutil.copyfile(store.path, target)
    handle = os.open(target, os.O_RDWR)
    os.fsync(handle)
    os.close(handle)
    return (perf_counter() - began) * 1000
