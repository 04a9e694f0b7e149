"""The encrypted file: what opens it, what does not, and that nothing is ever replaced."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from db import connection as connections
from db.connection import Readers, check_driver, connect, driver
from db.engine import transaction
from db.errors import (
    CipherMissing,
    StoreDamaged,
    StoreError,
    StoreMissing,
    StoreReadOnly,
    StoreTooNew,
    WrongKey,
)
from tests.helpers.stores import KEY, again, case, founded, new_store, register


def test_the_file_shows_no_sqlite_header_and_no_word_of_what_is_in_it(tmp_path: Path) -> None:
    store = founded(tmp_path)
    register(store, "Markør Hemmelig Navn")
    files = [f for f in tmp_path.iterdir() if f.is_file()]
    assert {f.name for f in files} >= {"store.db", "store.db-wal"}
    for file in files:
        data = file.read_bytes()
        assert not data.startswith(b"SQLite format 3")
        assert "Markør".encode() not in data
        assert b"Hemmelig" not in data
    store.close()


def test_the_file_is_the_owners_alone(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    for file in tmp_path.glob("store.db*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    store.close()


def test_a_wrong_key_is_told_from_a_damaged_file_and_changes_nothing(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    before = (tmp_path / "store.db").read_bytes()
    with pytest.raises(WrongKey):
        again(tmp_path, key=bytes(32))
    assert (tmp_path / "store.db").read_bytes() == before
    again(tmp_path).close()


def test_the_cipher_writes_nothing_of_its_own_to_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store = founded(tmp_path)
    register(store)
    store.close()
    path = tmp_path / "store.db"
    whole = path.read_bytes()
    with pytest.raises(WrongKey):
        again(tmp_path, key=bytes(32))
    path.write_bytes(whole[:9000] + b"x" + whole[9001:])
    with pytest.raises(StoreError):
        _read_everything(tmp_path)
    assert capfd.readouterr() == ("", "")


def test_a_truncated_store_is_refused_and_kept(tmp_path: Path) -> None:
    store = founded(tmp_path)
    for n in range(30):
        store.write(lambda w, n=n: w.save_draft(_draft(f"d{n}", "x" * 500)))
    store.close()
    path = tmp_path / "store.db"
    whole = path.read_bytes()
    for length in (0, 100, 4096, len(whole) // 2, len(whole) - 700):
        path.write_bytes(whole[:length])
        with pytest.raises((StoreError, AssertionError)):
            _read_everything(tmp_path)
        assert path.read_bytes()[:length] == whole[:length]
    path.write_bytes(whole)
    _read_everything(tmp_path)


def _draft(key: str, words: str) -> object:
    from caseworker_app.services.ports import Draft

    return Draft(key, "case", None, None, "t", {"note": (words, ())})


def _read_everything(folder: Path) -> None:
    store = again(folder)
    try:
        with store.writer.connect() as connection:
            rows = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
        if rows:
            raise StoreDamaged(store.path)
    finally:
        store.close()


def test_a_flipped_bit_anywhere_is_found(tmp_path: Path) -> None:
    store = founded(tmp_path)
    register(store)
    store.close()
    path = tmp_path / "store.db"
    whole = path.read_bytes()
    for position in range(17, len(whole), len(whole) // 23):
        damaged = bytearray(whole)
        damaged[position] ^= 0x10
        path.write_bytes(bytes(damaged))
        with pytest.raises(StoreError):
            _read_everything(tmp_path)
        assert path.read_bytes() == bytes(damaged)
    path.write_bytes(whole)


def test_a_missing_file_is_never_made_by_opening(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        again(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_making_a_store_over_another_is_refused(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    before = (tmp_path / "store.db").read_bytes()
    with pytest.raises(FileExistsError):
        new_store(tmp_path)
    assert (tmp_path / "store.db").read_bytes() == before


def test_the_standard_librarys_sqlite_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(CipherMissing):
        check_driver(sqlite3)
    new_store(tmp_path).close()
    with pytest.raises(CipherMissing):
        connect(tmp_path / "store.db", KEY, write=False, module=sqlite3)


def test_a_new_enough_sqlite_without_a_cipher_is_refused_too() -> None:
    class Plain:
        sqlite_version_info = (3, 60, 0)
        sqlite_version = "3.60.0"
        connect = staticmethod(sqlite3.connect)

    with pytest.raises(CipherMissing):
        check_driver(Plain)


def test_a_sqlite_with_a_cipher_that_is_too_old_is_refused() -> None:
    class Old:
        sqlite_version_info = (3, 51, 2)
        sqlite_version = "3.51.2"
        connect = staticmethod(driver().connect)

    with pytest.raises(CipherMissing) as refused:
        check_driver(Old)
    assert "3.51.2" in refused.value.detail


def test_the_driver_is_looked_at_before_the_first_store(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A library of another build may be linked by mistake: it is found by what it is, not by its name."""
    import sqlcipher3

    new_store(tmp_path).close()
    before = (tmp_path / "store.db").read_bytes()
    monkeypatch.setattr(sqlcipher3, "dbapi2", sqlite3)
    driver.cache_clear()
    try:
        with pytest.raises(CipherMissing):
            driver()
        with pytest.raises(CipherMissing):
            again(tmp_path)
    finally:
        monkeypatch.undo()
        driver.cache_clear()
    assert (tmp_path / "store.db").read_bytes() == before


def test_a_file_of_ours_without_a_version_is_a_damaged_store(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.connection.execute("DROP TABLE alembic_version")
    store.close()
    with pytest.raises(StoreDamaged):
        again(tmp_path)


def test_the_driver_at_hand_has_a_cipher_and_is_new_enough() -> None:
    module = driver()
    assert module.sqlite_version_info >= (3, 51, 3)


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    readers = Readers(tmp_path / "store.db", KEY)
    with readers.lend() as connection, pytest.raises(driver().OperationalError, match="readonly"):
        connection.execute("DELETE FROM meta")
    readers.close()


def test_two_selects_of_one_read_see_one_state(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store)

    def read(reader: object) -> tuple[str, str]:
        from caseworker_app.domain.case import Case
        from caseworker_app.services import cases
        from caseworker_app.services.forms import Edit

        first = reader.get(Case, emma).school  # type: ignore[attr-defined]
        store.write(lambda w: cases.edit(w, emma, {"school": Edit("Midt imellem")}))
        return first, reader.get(Case, emma).school  # type: ignore[attr-defined]

    first, second = store.read(read)
    assert first == second == ""
    assert case(store, emma).school == "Midt imellem"
    store.close()


def test_a_store_of_a_newer_version_is_refused_in_its_own_kind(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with transaction(store.writer, "BEGIN IMMEDIATE") as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    before = (tmp_path / "store.db").read_bytes()
    with pytest.raises(StoreTooNew):
        again(tmp_path)
    assert (tmp_path / "store.db").read_bytes() == before


def test_a_key_of_another_length_is_a_bug_said_at_once(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    with pytest.raises(ValueError, match="32 bytes"):
        connect(tmp_path / "store.db", b"short", write=False)


def test_secure_delete_and_full_sync_are_on(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with store.writer.connect() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("secure_delete", "synchronous", "journal_mode", "foreign_keys", "temp_store")
        }
    assert values == {
        "secure_delete": 1,
        "synchronous": 2,
        "journal_mode": "wal",
        "foreign_keys": 0,
        "temp_store": 2,
    }
    store.close()


def test_read_only_errors_are_the_users_world(tmp_path: Path) -> None:
    found = connections._kind_of(driver().OperationalError("attempt to write a readonly database"), tmp_path)
    assert isinstance(found, StoreReadOnly)
