"""Invariants I11, I12, I14 and I15 of ``docs/sync.md``, on real laptops and a real hub."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from msgspec.structs import replace as with_
from sqlalchemy import select

from caseworker_app.domain.case import Case
from caseworker_app.domain.document import FileKind, Taken
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.domain.operations import CLEAR_KEY, Change, ChangeKind
from caseworker_app.hub import admin, tables
from caseworker_app.hub.core import HubCore
from caseworker_app.hub.database import open_engine, reading
from caseworker_app.services import cases, documents
from caseworker_app.services.forms import Edit
from caseworker_app.sync import sharing
from caseworker_app.sync.messages import decode_header, decode_payload
from caseworker_app.sync.sealing import grant_info
from caseworker_app.sync.wire import HeadsAnswer, LogAnswer, LogRow, Position, next_chain
from caseworker_app.vault.errors import SealError
from db.head_rows import heads_of
from db.verify import faults
from tests.helpers.source import ROOT
from tests.helpers.stores import case, register
from tests.helpers.sync_house import Ask, Desk, Net, Office, open_office

MARKER = "Zebrafink på Lærkevej"


def school(desk: Desk, case_id: Id, name: str) -> None:
    heads = desk.store.read(lambda r: r.fields(Case, case_id))["school"].heads
    desk.store.write(lambda w: cases.edit(w, case_id, {"school": Edit(name, heads)}))


def head(desk: Desk, entity: Id, field: str) -> list[object]:
    return [one.value for one in heads_of(desk.store.connection, entity).get(field, ())]


# I11


def test_i11_a_field_this_program_does_not_know_is_carried_through_it_unharmed(
    office: Office, tmp_path: Path
) -> None:
    anna, bo = office.desk("anna"), office.desk("bo")
    emma = register(anna.store)
    home = case(anna.store, emma).stream
    anna.well()
    sharing.share(anna.sync, home, bo.user, Role.MEMBER)
    anna.well()
    empty = open_engine(f"sqlite:///{tmp_path / 'earlier.db'}")
    with office.house.ground.engine.connect() as old, empty.connect() as new:
        old.connection.driver_connection.backup(new.connection.driver_connection)  # type: ignore[union-attr]
    thing = b"t" * 16

    def newer(writer: object) -> None:
        writer.act("From a newer version")  # type: ignore[attr-defined]
        for change in (
            Change("case", emma, "a_later_field", ChangeKind.SET, {"later": [1, "æ"]}),
            Change("a_later_thing", thing, "name", ChangeKind.SET, "x"),
        ):
            writer.change(home, change)  # type: ignore[attr-defined]

    anna.store.write(newer)
    office.settle(anna, bo)
    school(bo, emma, "Nordskolen")
    bo.store.rebuild()
    for desk in (bo, office.desk("anna")):
        desk.net = Net(HubCore(replace(office.house.ground, engine=empty)))
        desk.over(desk.store)
    assert bo.well().restored  # the hub has lost what anna wrote: bo hands it in
    carl = office.desks[-1]
    carl.sign_in(admin_code(office, empty))
    anna.net = carl.net
    anna.over(anna.store)
    for _round in range(2):
        anna.loop = type(anna.loop)(anna.sync, anna.client)
        office.settle(anna, bo, carl)
    for desk in (anna, bo, carl):
        assert head(desk, emma, "a_later_field") == head(anna, emma, "a_later_field") != []
        assert head(desk, thing, "name") == head(anna, thing, "name") != []
        assert case(desk.store, emma).school == "Nordskolen"
        assert faults(desk.store) == []
    empty.dispose()


def admin_code(office: Office, engine: object) -> str:
    return admin.code_for(replace(office.house.ground, engine=engine), "anna")  # type: ignore[arg-type]


# I12


def spelled(text: bytes) -> set[bytes]:
    """Return what bytes look like in the ways in which they are written down."""
    wide = text.decode("utf-8", "ignore").encode("utf-16-le")
    return {text, text.hex().encode(), base64.b64encode(text)[:-4], base64.b64encode(b" " + text)[4:-4], wide}


@pytest.mark.parametrize("readable", [False, True], ids=["end to end", "the organisation reads"])
def test_i12_neither_the_hub_nor_the_net_nor_a_laptops_disk_shows_a_word_or_a_file(
    tmp_path: Path, readable: bool, caplog: pytest.LogCaptureFixture
) -> None:
    office = open_office(tmp_path, readable=readable)
    anna, bo = office.desk("anna"), office.desk("bo")
    said: list[bytes] = []
    real = anna.net

    def tapped(method: str, path: str, body: bytes, headers: object) -> tuple[int, bytes]:
        status, answer = real(method, path, body, headers)  # type: ignore[arg-type]
        said.extend((path.encode(), body, answer))
        return status, answer

    anna.net = tapped  # type: ignore[assignment]
    data = f"Brevet om {MARKER} ".encode() * 400
    emma = register(anna.store, MARKER)
    letter = Taken(FileKind.TEXT, ".txt", data, 1, data.decode())
    anna.store.write(lambda w: documents.attach(w, emma, letter, {"title": MARKER}))
    anna.well()
    sharing.share(anna.sync, case(anna.store, emma).stream, bo.user, Role.MEMBER)
    office.settle(anna, bo)
    found = bo.store.read(lambda r: r.blob(hashlib.sha256(data).digest()))
    assert found == data
    secret = [MARKER.encode(), b"Zebrafink", hashlib.sha256(data).digest(), data[:60]]
    looked = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert {"hub.db", "store.db", "store.db-wal"} <= {file.name for file in looked}
    for where, there in [*looked.items(), *((Path("the net"), one) for one in said)]:
        shown = [one for word in secret for one in spelled(word) if one in there]
        assert shown == [], f"{where.name} shows what it must not"
    assert "Zebrafink" not in caplog.text
    assert all(file.read_bytes()[:6] != b"SQLite" for file in looked if file.name == "store.db")
    office.close()


# I14


def audited(office: Office) -> list[tuple[bytes, bytes, str]]:
    columns = (tables.audit.c.user_id, tables.audit.c.stream_id, tables.audit.c.action)
    with reading(office.house.ground.engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def test_i14_a_user_pulls_what_is_shared_with_her_at_that_moment_and_each_reading_is_noted(
    office: Office,
) -> None:
    anna, bo = office.desk("anna"), office.desk("bo")
    emma, sofus = register(anna.store), register(anna.store, "Sofus Prøve")
    home, other = case(anna.store, emma).stream, case(anna.store, sofus).stream
    office.settle(anna, bo)
    assert not {home, other} & set(bo.sync.streams())
    sharing.share(anna.sync, home, bo.user, Role.READER)
    office.settle(anna, bo)
    assert case(bo.store, emma).child_name
    assert other not in bo.sync.streams()
    sharing.take_back(anna.sync, home, bo.user)
    anna.well()
    school(anna, emma, "Written after")
    anna.well()
    before = bo.sync.streams()[home].seq
    bo.net.asked.clear()
    bo.well()
    assert case(bo.store, emma).school != "Written after"
    assert bo.sync.streams()[home].seq == before
    assert bo.sync.streams()[home].closed
    assert not any(home.hex() in asked for asked in bo.net.asked)
    noted = audited(office)
    for desk in (anna, bo):
        asked = {one.split("/")[3] for one in desk.net.asked if "/log" in one}
        read = {stream.hex() for user, stream, action in noted if user == desk.user and action == "read"}
        assert asked <= read
    assert (bo.user, home, "read") in noted
    assert (bo.user, other, "read") not in noted
    assert (anna.user, home, "write") in noted


# I15


@dataclass
class Liar:
    """A hub that shows one laptop another log of one case, with numbers and chain put right again."""

    stream: Id
    rows: list[LogRow]
    again: bool = True

    def __post_init__(self) -> None:
        if self.again:
            chain, made = b"", []
            for seq, row in enumerate(self.rows, 1):
                chain = next_chain(chain, op_id(row), row.payload)
                made.append(with_(row, seq=seq, chain=chain))
            self.rows = made

    def __call__(self, _method: str, path: str, ask: Ask) -> tuple[int, bytes]:
        status, body = ask()
        if path.startswith(f"/v1/streams/{self.stream.hex()}/log"):
            after = int(parse_qs(urlsplit(path).query)["after"][0])
            chain = self.rows[after - 1].chain if after else b""
            return 200, msgspec.json.encode(LogAnswer(tuple(self.rows[after:]), chain, len(self.rows), 0))
        if path == "/v1/heads":
            heads = msgspec.json.decode(body, type=HeadsAnswer)
            news = {**heads.news, self.stream.hex(): Position(self.rows[-1].seq, self.rows[-1].chain)}
            differing = tuple(one for one in heads.differing if one != self.stream.hex())
            return 200, msgspec.json.encode(with_(heads, news=news, differing=differing))
        return status, body


def op_id(row: LogRow) -> Id:
    return decode_header(row.header).op_id


def swapped(rows: Sequence[LogRow], one: int, other: int) -> list[LogRow]:
    made = list(rows)
    made[one], made[other] = made[other], made[one]
    return made


def without(rows: Sequence[LogRow], one: int) -> list[LogRow]:
    return [row for at, row in enumerate(rows) if at != one]


def changed(rows: Sequence[LogRow], at: int, **values: bytes) -> list[LogRow]:
    return [with_(row, **values) if n == at else row for n, row in enumerate(rows)]


LIES: dict[str, tuple[Callable[[list[LogRow], list[LogRow]], list[LogRow]], bool, str]] = {
    "a row is left out": (lambda rows, _other: without(rows, -3 % len(rows)), True, "histories"),
    "a row is left out and the chain stays": (lambda rows, _other: without(rows, 2), False, "damaged"),
    "two rows change places": (lambda rows, _other: swapped(rows, -4, -3), True, "histories"),
    "a payload stands under another header": (
        lambda rows, _other: changed(rows, len(rows) - 1, payload=rows[-2].payload),
        True,
        "bad_signature",
    ),
    "a payload is changed": (
        lambda rows, _other: changed(rows, len(rows) - 1, payload=rows[-1].payload[:-1] + b"x"),
        True,
        "bad_signature",
    ),
    "a row comes from another case": (lambda rows, other: [*rows, other[-1]], True, "moved"),
    "a row is said to be another laptop's": (
        lambda rows, _other: changed(rows, len(rows) - 1, device=b"d" * 16),
        True,
        "unknown_device",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_i15_a_hub_cannot_move_drop_reorder_or_change_rows_unnoticed(office: Office, lie: str) -> None:
    anna, bo = office.desk("anna"), office.desk("bo")
    emma, sofus = register(anna.store), register(anna.store, "Sofus Prøve")
    home, other = case(anna.store, emma).stream, case(anna.store, sofus).stream
    anna.well()
    sharing.share(anna.sync, home, bo.user, Role.MEMBER)
    for n in range(5):
        anna.well()
        school(anna, emma, f"Skole {n}")
    anna.well()
    client = anna.client(anna.sync.account())
    true, elsewhere = (list(client.log(one, 0, 500).rows) for one in (home, other))
    make, again, found = LIES[lie]
    bo.net.between = Liar(home, make(true, elsewhere), again)
    report = bo.once()
    assert report.trouble is None
    noticed = {row.reason for row in bo.sync.refused()}
    if bo.sync.counts().histories:
        noticed.add("histories")
    if report.damaged:
        noticed.add("damaged")
    assert noticed == {found}
    bo.net.between = None
    bo.well()
    bo.sync.read_again(home)
    bo.well()
    assert case(bo.store, emma).school == "Skole 4"  # the true log mends what the lie left
    assert faults(bo.store) == []


def test_i15_what_a_hub_holds_opens_with_none_of_its_keys(office: Office) -> None:
    anna = office.desk("anna")
    register(anna.store)
    anna.well()
    account, keys = anna.sync.account(), office.house.keys
    assert account is not None
    assert not account.readable
    device = anna.store.shared.device
    grants = 0
    for stream in anna.sync.streams():
        for row in anna.client(account).log(stream, 0, 500).rows:
            if decode_header(row.header).key_id != CLEAR_KEY:
                with pytest.raises(ValueError, match=r".*"):
                    decode_payload(row.payload)
                continue
            for change in decode_payload(row.payload).changes:
                grant = change.value
                if not isinstance(grant, dict):
                    continue
                grants += 1
                assert grant["device"] != account.hub
                for to in (device.device_id, account.hub):
                    wrapped, key_id = grant["wrapped"], grant["key_id"]
                    assert isinstance(wrapped, bytes)
                    assert isinstance(key_id, bytes)
                    with pytest.raises(SealError):
                        keys.exchange.unwrap(wrapped, grant_info(stream, key_id, to))
    assert grants >= 2


# the page that names them


def test_every_test_that_the_page_names_is_there() -> None:
    page = (ROOT / "docs" / "sync.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", page)
    assert {f"I{n}" for n in range(1, 16)} <= set(re.findall(r"^\| (I\d+) \|", page, re.MULTILINE))
    for file, test in named:
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file} has no {test}"
    assert len(named) > 20
