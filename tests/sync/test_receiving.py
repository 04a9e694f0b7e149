"""What a hub, or somebody in its place, may send: the store takes what holds, keeps the rest beside it, and goes on."""

from __future__ import annotations

import pytest

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.domain.operations import CLEAR_KEY, Change, ChangeKind, Header, Operation, Payload
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from caseworker_app.sync import sharing
from caseworker_app.sync.sealing import OperationSealer, new_device_secret
from caseworker_app.sync.wire import LogRow, next_chain
from db.verify import contents, faults
from tests.helpers.stores import case, register
from tests.helpers.sync_house import Desk, Office

NOBODY = b"n" * 16


class Forger:
    """Makes rows that follow on what a laptop has read, signed by a colleague's laptop or by nobody known."""

    def __init__(self, office: Office) -> None:
        self.anna, self.bo = office.desk("anna"), office.desk("bo")
        self.emma = register(self.anna.store)
        self.home = case(self.anna.store, self.emma).stream
        self.anna.well()
        sharing.share(self.anna.sync, self.home, self.bo.user, Role.MEMBER)
        office.settle(self.anna, self.bo)
        self.at = self.bo.sync.streams()[self.home]
        self.drawn = 0

    def operation(self, by: Desk, *changes: Change, **other: object) -> Operation:
        shared = by.store.shared
        self.drawn += 1
        header = Header(
            op_id=self.drawn.to_bytes(16, "big"),
            act_id=NOBODY,
            stream_id=self.home,
            incarnation=b"i" * 16,
            seq=self.drawn,
            author=shared.author,
            hlc=shared.hlc + self.drawn,
            wall_ms=1,
            est_skew_ms=0,
            zone="Europe/Copenhagen",
            schema_v=1,
            key_id=shared.current_key_of(by.store.connection, self.home),
        )
        return Operation(header._replace(**other), Payload("x", changes))

    def school(self, by: Desk, name: object, **other: object) -> Operation:
        return self.operation(by, Change("case", self.emma, "school", ChangeKind.SET, name), **other)

    def rows(self, *made: tuple[Operation, OperationSealer, Id]) -> list[LogRow]:
        found = []
        seq, chain = self.at.seq, self.at.chain
        for operation, sealer, device in made:
            key_id = operation.header.key_id
            key = b"" if key_id == CLEAR_KEY else self.key(key_id)
            sealed = sealer.seal(operation, key)
            seq, chain = seq + 1, next_chain(chain, operation.header.op_id, sealed.payload)
            found.append(LogRow(seq, chain, 5, device, sealed.header, sealed.payload, sealed.signature))
        return found

    def key(self, key_id: Id) -> bytes:
        try:
            return self.anna.store.shared.key_of(self.anna.store.connection, self.home, key_id)
        except KeyError:
            return b"u" * 32

    def annas(self, operation: Operation) -> tuple[Operation, OperationSealer, Id]:
        sealer = OperationSealer(self.anna.sync.secret(), self.anna.sync.device)
        return operation, sealer, self.anna.sync.device


@pytest.fixture
def forger(office: Office) -> Forger:
    return Forger(office)


def signed_by_nobody(f: Forger) -> tuple[Operation, OperationSealer, Id]:
    return f.school(f.anna, "B"), OperationSealer(new_device_secret(), NOBODY), f.anna.sync.device


def from_nobody(f: Forger) -> tuple[Operation, OperationSealer, Id]:
    return f.school(f.anna, "B"), OperationSealer(new_device_secret(), NOBODY), NOBODY


BAD = {
    "bad_signature": signed_by_nobody,
    "unknown_device": from_nobody,
    "not_yours": lambda f: f.annas(f.school(f.anna, "B", author=f.bo.sync.author)),
    "moved": lambda f: f.annas(f.school(f.anna, "B", stream_id=NOBODY)),
    "unreadable": lambda f: f.annas(f.school(f.anna, {"not": "a text"})),
    "unreadable because a number does not fit": lambda f: f.annas(f.school(f.anna, "B", hlc=1 << 63)),
    "unreadable because an id is short": lambda f: f.annas(f.school(f.anna, "B", act_id=b"x")),
    "unreadable because of an unknown life": lambda f: f.annas(
        f.operation(f.anna, Change("case", f.emma, "_life", ChangeKind.SET, "perhaps"))
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_row_that_cannot_be_taken_is_kept_named_and_in_nobodys_way(forger: Forger, what: str) -> None:
    bo = forger.bo
    rows = forger.rows(
        forger.annas(forger.school(forger.anna, "A")),
        BAD[what](forger),
        forger.annas(
            forger.operation(forger.anna, Change("case", forger.emma, "called", ChangeKind.SET, "Emmy"))
        ),
    )
    got = bo.sync.receive(forger.home, rows, forger.at.chain)
    assert (got.taken, got.refused, got.differs) == (2, 1, False)
    (kept,) = bo.sync.refused()
    assert kept.reason == what.split(" ")[0]
    assert case(bo.store, forger.emma).school == "A"
    assert case(bo.store, forger.emma).called == "Emmy"
    assert bo.sync.streams()[forger.home].seq == rows[-1].seq
    assert faults(bo.store) == []


def test_who_is_no_owner_cannot_add_a_member_and_a_hub_cannot_add_one_for_her(forger: Forger) -> None:
    wish = Change("membership", NOBODY, "role", ChangeKind.SET, "owner")
    by_bo = forger.operation(forger.bo, wish, key_id=CLEAR_KEY)
    sealer = OperationSealer(forger.bo.sync.secret(), forger.bo.sync.device)
    rows = forger.rows((by_bo, sealer, forger.bo.sync.device))
    got = forger.anna.sync.receive(forger.home, rows, forger.at.chain)
    assert got.refused == 1
    assert forger.anna.sync.refused()[0].reason == "read_only"
    assert NOBODY not in forger.anna.sync.membership(forger.home).roles


def test_a_member_of_one_case_cannot_write_in_another_by_its_ids(forger: Forger) -> None:
    own = register(forger.bo.store, "Sofus Prøve")
    change = Change("case", own, "school", ChangeKind.SET, "forged")
    rows = forger.rows(forger.annas(forger.operation(forger.anna, change)))
    got = forger.bo.sync.receive(forger.home, rows, forger.at.chain)
    assert got.refused == 1
    assert case(forger.bo.store, own).school == ""
    assert forger.bo.sync.refused()[0].reason == "foreign"


@pytest.mark.parametrize("how", ["left out", "exchanged", "altered", "another beginning"])
def test_a_log_that_does_not_follow_on_itself_is_read_no_further(forger: Forger, how: str) -> None:
    rows = forger.rows(*(forger.annas(forger.school(forger.anna, str(n))) for n in range(3)))
    chain = forger.at.chain
    if how == "left out":
        del rows[1]
    elif how == "exchanged":
        rows[1], rows[2] = rows[2], rows[1]
    elif how == "altered":
        old = rows[1]
        rows[1] = LogRow(old.seq, bytes(32), 5, old.device, old.header, old.payload, old.signature)
    else:
        chain = bytes(32)
    got = forger.bo.sync.receive(forger.home, rows, chain)
    assert got.differs
    assert got.taken == (0 if how == "another beginning" else 1)
    assert forger.bo.sync.streams()[forger.home].seq == forger.at.seq + got.taken
    assert faults(forger.bo.store) == []


def test_the_same_page_twice_is_taken_once(forger: Forger) -> None:
    rows = forger.rows(forger.annas(forger.school(forger.anna, "A")))
    forger.bo.sync.receive(forger.home, rows, forger.at.chain)
    before = contents(forger.bo.store.connection)
    again = forger.bo.sync.receive(forger.home, rows, rows[-1].chain)
    assert again.differs
    assert again.taken == 0
    assert contents(forger.bo.store.connection) == before


def test_a_newer_version_waits_and_is_taken_up_when_it_is_known(
    forger: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = forger.rows(
        forger.annas(forger.school(forger.anna, "of tomorrow", schema_v=2)),
        forger.annas(
            forger.operation(forger.anna, Change("case", forger.emma, "called", ChangeKind.SET, "Emmy"))
        ),
    )
    got = forger.bo.sync.receive(forger.home, rows, forger.at.chain)
    assert (got.taken, got.waiting) == (2, 1)
    assert forger.bo.sync.counts().waiting_schema == 1
    assert case(forger.bo.store, forger.emma).called == "Emmy"
    assert faults(forger.bo.store) == []
    forger.bo.store.rebuild()
    assert case(forger.bo.store, forger.emma).school == ""
    monkeypatch.setattr("db.sync_waiting.SCHEMA_VERSION", 2)
    monkeypatch.setattr("caseworker_app.domain.upcast.UPCASTERS", {})
    monkeypatch.setattr("db.sync_opening.upcast", lambda payload, _version: payload)
    assert forger.bo.sync.project_waiting().taken == 1
    assert case(forger.bo.store, forger.emma).school == "of tomorrow"
    assert forger.bo.sync.counts().waiting_schema == 0


def test_a_clock_of_the_year_4000_is_taken_and_does_not_pull_ours_along(forger: Forger) -> None:
    far = 64_000_000_000_000 << 16
    rows = forger.rows(forger.annas(forger.school(forger.anna, "A", hlc=far)))
    assert forger.bo.sync.receive(forger.home, rows, forger.at.chain).taken == 1
    heads = forger.bo.store.read(lambda r: r.fields(Case, forger.emma))["school"].heads
    forger.bo.store.write(lambda w: cases.edit(w, forger.emma, {"school": Edit("B", heads)}))
    assert forger.bo.store.shared.hlc < far
    assert case(forger.bo.store, forger.emma).school == "B"
    assert faults(forger.bo.store) == []


def test_headers_say_what_was_seen_and_how_wrong_the_clock_is(forger: Forger) -> None:
    bo = forger.bo
    bo.sync.note_time(bo.sync.now_ms() - 7200_000)
    heads = bo.store.read(lambda r: r.fields(Case, forger.emma))["school"].heads
    bo.store.write(lambda w: cases.edit(w, forger.emma, {"school": Edit("B", heads)}))
    (out,) = bo.sync.outgoing(0, 10, 1 << 20)
    header = bo.store.shared.sealer.header(out.sealed.header)
    assert header.est_skew_ms == 7200_000
    assert header.seen is not None
    assert (header.seen.stream_seq, header.seen.chain) == (forger.at.seq, forger.at.chain)


def test_one_id_under_two_kinds_is_in_nobodys_way(forger: Forger) -> None:
    twice = b"t" * 16
    changes = [
        Change(kind, twice, name, ChangeKind.CREATE, value)
        for kind, field in (("complaint", "about"), ("agreement", "what"))
        for name, value in (("_life", "live"), (field, f"Ord om {kind}"))
    ]
    rows = forger.rows(
        forger.annas(forger.operation(forger.anna, *changes)),
        forger.annas(forger.school(forger.anna, "Sydskolen")),
    )
    got = forger.bo.sync.receive(forger.home, rows, forger.at.chain)
    assert (got.taken, got.refused) == (2, 0)
    raw = forger.bo.store.connection
    assert raw.execute("SELECT kind FROM s_rows WHERE entity = ?", (twice,)).fetchall() == [("agreement",)]
