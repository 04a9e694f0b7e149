"""Whatever the order in which operations come, by the page or one by one, the tables are the same."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from caseworker_app.domain.entity import CANCELLED, LIFE, LIVE, SEEN
from caseworker_app.domain.heads import life_of
from caseworker_app.domain.operations import Change, ChangeKind, Header, Operation, Payload
from db.bulk import apply_many
from db.connection import Raw
from db.head_rows import heads_of
from db.store import SqlStore
from db.verify import contents
from tests.helpers.stores import new_store

STREAM, EMMA = b"s" * 16, b"e" * 16
_INSERT = """
INSERT INTO operations (no, op_id, act_id, stream_id, author, incarnation, seq, hlc, schema_v, key_id, header, payload,
                        signature) VALUES (?, ?, x'', ?, x'', x'', ?, ?, 1, x'', x'', x'', x'')
"""


def an_operation(no: int, *changes: Change) -> Operation:
    header = Header(
        op_id(no), b"a" * 16, STREAM, b"i" * 16, no, b"w" * 16, no << 16, no, 0, "UTC", 1, b"k" * 16
    )
    return Operation(header, Payload("x", changes))


def op_id(no: int) -> bytes:
    return no.to_bytes(16, "big")


def a_history(chance: random.Random, length: int = 25) -> list[Operation]:
    """Return operations of people who each saw only some of what was there, as a log that merged them holds."""
    kept: list[Operation] = [
        an_operation(
            1,
            Change("case", EMMA, LIFE, ChangeKind.CREATE, LIVE),
            Change("case", EMMA, "child_name", ChangeKind.CREATE, "Emma Prøve"),
        )
    ]
    for no in range(2, length):
        field = chance.choice(("school", "note", LIFE, "child_name"))
        before = [o.header.op_id for o in kept if any(c.field == field for c in o.payload.changes)]
        seen = tuple(sorted(chance.sample(before, min(len(before), chance.randrange(3)))))
        if field == LIFE:
            kind, value = chance.choice(((ChangeKind.CANCEL, CANCELLED), (ChangeKind.RESTORE, LIVE)))
        else:
            kind, value = ChangeKind.SET, chance.choice(("A", "B", "C"))
        changes = [Change("case", EMMA, field, kind, value, seen)]
        if (value == CANCELLED and chance.random() < 0.8) or chance.random() < 0.2:
            changes.append(a_note(chance, kept))
        kept.append(an_operation(no, *changes))
    return kept


def a_note(chance: random.Random, kept: list[Operation]) -> Change:
    """Return what somebody says of all she had seen: a beginning of the history and some of the rest."""
    at = chance.randrange(len(kept) + 1)
    seen = [o for n, o in enumerate(kept) if n < at or chance.random() < 0.3]
    notes = tuple(o.header.op_id for o in seen if any(c.field == SEEN for c in o.payload.changes))
    return Change("case", EMMA, SEEN, ChangeKind.SET, sorted(o.header.op_id for o in seen), notes)


def emptied(raw: Raw) -> None:
    for table in ("operations", "heads", "superseded", "changes", "p_case", "s_rows", "s_words"):
        raw.execute(f"DELETE FROM {table}")


def fill(raw: Raw, history: list[Operation]) -> list[tuple[int, Operation]]:
    raw.executemany(
        _INSERT,
        [(o.header.seq, o.header.op_id, STREAM, o.header.seq, o.header.hlc) for o in history],
    )
    return [(o.header.seq, o) for o in history]


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    made = new_store(tmp_path)
    yield made  # type: ignore[misc]
    made.close()


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_arrival_and_the_size_of_a_page_change_nothing(store: SqlStore, seed: int) -> None:
    chance = random.Random(seed)
    history = a_history(chance)
    raw = store.connection
    found = []
    for size, shuffled in itertools.product((1, 3, 100), (False, True)):
        raw.execute("BEGIN")
        emptied(raw)
        entries = fill(raw, history)
        if shuffled:
            chance.shuffle(entries)
        for begin in range(0, len(entries), size):
            apply_many(raw, entries[begin : begin + size])
        found.append(contents(raw))
        raw.execute("ROLLBACK")
    for one in found:
        assert {name: one[name] for name in one if one[name] != found[0][name]} == {}
    assert found[0]["superseded"] == []


def test_such_histories_hold_things_gone_and_things_taken_back_and_changed_apart(store: SqlStore) -> None:
    """What the tests beside this one compare is there to be compared."""
    raw, met = store.connection, set()
    for seed in range(40):
        raw.execute("BEGIN")
        emptied(raw)
        apply_many(raw, fill(raw, a_history(random.Random(seed))))
        (gone,) = raw.execute("SELECT cancelled FROM p_case").fetchone()
        met.add((bool(gone), bool(life_of(heads_of(raw, EMMA)).unseen)))
        raw.execute("ROLLBACK")
    assert met == {(False, False), (True, False), (False, True)}
