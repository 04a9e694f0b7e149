"""Somebody who has the key writes into the file past the program: `verify` says so, and the window never trusts it."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Case
from caseworker_app.services import cases, people
from caseworker_app.services.forms import Edit
from db.errors import StoreDamaged
from db.store import SqlStore
from db.verify import faults
from tests.helpers.stores import NOON, again, founded, register

REPLAY = """
INSERT INTO operations (op_id, act_id, stream_id, author, incarnation, seq, hlc, schema_v, key_id, undoes, state, header,
                        payload, signature, acked)
SELECT randomblob(16), act_id, stream_id, author, incarnation, seq, hlc, schema_v, key_id, undoes, state, header,
       payload, signature, acked FROM operations WHERE no = 6
"""
TAMPERED = {
    "an entry whose contents are gone": (
        ["UPDATE operations SET payload = NULL WHERE no = 6"],
        "payload gone: operation 6",
    ),
    "other contents": (["UPDATE operations SET payload = zeroblob(60) WHERE no = 6"], "seal: operation 6"),
    "another header": (["UPDATE operations SET header = zeroblob(60) WHERE no = 6"], "header: operation 6"),
    "another signature": (
        ["UPDATE operations SET signature = zeroblob(64) WHERE no = 6"],
        "signature: operation 6",
    ),
    "an entry hidden from the history": (
        ["UPDATE operations SET state = 'waiting' WHERE no = 6"],
        "state: operation 6",
    ),
    "another author": (
        ["UPDATE operations SET author = zeroblob(16) WHERE no = 6"],
        "columns (author): operation 6",
    ),
    "another device": (
        ["UPDATE operations SET incarnation = zeroblob(16), signature = zeroblob(64) WHERE no = 6"],
        "columns (incarnation): operation 6",
    ),
    "another case": (
        ["UPDATE operations SET stream_id = (SELECT stream_id FROM operations WHERE no = 1) WHERE no = 6"],
        "columns (stream_id): operation 6",
    ),
    "another time": (["UPDATE operations SET hlc = 1 WHERE no = 6"], "columns (hlc): operation 6"),
    "another act": (
        ["UPDATE operations SET act_id = zeroblob(16) WHERE no = 6"],
        "columns (act_id): operation 6",
    ),
    "something taken back": (
        ["UPDATE operations SET undoes = act_id WHERE no = 6"],
        "columns (undoes): operation 6",
    ),
    "a number of its own": (
        ["UPDATE operations SET op_id = zeroblob(16) WHERE no = 6"],
        "columns (op_id): operation 6",
    ),
    "a newer version": (
        ["UPDATE operations SET schema_v = 99 WHERE no = 6"],
        "columns (schema_v): operation 6",
    ),
    "sent, though it never was": (["UPDATE operations SET acked = 1 WHERE no = 6"], "acked: operation 6"),
    "an entry taken out": (["DELETE FROM operations WHERE no = 6", "rebuild"], "sequence: operation 7"),
    "two entries exchanged": (
        [
            "UPDATE operations SET no = -1 WHERE no = 6",
            "UPDATE operations SET no = 6 WHERE no = 7",
            "UPDATE operations SET no = 7 WHERE no = -1",
            "rebuild",
        ],
        "order: operation 7",
    ),
    "an entry once more": ([REPLAY, "rebuild"], "sequence: operation 10"),
    "a value of a field": (["UPDATE heads SET body = X'90'"], "table: heads"),
    "a value in a table": (["UPDATE p_case SET school = 'forged'"], "table: p_case"),
    "a person left out": (["DELETE FROM p_person"], "table: p_person"),
    "a change the history does not find": (["DELETE FROM changes WHERE no = 6"], "table: changes"),
    "a value that counts as replaced": (
        ["INSERT INTO superseded VALUES (zeroblob(16), 'school', zeroblob(16))"],
        "table: superseded",
    ),
    "the key of a case": (["UPDATE stream_keys SET secret = zeroblob(32)"], "seal: operation 6"),
    "the keys of all cases": (["DELETE FROM stream_keys"], "seal: operation 6"),
    "a case that is no case": (["UPDATE streams SET kind = 'own' WHERE kind = 'case'"], "streams: "),
    "a case that is not listed": (
        ["DELETE FROM streams WHERE kind = 'case'"],
        "streams: not those of the log",
    ),
    "the worker": (["UPDATE device SET author = zeroblob(16)"], "author: operation 6"),
    "the device": (["UPDATE device SET secret = randomblob(64)"], "signature: operation 6"),
    "a look at a number": (["DELETE FROM access_log WHERE no = 1"], "access log: 1 rows are gone"),
    "a trigger": (
        ["CREATE TRIGGER t AFTER INSERT ON operations BEGIN DELETE FROM access_log; END"],
        "schema: a trigger that is not ours",
    ),
    "a table beside ours": (["CREATE TABLE copy_of_all (x)"], "schema: a table that is not ours"),
}


def written(folder: Path) -> SqlStore:
    """Return a store with nine operations and two rows in the access log."""
    store = founded(folder)
    emma = register(store)
    for school in ("Nordskolen", "Sydskolen"):
        heads = store.read(lambda r: r.fields(Case, emma))["school"].heads
        store.write(lambda w, s=school, h=heads: cases.edit(w, emma, {"school": Edit(s, h)}))
    store.write(lambda w: people.add(w, emma, {"name": "Mor Prøve"}))
    for _ in range(2):
        store.write(lambda w: people.show_number(w, Case, emma))
    return store


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    store = written(folder)
    assert faults(store) == []
    store.close()
    return folder


@pytest.fixture
def store(whole: Path, tmp_path: Path) -> SqlStore:
    (tmp_path / "store.db").write_bytes((whole / "store.db").read_bytes())
    return again(tmp_path)


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_written_past_the_program_is_named(store: SqlStore, tmp_path: Path, what: str) -> None:
    statements, said = TAMPERED[what]
    for statement in statements:
        if statement == "rebuild":
            store.rebuild()
        else:
            store.connection.execute(statement)
    store.close()
    opened = again(tmp_path)
    found = faults(opened)
    opened.close()
    assert any(fault.startswith(said) for fault in found), found


def test_an_entry_that_was_altered_is_said_as_damage_wherever_it_is_read(
    store: SqlStore, tmp_path: Path
) -> None:
    (emma,) = store.read(lambda r: r.find(Case))
    store.connection.execute("UPDATE operations SET payload = zeroblob(60) WHERE no = 6")
    with pytest.raises(StoreDamaged):
        store.read(lambda r: r.history(entities=[emma.id]))
    with pytest.raises(StoreDamaged):
        store.rebuild()
    store.connection.execute("UPDATE meta SET value = X'00' WHERE key = 'projection_version'")
    store.close()
    before = (tmp_path / "store.db").read_bytes()
    with pytest.raises(StoreDamaged):
        again(tmp_path)
    assert (tmp_path / "store.db").read_bytes() == before


def test_a_clock_set_back_and_forward_leaves_a_log_in_order(tmp_path: Path) -> None:
    clock = FixedClock(NOON)
    store = founded(tmp_path, clock)
    emma = register(store, school="0")
    chance = random.Random(5)
    for n in range(1, 30):
        clock.set(NOON + dt.timedelta(days=chance.uniform(-4000, 4000)))
        heads = store.read(lambda r: r.fields(Case, emma))["school"].heads
        store.write(lambda w, n=n, h=heads: cases.edit(w, emma, {"school": Edit(str(n), h)}))
        if n % 7 == 0:
            store.close()
            store = again(tmp_path, clock)
    assert faults(store) == []
    acts = store.read(lambda r: r.history(entities=[emma]))
    assert [act.changes[0].after for act in acts[:-1]] == [str(n) for n in range(29, 0, -1)]
    store.close()


def test_a_closed_store_reads_nothing_more_and_has_forgotten_its_key(store: SqlStore) -> None:
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.read(lambda r: r.find(Case))
    assert store._readers._key == b""
