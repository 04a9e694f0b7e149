"""The disk is full at each step of a backup and of an upgrade: it is said in words, and the store is as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from db import migrate
from tests.helpers.stores import founded, register

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="no limit of a file's size there")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of this version with three cases and a file."""
    folder = tmp_path_factory.mktemp("whole")
    store = founded(folder)
    for n in range(3):
        case = register(store, f"Barn {n} Prøve")
    stream = store.read(lambda r: r.find(_case())[0].stream)
    assert case
    store.write(lambda w: w.put_blob(stream, os.urandom(300_000)))
    store.close()
    return folder


def _case() -> type:
    from caseworker_app.domain.case import Case

    return Case


@pytest.fixture(scope="module")
def outdated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as the first release wrote it."""
    folder = tmp_path_factory.mktemp("outdated")
    store = founded(folder)
    for n in range(3):
        register(store, f"Barn {n} Prøve")
    migrate.downgrade(store.writer, "0001")
    store.close()
    return folder


def tried(whole: Path, place: Path, what: str, steps: int) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "tests.db.full_disk_process", str(whole), str(place), what, str(steps)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=300
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert found[-1]["how"] == "done"
    assert {one["how"] for one in found} <= {"done", "said"}, [
        one for one in found if one["how"] not in ("done", "said")
    ]
    assert all(one["faults"] == [] for one in found)
    assert {one["cases"] for one in found} == {3}
    return found


def check_backups(found: list[dict[str, object]]) -> None:
    said = [one for one in found if one["how"] == "said"]
    assert said
    for one in said:
        assert one["left"] == [], f"nothing that is no whole backup has the name of one, or stays: {one}"


@pytest.mark.slow
def test_a_disk_that_fills_up_in_the_middle_of_a_backup_leaves_none_and_the_store_whole(whole, tmp_path):
    check_backups(tried(whole, tmp_path / "x", "back_up", 3))


@pytest.mark.slow
def test_a_disk_that_fills_up_in_the_middle_of_an_upgrade_leaves_a_store_that_opens_whole(outdated, tmp_path):
    found = tried(outdated, tmp_path / "x", "upgrade", 4)
    assert {one["version"] for one in found if one["how"] == "said"} <= {"0001", migrate.HEAD}


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("what", ["back_up", "back_up_slowly"])
def test_a_disk_that_fills_up_at_any_step_of_a_backup_leaves_none(whole, tmp_path, what):
    check_backups(tried(whole, tmp_path / "x", what, 60))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_disk_that_fills_up_at_any_step_of_an_upgrade_leaves_a_store_that_opens_whole(outdated, tmp_path):
    """The base tables are upgraded whole or not at all; where only the tables made from the log are wanting, they are made
    the next time it is opened with room to do it (:func:`tried` has opened each and found no fault)."""
    found = tried(outdated, tmp_path / "x", "upgrade", 60)
    said = [one for one in found if one["how"] == "said"]
    assert len(said) > 5
    assert {one["version"] for one in said} == {"0001", migrate.HEAD}
