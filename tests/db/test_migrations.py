"""The base tables: up, down, with data; the head is what the code expects; a backup before every upgrade."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from db import migrate, search
from db.backup import copy_to
from db.base_tables import base
from db.connection import connect
from db.engine import engine_over
from db.projections import projections
from db.verify import faults
from tests.helpers.stores import KEY, again, case, founded, new_store, register


def test_the_last_script_is_the_head_the_program_writes() -> None:
    scripts = ScriptDirectory.from_config(migrate.config())
    assert scripts.get_current_head() == migrate.HEAD
    assert {script.revision for script in scripts.walk_revisions()} == migrate.KNOWN


def test_the_scripts_make_exactly_the_tables_the_code_declares(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    own = set(projections()[0].tables) | search.TABLES | {"alembic_version"}

    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        return not (kind == "table" and name in own)

    with store.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        differences = compare_metadata(context, base)
    assert differences == []
    store.close()


def test_the_base_tables_go_up_and_down_and_up_again(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch(mode=0o600)
    raw = connect(tmp_path / "x.db", KEY, write=True, fresh=True)
    engine = engine_over(lambda: raw)
    migrate.upgrade(engine)
    assert set(base.tables) <= set(inspect(engine).get_table_names())
    migrate.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    migrate.upgrade(engine)
    assert migrate.current(raw) == migrate.HEAD
    engine.dispose()


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = founded(tmp_path)
    emma = register(store)

    def breaks(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("alembic.command.upgrade", breaks)
    with pytest.raises(RuntimeError, match="in the middle"):
        migrate.upgrade(store.writer)
    assert case(store, emma).child_name == "Emma Prøve"
    store.close()


def outdated(folder: Path) -> bytes:
    """Make a store with a case and a file as the first release wrote it; return the case's id."""
    store = founded(folder)
    emma = register(store)
    home = case(store, emma).stream
    store.write(lambda w: w.put_blob(home, b"a file of before"))
    migrate.downgrade(store.writer, "0001")
    assert migrate.current(store.connection) == "0001"
    store.close()
    return emma


def test_an_outdated_store_is_backed_up_before_it_is_touched(tmp_path: Path) -> None:
    emma = outdated(tmp_path)
    again(tmp_path).close()
    copy = tmp_path / "backups" / "before-upgrade.db"
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    kept = connect(copy, KEY, write=False)
    assert migrate.current(kept) == "0001"
    kept.close()
    (tmp_path / "store.db").unlink()
    for leftover in tmp_path.glob("store.db-*"):
        leftover.unlink()
    copy.rename(tmp_path / "store.db")
    store = again(tmp_path)
    assert case(store, emma).child_name == "Emma Prøve"
    store.close()


def test_a_store_of_the_first_release_keeps_its_log_and_is_ready_for_a_hub(tmp_path: Path) -> None:
    emma = outdated(tmp_path)
    store = again(tmp_path)
    assert migrate.current(store.connection) == migrate.HEAD
    assert case(store, emma).child_name == "Emma Prøve"
    keys = "SELECT stream_id, key_id FROM {} ORDER BY 1, 2"
    every = store.connection.execute(keys.format("stream_keys")).fetchall()
    assert len(every) == 3
    assert store.connection.execute(keys.format("grants")).fetchall() == every
    assert store.connection.execute("SELECT size, name, sent FROM blob_marks").fetchall() == [(16, None, 0)]
    assert store.read(lambda r: r.unsent())[0] > 0
    assert faults(store) == []
    store.close()


def test_a_backup_is_whole_encrypted_and_the_owners_alone(tmp_path: Path) -> None:
    store = founded(tmp_path)
    register(store, "Navn I Kopi")
    copy = copy_to(store.connection, tmp_path / "copy" / "b.db")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert b"Navn" not in copy.read_bytes()
    copy_to(store.connection, copy)
    assert [f.name for f in copy.parent.iterdir()] == ["b.db"]
    kept = connect(copy, KEY, write=False)
    every = "SELECT op_id FROM operations ORDER BY no"
    assert kept.execute(every).fetchall() == store.connection.execute(every).fetchall()
    assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept.close()
    store.close()
