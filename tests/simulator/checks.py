"""The invariants, at the end of a history (``docs/sync.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.sync.wire import next_chain
from db.engine import transaction
from db.rebuild import rebuild_all
from db.verify import contents
from tests.simulator.versions import NEWER, running

if TYPE_CHECKING:
    from tests.simulator.laptop import Laptop
    from tests.simulator.world import World


def check(world: World, there: Mapping[Id, list[set[bytes]]], rebuilt: int) -> None:
    """Check everything. ``there`` is what each laptop held in each stream before all was healed."""
    for stream in world.template.streams:
        rows = world.hub.rows(stream)
        _dense_and_chained(rows)
        log = {op_id for _seq, op_id, _chain, _payload in rows}
        _nothing_lost(world, stream, there[stream], log)
        for laptop in _members(world, stream):
            _same_rows(laptop, stream, log)
            shown = log | _kept_aside(world, laptop, stream)
            _heads_of_the_oracle(world, laptop, stream, shown)
            _taken_back_in_the_open(world, laptop, stream, shown)
            _cursor_and_acks(laptop, stream, rows)
    _rebuilt(world.laptops[rebuilt % len(world.laptops)])


def _members(world: World, stream: Id) -> list[Laptop]:
    owner = world.laptops[world.template.streams.index(stream)]
    members = owner.sync.membership(stream)
    return [one for one in world.laptops if members.role_of(world.template.users[one.user]).reads]


def _dense_and_chained(rows: list[tuple[int, bytes, bytes, bytes]]) -> None:
    """I6: dense numbers, a chain that verifies, no id twice."""
    assert [seq for seq, *_rest in rows] == list(range(1, len(rows) + 1)), "I6: the log has gaps"
    assert len({op_id for _seq, op_id, *_rest in rows}) == len(rows), "I6: an operation stands twice"
    chain = b""
    for _seq, op_id, after, payload in rows:
        chain = next_chain(chain, op_id, payload)
        assert chain == after, "I6: the chain does not follow"


def _nothing_lost(world: World, stream: Id, there: list[set[bytes]], log: set[bytes]) -> None:
    """I1, I9, I10: what was on any disk is in the log; what somebody wrote who was taken out may be put aside."""
    aside = any(left == stream for left, _user in world.left)
    for laptop, held in zip(world.laptops, there, strict=False):
        missing = held - log
        if aside:
            put_aside = {row[0] for row in laptop.ask("SELECT op_id FROM quarantine WHERE op_id IS NOT NULL")}
            kept = laptop.operations(stream) | put_aside
            assert held <= kept, "I1: something written is kept nowhere"
            continue
        assert not missing, f"I1: {len(missing)} operations of laptop {laptop.folder.name} are lost"


def _kept_aside(world: World, laptop: Laptop, stream: Id) -> set[bytes]:
    """What somebody wrote while she was taken out and the hub did not take: she sees it still, listed as not taken."""
    if not any(left == stream for left, _user in world.left):
        return set()
    return {
        row[0]
        for row in laptop.ask("SELECT op_id FROM quarantine WHERE place = 'hub' AND stream_id = ?", stream)
    }


def _same_rows(laptop: Laptop, stream: Id, log: set[bytes]) -> None:
    """I2: the laptop has what the log has."""
    query = "SELECT op_id FROM operations WHERE stream_id = ? AND state = 'applied' AND acked = 1"
    held = {row[0] for row in laptop.ask(query, stream)}
    refused = {row[0] for row in laptop.ask("SELECT op_id FROM quarantine WHERE op_id IS NOT NULL")}
    missing = log - held - refused
    assert not missing, f"I2: {len(missing)} of {len(log)} rows are missing on {laptop.folder.name}"


def _heads_of_the_oracle(world: World, laptop: Laptop, stream: Id, log: set[bytes]) -> None:
    """I2, I3, I4, I5: every field's heads are what people saw and wrote makes them, with the values they wrote."""
    for key in world.oracle.keys(stream):
        entity, field = key
        expected = world.oracle.heads(key, log)
        if not expected:
            continue
        shown = laptop.heads(entity, field)
        assert shown == set(expected), (
            f"I3: {laptop.folder.name} shows {len(shown)} values of {field} where there are {len(expected)}"
        )
        if field in ("note", "phone"):
            found = laptop.store.read(lambda r, entity=entity, field=field: r.fields(Person, entity)[field])
            values = {found.value, *(one.value for one in found.others)}
            assert values == set(expected.values()), f"I3: {field} has another value than was written"


def _taken_back_in_the_open(world: World, laptop: Laptop, stream: Id, log: set[bytes]) -> None:
    """I3: nothing is gone that somebody changed who did not know, and what people disagree about is counted."""
    for person in laptop.people(stream):
        gone, disputed = world.oracle.standing(person, log)
        found = laptop.store.read(lambda r, person=person: r.get(Person, person))
        assert found is not None
        assert found.cancelled == gone, "I3: taken back and changed apart" if found.cancelled else "I3: back"
        assert found.conflicts == disputed, f"I3: {found.conflicts} counted where people disagree {disputed}"


def _cursor_and_acks(laptop: Laptop, stream: Id, rows: list[tuple[int, bytes, bytes, bytes]]) -> None:
    """I7: the cursor stands where the log ends, and nothing counts as sent that is not in it."""
    at = laptop.sync.streams()[stream]
    assert at.seq == len(rows), "I7: the cursor is not at the end"
    assert not rows or at.chain == rows[-1][2], "I7: the cursor's chain is another"
    places = dict(
        laptop.ask("SELECT op_id, stream_seq FROM operations WHERE stream_id = ? AND acked = 1", stream)
    )
    in_log = {op_id: seq for seq, op_id, *_rest in rows}
    assert places == {op_id: in_log.get(op_id) for op_id in places}, "I7: counted as sent and not in the log"


def _rebuilt(laptop: Laptop) -> None:
    """I8: the tables are what the log says."""
    real = laptop.store.connection = laptop.store.connection.real
    with running(NEWER):
        before = contents(real)
        with transaction(laptop.store.writer, "BEGIN IMMEDIATE") as connection:
            rebuild_all(connection, laptop.store.shared, None)
        after = contents(real)
    assert before == after, "I8: rebuilding from the log gives other tables"
