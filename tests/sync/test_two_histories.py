"""A hub that shows colleagues different logs, or a log that was tampered with at home, is found out."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.hub.core import HubCore
from caseworker_app.hub.database import open_engine
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from caseworker_app.services.sync_ports import Outgoing
from caseworker_app.sync import sharing
from caseworker_app.sync.wire import PushAsked, Pushed
from db.verify import faults
from tests.helpers.stores import case, register
from tests.helpers.sync_house import Desk, Net, Office


def school(desk: Desk, case_id: Id, name: str) -> None:
    heads = desk.store.read(lambda r: r.fields(Case, case_id))["school"].heads
    desk.store.write(lambda w: cases.edit(w, case_id, {"school": Edit(name, heads)}))


def shared(office: Office) -> tuple[Desk, Desk, Id]:
    anna, bo = office.desk("anna"), office.desk("bo")
    emma = register(anna.store)
    anna.well()
    sharing.share(anna.sync, case(anna.store, emma).stream, bo.user, Role.MEMBER)
    office.settle(anna, bo)
    return anna, bo, emma


def copied(office: Office, name: str) -> HubCore:
    """Return a hub that has everything the office's hub has at this moment, and goes its own way from here."""
    file = office.folder / name
    with sqlite3.connect(office.folder / "hub.db") as old, sqlite3.connect(file) as new:
        old.backup(new)
    old.close()
    new.close()
    return HubCore(replace(office.house.ground, engine=open_engine(f"sqlite:///{file}")))


def test_a_hub_that_shows_two_histories_is_caught_and_the_row_is_taken(office: Office) -> None:
    anna, bo, emma = shared(office)
    other = copied(office, "other.db")
    school(anna, emma, "Nordskolen")
    anna.well()
    school(anna, emma, "Sydskolen")  # its author has seen Nordskolen come back
    said = anna.sync.outgoing(0, 10, 1 << 20)
    anna.well()
    bo.net = Net(other)
    bo.over(bo.store)
    school(bo, emma, "Vestskolen")
    bo.well()
    account = anna.sync.account()
    assert account is not None
    other.push(account.token, handed_in(said))
    assert bo.sync.counts().histories == 0
    bo.well()
    assert bo.sync.counts().histories == 1
    fields = bo.store.read(lambda r: r.fields(Case, emma))["school"]
    assert len(fields.heads) == 2
    bo.sync.forget_histories()
    bo.well()
    assert bo.sync.counts().histories == 0
    assert faults(bo.store) == []
    other.ground.engine.dispose()


def handed_in(said: list[Outgoing]) -> PushAsked:
    """Return rows as anybody may hand them in."""
    rows = (Pushed(one.sealed.header, one.sealed.payload, one.sealed.signature) for one in said)
    return PushAsked(tuple(rows))


def test_an_honest_hub_is_never_said_to_show_two_histories(office: Office) -> None:
    anna, bo, emma = shared(office)
    for n in range(4):
        school(anna, emma, f"a{n}")
        school(bo, emma, f"b{n}")
        office.settle(anna, bo)
    late = office.desk("anna")
    office.settle(anna, late, bo)
    assert [desk.sync.counts().histories for desk in office.desks] == [0, 0, 0]


def test_a_hub_known_to_have_been_put_back_is_not_said_to_show_two_histories(office: Office) -> None:
    anna, bo, emma = shared(office)
    earlier = copied(office, "earlier.db")
    for n in range(3):
        school(anna, emma, f"a{n}")
        office.settle(anna, bo)
    school(anna, emma, "written before the hub was put back")
    for desk in (anna, bo):
        desk.net = Net(earlier)
        desk.over(desk.store)
    assert bo.well().restored
    office.settle(anna, bo)
    assert case(bo.store, emma).school == "written before the hub was put back"
    assert [desk.sync.counts().histories for desk in (anna, bo)] == [0, 0]
    earlier.ground.engine.dispose()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE operations SET chain = x'00' WHERE stream_seq = 2 AND stream_id = ?", "chain: row 2"),
        ("DELETE FROM operations WHERE stream_seq = 2 AND stream_id = ?", "missing: row 2"),
        (
            """DELETE FROM operations WHERE stream_id = ?1
               AND stream_seq = (SELECT max(stream_seq) FROM operations WHERE stream_id = ?1)""",
            "missing: row",
        ),
        ("UPDATE cursors SET chain = x'00' WHERE stream_id = ?", "cursor: row"),
        ("UPDATE operations SET stream_seq = stream_seq + 100 WHERE stream_id = ?", "missing: row 1"),
    ],
)
def test_verify_recomputes_the_chain_of_what_came(office: Office, change: str, fault: str) -> None:
    anna, bo, emma = shared(office)
    school(anna, emma, "Nordskolen")
    office.settle(anna, bo)
    assert faults(bo.store) == []
    bo.store.connection.execute(change, (case(bo.store, emma).stream,))
    assert any(one.startswith(fault) for one in faults(bo.store))
