"""Power cuts, full disks, write-protected folders: what was said to be saved is there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from db.errors import StoreError, StoreFull, StoreReadOnly
from tests.db.test_log import tables
from tests.helpers.stores import again, case, founded, register

ROOT = Path(__file__).parents[2]


def kill_while_writing(folder: Path, case_hex: str, start: int, after: float) -> int:
    """Run the writer, kill it, and return the last number it said was saved."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.db.writing_process", str(folder), case_hex, str(start)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert writer.stdout is not None
    first = writer.stdout.readline()
    time.sleep(after)
    writer.kill()
    rest = writer.stdout.read().splitlines()
    writer.stdout.close()
    writer.wait()
    said = [int(line) for line in [first, *rest] if line.strip().isdigit()]
    return said[-1] if said else start


def check_after_kill(folder: Path, case_id: bytes, said: int) -> int:
    store = again(folder)
    saved = int(case(store, case_id).school.split()[-1])
    assert saved in (said, said + 1)
    draft = store.read(lambda r: r.draft("form"))
    assert draft is not None
    assert int(str(draft.fields["note"][0]).split()[-1]) in (said, said + 1)
    before = tables(store)
    store.rebuild()
    assert tables(store) == before
    store.close()
    return saved


def test_nothing_said_to_be_saved_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="skole 0")
    store.close()
    chance = random.Random(7)
    reached = 0
    for _ in range(3):
        said = kill_while_writing(tmp_path, emma.hex(), reached, chance.uniform(0.0, 0.06))
        reached = check_after_kill(tmp_path, emma, said)
    assert reached > 3


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_nothing_said_to_be_saved_is_lost_over_sixty_kills(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="skole 0")
    store.close()
    chance = random.Random(11)
    reached = 0
    for _ in range(60):
        said = kill_while_writing(tmp_path, emma.hex(), reached, chance.uniform(0.0, 0.2))
        reached = check_after_kill(tmp_path, emma, said)


def test_a_full_disk_is_said_and_what_was_saved_before_is_safe(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="før")
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreFull) as full:
        for _ in range(50):
            store.write(lambda w: cases.edit(w, emma, {"note": Edit("x" * 15_000)}))
    assert "full" in full.value.message
    assert full.value.ways_out
    store.connection.execute("PRAGMA max_page_count = 100000")
    assert case(store, emma).school == "før"
    store.write(lambda w: cases.edit(w, emma, {"school": Edit("efter")}))
    before = tables(store)
    store.rebuild()
    assert tables(store) == before
    store.close()


def test_a_write_protected_store_is_said_and_left_alone(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="før")
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreReadOnly) as refused:
        store.write(lambda w: cases.edit(w, emma, {"school": Edit("aldrig")}))
    assert "written" in refused.value.message
    assert case(store, emma).school == "før"
    store.close()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said_when_opening(tmp_path: Path) -> None:
    founded(tmp_path).close()
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError):
            again(tmp_path)
    finally:
        tmp_path.chmod(0o700)
