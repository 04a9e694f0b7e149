"""The command line as a user or an administrator types it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from caseworker_app.__main__ import main
from caseworker_app.clock import SystemClock
from caseworker_app.compose import demo_store
from caseworker_app.compose.access import Access
from caseworker_app.compose.holding import hold
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.services import cases, history
from caseworker_app.services.history import UndoState
from db.engine import transaction
from db.store import SqlStore


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "store"
    demo_store.make(folder, today=dt.date(2026, 11, 23))
    return folder


def test_the_self_test_of_a_whole_program_ends_well() -> None:
    """In a process of its own: the loop of its window ends the application that other tests would go on with."""
    command = [sys.executable, "-m", "caseworker_app", "self-test"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert ran.stdout.splitlines()[-1] == "ok"


def test_verify_finds_nothing_wrong_with_a_demo_store(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--store", str(demo)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "ok"


def test_the_demo_has_one_way_in_and_it_was_tried(demo: Path) -> None:
    ways = Access(demo, SystemClock()).keys.ways()
    assert [(way.kind, way.whole, way.tried is not None) for way in ways] == [("passphrase", True, True)]


def test_undo_offers_what_is_done_in_the_demo_and_nothing_of_its_making(demo: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(demo, copy)
    store = demo_store.open_demo(copy)
    assert store.read(history.state) == UndoState()
    with pytest.raises(UserError):
        store.write(history.undo)
    for name in ("Emma Holm", "Noah Holm"):
        store.write(lambda writer, name=name: cases.register(writer, {"child_name": name}, arrives=True))
    store.close()
    store = demo_store.open_demo(copy)
    before = store.read(lambda reader: reader.count(Case))
    while store.read(history.state).undo is not None:
        assert store.write(history.undo).result == "Register a child"
    assert store.read(lambda reader: reader.count(Case)) == before - 2
    store.close()
    assert main(["verify", "--store", str(copy)]) == 0


def test_verify_names_a_table_that_does_not_follow_from_the_log(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(demo, copy)
    store = demo_store.open_demo(copy)
    assert isinstance(store, SqlStore)
    with transaction(store.writer, "BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql("UPDATE p_case SET school = 'forged'")
        connection.exec_driver_sql("UPDATE operations SET signature = zeroblob(64) WHERE no = 5")
    store.close()
    assert main(["verify", "--store", str(copy)]) == 1
    said = capsys.readouterr().out
    assert "table: p_case" in said
    assert "signature: operation 5" in said


def test_rebuild_reads_every_operation(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rebuild", "--store", str(demo)]) == 0
    assert int(capsys.readouterr().out.split()[0]) > 300


def test_a_backup_lies_beside_the_store_with_its_key_file(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--store", str(demo)]) == 0
    made = Path(capsys.readouterr().out.strip())
    assert made.exists()
    assert made.with_name(made.name + ".keys").exists()
    assert not made.read_bytes().startswith(b"SQLite")


def test_a_folder_without_a_store_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", "--store", str(tmp_path)]) == 2
    assert capsys.readouterr().err.strip()
    assert list(tmp_path.iterdir()) == []


def test_todays_demo_is_kept_and_another_days_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    first = dt.date(2026, 11, 23)
    demo_store.ready(folder, today=first)
    stamp = (folder / demo_store.STORE_NAME).stat().st_mtime_ns
    demo_store.ready(folder, today=first)
    assert (folder / demo_store.STORE_NAME).stat().st_mtime_ns == stamp
    demo_store.ready(folder, today=first + dt.timedelta(days=1))
    assert (folder / demo_store.STORE_NAME).stat().st_mtime_ns != stamp


def test_a_demo_that_is_open_in_a_window_is_neither_opened_again_nor_made_anew(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (demo / demo_store.STORE_NAME).read_bytes()
    with hold(demo / demo_store.STORE_NAME):
        assert main(["verify", "--store", str(demo)]) == 2
        with pytest.raises(UserError, match="another window"):
            demo_store.ready(demo, today=dt.date(2026, 11, 24))
    assert capsys.readouterr().err.strip()
    assert (demo / demo_store.STORE_NAME).read_bytes() == before
    assert main(["verify", "--store", str(demo)]) == 0


def test_demo_data_is_not_made_among_other_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "noter.txt").write_text("mine", encoding="utf-8")
    assert main(["demo", "--make-only", str(tmp_path)]) == 2
    assert capsys.readouterr().err.strip()
    assert [file.name for file in tmp_path.iterdir()] == ["noter.txt"]
