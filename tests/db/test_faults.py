"""Power cuts, full disks, write-protected folders: what was said to be saved is there."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from caseworker_app.clock import SystemClock
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from db.connection import connect
from db.errors import StoreBusy, StoreFull, StoreReadOnly
from db.verify import faults
from tests.db.test_log import tables
from tests.helpers.stores import KEY, again, case, founded, new_store, register

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


def test_a_file_held_by_another_program_is_said_and_written_once_it_is_let_go(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="før")
    store.connection.execute("PRAGMA busy_timeout = 20")
    other = connect(tmp_path / "store.db", KEY, write=True)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy) as refused:
        store.write(lambda w: cases.edit(w, emma, {"school": Edit("aldrig")}))
    assert refused.value.ways_out
    assert case(store, emma).school == "før"
    other.execute("ROLLBACK")
    other.close()
    store.write(lambda w: cases.edit(w, emma, {"school": Edit("efter")}))
    assert case(store, emma).school == "efter"
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


IN_A_PROCESS = """
import os, resource, signal, sys, tempfile
from pathlib import Path
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from tests.helpers.stores import again, founded, register

folder, case, most, user = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
if user:
    with tempfile.TemporaryDirectory() as other:
        founded(Path(other)).close()  # everything is imported that the other user may not read
        again(Path(other)).close()
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
said = []
if most == 0:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    store = again(folder)
    if most > 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    for _ in range(40):
        store.write(lambda w: cases.edit(w, case, {"note": Edit("x" * 15_000)}))
except Exception as error:
    said.append(type(error).__name__)
print(*said)
"""


def in_a_process(folder: Path, case_id: bytes, most: int, *, user: int = 0) -> str:
    """Open the store, write in it, and return the kind of error; no file may get larger than ``most`` bytes.

    0 lets not even the shared memory beside the file be made; -1 sets no limit. ``user`` is who does it, if not we.
    """
    command = [sys.executable, "-c", IN_A_PROCESS, str(folder), case_id.hex(), str(most), str(user)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@pytest.mark.skipif(os.name == "nt", reason="no limit of a file's size there")
@pytest.mark.parametrize("most", [0, 300_000])
def test_a_disk_that_takes_no_more_is_never_said_to_be_a_damaged_store(tmp_path: Path, most: int) -> None:
    store = founded(tmp_path)
    emma = register(store, school="før")
    store.close()
    assert in_a_process(tmp_path, emma, most) == "DiskFault"
    opened = again(tmp_path)
    assert case(opened, emma).school == "før"
    assert faults(opened) == []
    opened.close()


@pytest.mark.skipif(os.name == "nt", reason="folders have no such bits there")
def test_a_read_only_folder_is_said_when_opening_and_left_as_it_was(tmp_path: Path) -> None:
    """Root may write anywhere: as root the store is opened by a process of another user."""
    folder = Path(tempfile.mkdtemp(prefix="read-only-"))
    store = founded(folder)
    emma = register(store)
    store.close()
    before = (folder / "store.db").read_bytes()
    other = 65534 if os.geteuid() == 0 else 0
    if other:
        os.chown(folder, other, other)
        os.chown(folder / "store.db", other, other)
    folder.chmod(0o500)
    try:
        assert in_a_process(folder, emma, -1, user=other) == "StoreReadOnly"
        (folder / "store.db").chmod(0o400)
        folder.chmod(0o700)
        assert in_a_process(folder, emma, -1, user=other) == "StoreReadOnly"
    finally:
        folder.chmod(0o700)
    assert (folder / "store.db").read_bytes() == before
    shutil.rmtree(folder)


def test_what_can_be_fetched_again_is_not_waited_for_and_the_next_save_is(tmp_path):
    store = new_store(tmp_path, SystemClock())
    level, normal, full = "PRAGMA synchronous", 1, 2
    with store.transaction(again=True) as connection:
        assert connection.execute(level).fetchone() == (normal,)
    assert store.connection.execute(level).fetchone() == (full,)
    with pytest.raises(ZeroDivisionError), store.transaction(again=True):
        raise ZeroDivisionError
    assert store.connection.execute(level).fetchone() == (full,)
    store.close()
