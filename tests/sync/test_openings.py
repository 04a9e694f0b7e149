"""Whose a case is follows from the first row of its log: what a hub that changes that row comes to."""

from __future__ import annotations

from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.domain.operations import CLEAR_KEY, Change, ChangeKind, Header, Operation, Payload
from caseworker_app.sync import sharing
from caseworker_app.sync.wire import LogRow
from tests.helpers.stores import case, register
from tests.helpers.sync_house import Desk, Office
from tests.sync.test_invariants import Liar


def rows_of(desk: Desk, stream: Id) -> list[LogRow]:
    return list(desk.client(desk.sync.account()).log(stream, 0, 500).rows)


def shared(office: Office) -> tuple[Desk, Desk, Id, Id]:
    """Anna has two cases, of which she shares one with Bo, who has not synced since. Returns both desks and both cases."""
    anna, bo = office.desk("anna"), office.desk("bo")
    emma, sofus = register(anna.store), register(anna.store, "Sofus Prøve")
    anna.well()
    sharing.share(anna.sync, case(anna.store, emma).stream, bo.user, Role.MEMBER)
    anna.well()
    return anna, bo, emma, sofus


def forged_opening(stream: Id, by: Desk) -> LogRow:
    """Return the opening of a stream that is not hers, signed by a laptop the hub plays together with."""
    shared_ = by.store.shared
    key_id, key = b"k" * 16, shared_.sealer.new_key()
    grant = {
        "stream_kind": "case",
        "device": shared_.sealer.device,
        "signing_key": shared_.sealer.public_key,
        "key_id": key_id,
        "wrapped": shared_.sealer.grant(key, stream, key_id),
        "role": "owner",
        "user": shared_.user,
        "author": shared_.author,
        "exchange_key": shared_.sealer.exchange_key,
    }
    header = Header(
        b"o" * 16,
        b"a" * 16,
        stream,
        shared_.incarnation,
        10_000,
        shared_.author,
        1 << 16,
        0,
        0,
        "UTC",
        1,
        CLEAR_KEY,
    )
    change = Change("grant", b"g" * 16, "grant", ChangeKind.CREATE, grant)
    sealed = shared_.sealer.seal(Operation(header, Payload("Open a log", (change,))), b"")
    return LogRow(0, b"", 0, shared_.device.device_id, sealed.header, sealed.payload, sealed.signature)


def test_the_openings_of_two_cases_cannot_be_exchanged(office: Office) -> None:
    anna, bo, emma, sofus = shared(office)
    home, other = case(anna.store, emma).stream, case(anna.store, sofus).stream
    true, elsewhere = rows_of(anna, home), rows_of(anna, other)
    bo.net.between = Liar(home, [elsewhere[0], *true[1:]])
    bo.once()
    refused = {row.op_id: row.reason for row in bo.sync.refused()}
    assert "moved" in refused.values()
    assert not bo.sync.membership(home).begun


def test_an_opening_forged_with_a_colleagues_help_makes_every_row_of_the_owner_be_refused_and_said(
    office: Office,
) -> None:
    """It is noticed, and gives the forger nothing of what stands in the case: see docs/sync.md, what is not proven."""
    anna, bo, emma, _sofus = shared(office)
    home = case(anna.store, emma).stream
    carl = office.desk("carl")
    carl.well()
    true = rows_of(anna, home)
    bo.net.between = Liar(home, [forged_opening(home, carl), *true])
    bo.once()
    assert bo.sync.membership(home).role_of(carl.user) is Role.OWNER  # as far as he was shown
    refused = [row for row in bo.sync.refused() if row.stream == home]
    assert {row.author for row in refused} == {anna.store.shared.author}
    assert len(refused) == len(true)
    assert bo.sync.counts().refused == len(true)  # the status line says so
    bo.net.between = None
    for _sync in range(2):
        bo.well()
    assert bo.sync.membership(home).roles == {anna.user: Role.OWNER, bo.user: Role.MEMBER}
    assert case(bo.store, emma).child_name == case(anna.store, emma).child_name
    assert [(row.reason, row.place, row.author) for row in bo.sync.refused()] == [
        ("not_a_member", "hub", carl.store.shared.author)
    ]
