"""Operations, heads and projections: nothing is lost, nothing is silently chosen, everything can be rebuilt."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Address, Case, CaseKind, SiblingKind
from caseworker_app.domain.entity import LIFE
from caseworker_app.domain.ids import Id, new_id
from caseworker_app.domain.operations import Change, ChangeKind, Header, Operation, Payload
from caseworker_app.domain.person import Person
from caseworker_app.services import cases, people
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Access, Draft, StreamKind, Writer
from caseworker_app.sync.sealing import OperationSealer
from db.base_tables import operations
from db.connection import driver, within
from db.engine import transaction
from db.log import append
from db.store import SqlStore
from db.verify import contents, faults
from tests.helpers.stores import NOON, again, case, founded, register


def foreign(
    store: SqlStore, case_id: Id, field: str, value: object, parents: tuple[Id, ...], hlc: int = 0
) -> Operation:
    """Return an operation another device could have written in the case's stream."""
    stream = case(store, case_id).stream
    key_id = store.shared.current_key_of(store.connection, stream)
    header = Header(
        op_id=new_id(),
        act_id=new_id(),
        stream_id=stream,
        incarnation=b"other device 1..",
        seq=1,
        author=b"another worker..",
        hlc=hlc or store.shared.hlc + 1,
        wall_ms=0,
        est_skew_ms=0,
        zone="Europe/Copenhagen",
        schema_v=1,
        key_id=key_id,
    )
    change = Change("case", case_id, field, ChangeKind.SET, value, parents)
    return Operation(header, Payload("Change the case", (change,)))


def receive(store: SqlStore, *arrived: Operation) -> None:
    """Take operations in as sync will."""
    sealer = store.shared.sealer
    with within(store.connection, "BEGIN IMMEDIATE"):
        for operation in arrived:
            key = store.shared.key_of(store.connection, operation.header.stream_id, operation.header.key_id)
            append(store.connection, operation, sealer.seal(operation, key))


def tables(store: SqlStore) -> dict[str, list[Any]]:
    """Return everything that follows from the log."""
    return contents(store.connection)


def test_every_operation_is_sealed_signed_and_complete_from_the_first_write(tmp_path: Path) -> None:
    store = founded(tmp_path)
    register(store, "Emma Prøve")
    sealer = store.shared.sealer
    assert isinstance(sealer, OperationSealer)
    with store.writer.connect() as connection:
        rows = connection.execute(select(operations)).all()
    assert len(rows) >= 6
    for row in rows:
        from caseworker_app.domain.operations import Sealed

        sealed = Sealed(row.header, row.payload, row.signature)
        assert sealer.verify(sealed, sealer.public_key)
        header = sealer.header(sealed.header)
        assert (header.op_id, header.stream_id, header.author) == (
            row.op_id,
            row.stream_id,
            store.shared.author,
        )
        assert header.zone == "Europe/Copenhagen"
        assert header.seen is None
        assert row.stream_seq is row.chain is row.received_utc is None
        assert b"Emma" not in row.payload
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    store.close()


def test_a_stream_begins_with_a_signed_grant_that_needs_no_key_to_read(tmp_path: Path) -> None:
    store = founded(tmp_path)
    stream = case(store, register(store)).stream
    first = store.read(lambda r: r.history(stream=stream))[-1]
    grant = first.changes[0].after
    assert grant["role"] == "owner"
    assert grant["signing_key"] == store.shared.sealer.public_key
    sealer = store.shared.sealer
    assert isinstance(sealer, OperationSealer)
    key = store.shared.key_of(store.connection, stream, grant["key_id"])
    assert sealer.unwrap(grant["wrapped"], stream, grant["key_id"]) == key
    store.close()


def test_saving_names_what_the_author_saw_not_what_the_store_holds(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="Gammel Skole")
    seen = store.read(lambda r: r.fields(Case, emma))["school"].heads
    store.write(lambda w: cases.edit(w, emma, {"school": Edit("Imens Skole", seen)}))
    store.write(lambda w: cases.edit(w, emma, {"school": Edit("Min Skole", seen)}))
    field = store.read(lambda r: r.fields(Case, emma))["school"]
    assert field.value == "Min Skole"
    assert [head.value for head in field.others] == ["Imens Skole"]
    assert case(store, emma).conflicts == 1
    store.write(lambda w: cases.edit(w, emma, {"school": Edit("Min Skole", field.heads)}))
    assert case(store, emma).conflicts == 0
    store.close()


def test_two_who_write_different_fields_never_clash(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="Skole")
    fields = store.read(lambda r: r.fields(Case, emma))
    receive(store, foreign(store, emma, "district", "Vest", fields["district"].heads))
    store.write(lambda w: cases.edit(w, emma, {"school": Edit("Ny Skole", fields["school"].heads)}))
    found = case(store, emma)
    assert (found.school, found.district, found.conflicts) == ("Ny Skole", "Vest", 0)
    store.close()


def test_the_most_protective_value_acts_while_two_disagree(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store)
    receive(store, foreign(store, emma, "address_protected", True, (), hlc=1))
    store.write(lambda w: cases.edit(w, emma, {"address_protected": Edit(False, ())}))
    field = store.read(lambda r: r.fields(Case, emma))["address_protected"]
    assert field.value is True
    assert case(store, emma).address_protected
    assert [head.value for head in field.others] == [False]
    store.close()


def test_elements_of_a_set_are_added_and_removed_one_by_one(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, kinds=frozenset({CaseKind.PLACEMENT}))
    receive(store, foreign(store, emma, "kinds/investigation", True, ()))
    store.write(lambda w: cases.edit(w, emma, {"kinds": Edit(frozenset({CaseKind.INVESTIGATION}))}))
    assert case(store, emma).kinds == {CaseKind.INVESTIGATION}
    store.close()


def test_a_wrong_clock_changes_the_order_shown_and_nothing_else(tmp_path: Path) -> None:
    clock = FixedClock(NOON)
    store = founded(tmp_path, clock)
    emma = register(store, school="Første")
    clock.set(NOON - dt.timedelta(days=400))
    heads_seen = store.read(lambda r: r.fields(Case, emma))["school"].heads
    store.write(lambda w: cases.edit(w, emma, {"school": Edit("Anden", heads_seen)}))
    assert case(store, emma).school == "Anden"
    assert case(store, emma).conflicts == 0
    store.close()


def test_an_operation_named_as_parent_before_it_arrives_is_no_head_when_it_does(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="Første")
    first = foreign(
        store, emma, "school", "Forælder", store.read(lambda r: r.fields(Case, emma))["school"].heads
    )
    second = foreign(store, emma, "school", "Barn", (first.header.op_id,))
    receive(store, second, first)
    assert case(store, emma).school == "Barn"
    assert store.read(lambda r: r.fields(Case, emma))["school"].others == ()
    store.close()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_any_order_of_arrival_gives_the_same_tables(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    folder = tmp_path / f"{seed}-{new_id().hex()}"
    folder.mkdir()
    store = founded(folder)
    emma = register(store, school="Start")
    known = [store.read(lambda r: r.fields(Case, emma))["school"].heads]
    written = []
    for n in range(6):
        parents = chance.choice(known)
        operation = foreign(
            store, emma, "school", f"v{n}", parents, hlc=store.shared.hlc + 1 + chance.randrange(50)
        )
        written.append(operation)
        known.append((operation.header.op_id,))
    store.close()
    whole = (folder / "store.db").read_bytes()
    seen = []
    for _ in range(3):
        chance.shuffle(written)
        (folder / "store.db").write_bytes(whole)
        store = again(folder)
        receive(store, *written)
        field = store.read(lambda r: r.fields(Case, emma))["school"]
        seen.append((case(store, emma).school, field.heads, {head.value for head in field.others}))
        store.close()
    assert seen[0] == seen[1] == seen[2]
    named = {p for o in written for c in o.payload.changes for p in c.parents}
    maximal = {o.header.op_id for o in written} - named
    assert set(seen[0][1]) == maximal | (set(known[0]) - named)


def test_a_rebuild_gives_the_same_tables(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, kinds=frozenset({CaseKind.PLACEMENT}), address=Address("Vej 1", "7400", "Hedeby"))
    mor = store.write(lambda w: people.add(w, emma, {"name": "Mor"})).result
    store.write(lambda w: people.remove(w, mor))
    receive(store, foreign(store, emma, "school", "En", ()), foreign(store, emma, "school", "To", ()))
    before = tables(store)
    assert store.rebuild() > 0
    assert tables(store) == before
    store.close()


def test_a_rebuild_says_how_far_it_is_and_can_be_stopped_without_harm(tmp_path: Path) -> None:
    from caseworker_app.services.ports import Cancelled

    store = founded(tmp_path)
    emma = register(store)
    said: list[tuple[int, int]] = []
    store.rebuild(lambda done, of: said.append((done, of)))
    assert said[-1][0] == said[-1][1]

    def stop(_done: int, _of: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        store.rebuild(stop)
    assert case(store, emma).child_name == "Emma Prøve"
    store.close()


def test_a_store_whose_projections_are_of_another_version_is_rebuilt_when_opened(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store)
    with transaction(store.writer, "BEGIN IMMEDIATE") as connection:
        connection.execute(text("UPDATE meta SET value = x'00' WHERE key = 'projection_version'"))
        connection.execute(text("DROP TABLE p_case"))
    store.close()
    store = again(tmp_path)
    assert case(store, emma).child_name == "Emma Prøve"
    store.close()


def test_a_cancelled_thing_is_kept_and_left_out_of_lists(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store)
    mor = store.write(lambda w: people.add(w, emma, {"name": "Mor"})).result
    store.write(lambda w: people.remove(w, mor))
    stream = case(store, emma).stream
    assert store.read(lambda r: r.find(Person, stream=stream)) == []
    kept = store.read(lambda r: r.find(Person, stream=stream, cancelled=True))
    assert [p.name for p in kept] == ["Mor"]
    store.close()


def test_a_thing_cancelled_while_another_edits_it_stays_visible(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store)
    life = store.read(lambda r: r.history(entities=[emma]))[0].op_id
    cancel = foreign(store, emma, LIFE, "cancelled", (life,))
    restore = foreign(store, emma, LIFE, "live", (life,))
    receive(store, cancel, restore)
    found = case(store, emma)
    assert not found.cancelled
    assert found.conflicts == 1
    store.close()


def test_an_act_that_fails_leaves_nothing_behind_and_no_gap_in_the_stamps(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store)
    before, seq = tables(store), store.shared.seq

    def fails(w: Any) -> None:
        w.act("Change the case")
        w.set(Case, emma, "school", "Aldrig", parents=None)
        w.new_stream(StreamKind.CASE)
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        store.write(fails)
    assert tables(store) == before
    assert store.shared.seq == seq
    register(store, "Næste")
    with store.writer.connect() as connection:
        stamps = list(connection.execute(select(operations.c.seq).order_by(operations.c.seq)).scalars())
    assert stamps == list(range(1, len(stamps) + 1))
    store.close()


def everything(store: SqlStore) -> dict[str, Any]:
    """Return the log, what follows from it, the drafts and the streams."""
    raw = store.connection
    more = {
        name: raw.execute(f"SELECT * FROM {name}").fetchall()
        for name in ("operations", "drafts", "streams", "stream_keys", "access_log")
    }
    return tables(store) | more


def test_log_tables_and_drafts_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    """The last thing that is written fails, in each of the tables: nothing of what came before it stays."""
    store = founded(tmp_path)
    emma, emil = register(store), register(store, "Emil Prøve")
    store.write(lambda w: w.save_draft(Draft("form", "case", emma, None, "Emma", {"note": ("kladde", ())})))

    def act(writer: Writer) -> None:
        cases.link_siblings(writer, emma, emil, SiblingKind.FULL)
        writer.drop_draft("form")
        writer.log_access(Access.READ, "case", emma)

    before, stamps = everything(store), (store.shared.hlc, store.shared.seq)
    for table, times in (
        ("p_sibling_link", 2),
        ("heads", 2),
        ("changes", 2),
        ("operations", 2),
        ("access_log", 1),
    ):
        store.connection.execute("CREATE TABLE IF NOT EXISTS counted (n)")
        store.connection.execute(
            f"""CREATE TRIGGER fails AFTER INSERT ON {table} BEGIN
                INSERT INTO counted VALUES (1);
                SELECT RAISE(ABORT, 'planted') WHERE (SELECT count(*) FROM counted) >= {times};
            END"""
        )
        with pytest.raises(driver().DatabaseError, match="planted"):
            store.write(act)
        store.connection.execute("DROP TRIGGER fails")
        store.connection.execute("DROP TABLE counted")
        assert everything(store) == before, table
        assert (store.shared.hlc, store.shared.seq) == stamps
    store.write(act)
    assert faults(store) == []
    assert store.read(lambda r: r.drafts()) == []
    store.close()


def test_an_act_without_a_word_is_refused(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store)
    with pytest.raises(ValueError, match="say what it does"):
        store.write(lambda w: w.set(Case, emma, "school", "X", parents=None))
    store.close()


def test_one_act_over_two_cases_is_one_operation_a_stream_with_the_same_act(tmp_path: Path) -> None:
    from caseworker_app.domain.case import SiblingKind

    store = founded(tmp_path)
    emma, noah = register(store, "Emma"), register(store, "Noah")
    act = store.write(lambda w: cases.link_siblings(w, emma, noah, SiblingKind.FULL)).act_id
    with store.writer.connect() as connection:
        found = (
            connection.execute(select(operations.c.stream_id).where(operations.c.act_id == act))
            .scalars()
            .all()
        )
    assert sorted(found) == sorted([case(store, emma).stream, case(store, noah).stream])
    store.close()


def test_a_store_opened_again_goes_on_after_everything_it_has_seen(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store)
    far = store.shared.hlc + (90_000 << 16)
    seq = store.shared.seq
    receive(store, foreign(store, emma, "school", "Fra fremtiden", (), hlc=far))
    store.close()
    store = again(tmp_path)
    assert store.shared.seq == seq
    assert store.shared.hlc == far
    seen = store.read(lambda r: r.fields(Case, emma))["school"].heads
    store.write(lambda w: cases.edit(w, emma, {"school": Edit("Herfra", seen)}))
    assert store.shared.hlc > far
    assert case(store, emma).school == "Herfra"
    store.close()
