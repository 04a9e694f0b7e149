"""The program is killed in the middle of attaching: afterwards a document is there whole, or not at all."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from caseworker_app.services import documents
from caseworker_app.services.ports import Writer
from db.store import SqlStore
from db.verify import faults
from tests.helpers.stores import again, founded, register

ROOT = Path(__file__).parents[2]


def kill_while_attaching(folder: Path, case: bytes, start: int, after: float) -> int:
    """Run the process, kill it, and return the last number it said was attached."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.db.attaching_process", str(folder), case.hex(), str(start)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(after)
    process.kill()
    rest = process.stdout.read().splitlines()
    process.stdout.close()
    process.wait()
    said = [int(line) for line in [first, *rest] if line.strip().isdigit()]
    return said[-1] if said else start


def check_whole(store: SqlStore, case: bytes, said: int) -> int:
    """Every document has its bytes, no bytes are there without a document; return how many there are."""

    def bodies(writer: Writer) -> list[bytes]:
        return [documents.contents(writer, one.id) for one in documents.documents_of(writer, case)]

    kept = store.write(bodies).result
    titles = {one.title for one in store.read(lambda r: documents.documents_of(r, case))}
    assert titles >= {f"Fil {number}" for number in range(1, said + 1)}
    assert len(kept) in (said, said + 1)
    digests = {hashlib.sha256(data).digest() for data in kept}
    assert {row[0] for row in store.connection.execute("SELECT sha256 FROM blobs")} == digests
    assert faults(store) == []
    return len(kept)


def kill_and_check(folder: Path, times: int, chance: random.Random) -> int:
    store = founded(folder)
    emma = register(store)
    store.close()
    reached = 0
    for _ in range(times):
        said = kill_while_attaching(folder, emma, reached, chance.uniform(0.0, 0.08))
        store = again(folder)
        reached = check_whole(store, emma, said)
        store.close()
    allowed = {"store.db", "store.db-wal", "store.db-shm"}
    assert {path.name for path in folder.iterdir()} <= allowed, "nothing is left beside the store"
    return reached


def test_a_kill_in_the_middle_of_attaching_leaves_each_document_whole_or_not_at_all(tmp_path: Path) -> None:
    assert kill_and_check(tmp_path, 2, random.Random(5)) > 0


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_twenty_kills_leave_each_document_whole_or_not_at_all(tmp_path: Path) -> None:
    assert kill_and_check(tmp_path, 20, random.Random(13)) > 10
