"""Every call, by everybody, on a stream that is theirs, another's, or not there: over HTTP, as an attacker would."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec
import pytest
from sqlalchemy import select

from caseworker_app.hub import admin, tables
from caseworker_app.hub.database import reading
from caseworker_app.sync.wire import HeadsAnswer, HeadsAsked, Position, PushAnswer, PushAsked
from tests.hub.hubs import House, Laptop
from tests.hub.web import Web

FILE = b"sealed bytes of a picture"
FILE_HASH = hashlib.sha256(FILE).hexdigest()


@dataclass
class Town:
    """Anna owns a stream; the others are what their names say. ``web`` asks over HTTP."""

    house: House
    web: Web
    stream: bytes
    who: dict[str, Laptop]

    def ask(self, who: str, method: str, path: str, **more: object):
        laptop = self.who.get(who)
        headers = {} if laptop is None else {"Authorization": f"Bearer {laptop.token}"}
        headers |= more.pop("headers", {})  # type: ignore[arg-type]
        return self.web.request(method, path, headers=headers, **more)  # type: ignore[arg-type]


@pytest.fixture
def town(house: House) -> Iterator[Town]:
    names = ("owner", "member", "reader", "removed", "foreign", "leader", "lost", "gone", "unknown")
    house.user("leader", leader=True)
    who = {name: house.laptop(name) for name in names}
    owner = who["owner"]
    stream, opening = owner.begin()
    ids = {name: owner.share(stream, who[name].user, role) for name, role in ROLES.items()}
    owner.push(opening, *ids.values(), owner.note(stream))
    state = membership_of(house, stream)
    owner.push(owner.share(stream, who["removed"].user, "none", (state[who["removed"].user],)))
    admin.revoke_device(house.ground, who["lost"].device)
    admin.revoke_user(house.ground, "gone")
    who["unknown"].token = "no such token"
    with Web(house.core) as web:
        found = Town(house, web, stream, who)
        assert put(found, "owner", stream).status_code == 200
        yield found


ROLES = {"member": "member", "reader": "reader", "removed": "member", "lost": "member", "gone": "member"}


def membership_of(house: House, stream: bytes) -> dict[bytes, bytes]:
    table = tables.membership
    with reading(house.ground.engine) as connection:
        rows = connection.execute(select(table.c.user_id, table.c.set_by).where(table.c.stream_id == stream))
        return {row.user_id: row.set_by for row in rows}


def put(town: Town, who: str, stream: bytes, body: bytes = FILE):
    span = {"Content-Range": f"bytes 0-{len(body) - 1}/{len(body)}"}
    path = f"/v1/blobs/{FILE_HASH}?stream={stream.hex()}"
    return town.ask(who, "PUT", path, content=body, headers=span)


def log(town: Town, who: str, stream: bytes):
    return town.ask(who, "GET", f"/v1/streams/{stream.hex()}/log")


def head_blob(town: Town, who: str, stream: bytes):
    return town.ask(who, "HEAD", f"/v1/blobs/{FILE_HASH}?stream={stream.hex()}")


def get_blob(town: Town, who: str, stream: bytes):
    return town.ask(who, "GET", f"/v1/blobs/{FILE_HASH}?stream={stream.hex()}")


def people(town: Town, who: str, _stream: bytes):
    return town.ask(who, "GET", "/v1/people")


def heads(town: Town, who: str, stream: bytes):
    asked = HeadsAsked({stream.hex(): Position(1, b"?" * 32)})
    return town.ask(who, "POST", "/v1/heads", content=msgspec.json.encode(asked))


def push(town: Town, who: str, stream: bytes):
    laptop = town.who.get(who) or town.who["foreign"]
    asked = PushAsked((laptop.note(stream),))
    return town.ask(who, "POST", "/v1/operations", content=msgspec.json.encode(asked))


def revoke(town: Town, who: str, _stream: bytes):
    return town.ask(who, "POST", f"/v1/devices/{town.who['owner'].device.hex()}/revoke")


def quarantine(town: Town, who: str, _stream: bytes):
    return town.ask(who, "GET", "/v1/quarantine")


def release(town: Town, who: str, _stream: bytes):
    """The first row there is, whoever may know of it."""
    with reading(town.house.ground.engine) as connection:
        row = connection.execute(select(tables.quarantine.c.row_hash)).scalars().first()
    return town.ask(who, "POST", f"/v1/quarantine/{(row or bytes(32)).hex()}/release")


EVERYBODY = (
    "owner", "member", "reader", "removed", "foreign", "leader", "lost", "gone", "unknown", "nobody",
)  # fmt: skip
NOT_LET_IN = {"lost": 403, "gone": 403, "unknown": 401, "nobody": 401}
TABLE: dict[Callable[..., object], dict[str, int]] = {
    log: {"owner": 200, "member": 200, "reader": 200, "removed": 404, "foreign": 404, "leader": 404}
    | NOT_LET_IN,
    put: {"owner": 200, "member": 200, "reader": 404, "removed": 404, "foreign": 404, "leader": 404}
    | NOT_LET_IN,
    head_blob: {"owner": 200, "member": 200, "reader": 200, "removed": 404, "foreign": 404, "leader": 404}
    | NOT_LET_IN,
    get_blob: {"owner": 200, "member": 200, "reader": 200, "removed": 404, "foreign": 404, "leader": 404}
    | NOT_LET_IN,
    people: dict.fromkeys(EVERYBODY, 200) | NOT_LET_IN,
    heads: dict.fromkeys(EVERYBODY, 200) | NOT_LET_IN,
    push: dict.fromkeys(EVERYBODY, 200) | {"unknown": 401, "nobody": 401},
    quarantine: dict.fromkeys(EVERYBODY, 403) | {"leader": 200} | NOT_LET_IN,
    release: dict.fromkeys(EVERYBODY, 403) | {"leader": 200} | NOT_LET_IN,
    revoke: dict.fromkeys(EVERYBODY, 404) | {"owner": 204} | NOT_LET_IN,
}


def test_every_call_answers_each_role_as_the_table_says(town: Town) -> None:
    for call, expected in TABLE.items():  # revoking comes last: it is believed
        said = {who: call(town, who, town.stream).status_code for who in reversed(EVERYBODY)}  # type: ignore[attr-defined]
        assert said == expected, call.__name__


def test_a_foreign_stream_and_one_that_is_not_there_are_answered_alike(town: Town) -> None:
    nowhere = town.house.random(16)
    for call in (log, put, head_blob, get_blob, heads, push):
        for who in ("foreign", "leader", "lost", "gone", "unknown", "nobody"):
            answers = [call(town, who, stream) for stream in (town.stream, nowhere)]
            bodies = [one.text.replace(town.stream.hex(), "?").replace(nowhere.hex(), "?") for one in answers]
            assert answers[0].status_code == answers[1].status_code, (call.__name__, who)
            assert bodies[0] == bodies[1], (call.__name__, who)
            assert dict(answers[0].headers) == dict(answers[1].headers), (call.__name__, who)


PUSHED = {
    "owner": ("accepted", None),
    "member": ("accepted", None),
    "reader": ("quarantined", "read_only"),
    "removed": ("quarantined", "not_a_member"),
    "foreign": ("quarantined", "not_a_member"),
    "lost": ("quarantined", "revoked"),
    "gone": ("quarantined", "revoked"),
}


def test_what_each_role_hands_in_gets_its_verdict(town: Town) -> None:
    said = {}
    for who in PUSHED:
        (result,) = msgspec.json.decode(push(town, who, town.stream).content, type=PushAnswer).results
        said[who] = (result.verdict.value, result.reason and result.reason.value)
    assert said == PUSHED


def test_heads_say_news_to_readers_and_closed_to_who_was_removed(town: Town) -> None:
    def ask(who: str, seq: int, chain: bytes = b"") -> HeadsAnswer:
        asked = HeadsAsked({town.stream.hex(): Position(seq, chain)})
        answer = town.ask(who, "POST", "/v1/heads", content=msgspec.json.encode(asked))
        return msgspec.json.decode(answer.content, type=HeadsAnswer)

    name = town.stream.hex()
    page = town.who["owner"].pull(town.stream)
    last, first = page.rows[-1], page.rows[0]
    for who in ("owner", "member", "reader"):
        assert dict(ask(who, 0).news) == {name: Position(last.seq, last.chain)}
        assert dict(ask(who, 1, first.chain).news) == {name: Position(last.seq, last.chain)}
        assert not ask(who, last.seq, last.chain).news
        for wrong in (ask(who, 1, last.chain), ask(who, last.seq, b""), ask(who, last.seq + 1, last.chain)):
            assert (wrong.differing, dict(wrong.news)) == ((name,), {})
    assert ask("removed", 3, b"?").closed == (name,)
    assert (ask("foreign", 0).differing, ask("foreign", 0).closed, dict(ask("foreign", 0).news)) == (
        (),
        (),
        {},
    )
    assert town.who["member"].news().news == {name: Position(last.seq, last.chain)}  # type: ignore[attr-defined]


def test_every_read_and_write_of_a_stream_is_noted(town: Town) -> None:
    for who in ("member", "foreign"):
        log(town, who, town.stream)
        push(town, who, town.stream)
        get_blob(town, who, town.stream)
    names = {laptop.device: name for name, laptop in town.who.items()}
    with reading(town.house.ground.engine) as connection:
        rows = connection.execute(select(tables.audit).order_by(tables.audit.c.no)).all()
    lines = {(names[row.device_id], row.action) for row in rows if row.stream_id == town.stream}
    assert lines == {
        ("owner", "write"),
        ("owner", "file_written"),
        ("member", "read"),
        ("member", "write"),
        ("member", "file_read"),
        ("foreign", "read_refused"),
        ("foreign", "write_refused"),
    }
    read = next(row for row in rows if row.action == "read")
    assert (read.first_seq, read.last_seq) == (1, 8)


def test_a_token_that_has_run_out_or_was_given_back_lets_nobody_in(town: Town) -> None:
    member = town.who["member"]
    assert log(town, "member", town.stream).status_code == 200
    assert town.ask("member", "POST", "/v1/sign-out").status_code == 204
    assert log(town, "member", town.stream).status_code == 401
    member.sign_in(admin.code_for(town.house.ground, "member"))
    town.house.clock.ms += town.house.ground.limits.token_ms - 1
    assert log(town, "member", town.stream).status_code == 200
    town.house.clock.ms += 1
    assert log(town, "member", town.stream).status_code == 401


def test_a_replayed_request_changes_nothing(town: Town) -> None:
    member = town.who["member"]
    body = msgspec.json.encode(PushAsked((member.note(town.stream),)))
    first, second = (town.ask("member", "POST", "/v1/operations", content=body) for _ in range(2))
    assert (b"accepted" in first.content, b"known" in second.content) == (True, True)
    stolen = town.ask("foreign", "POST", "/v1/operations", content=body)
    assert stolen.status_code == 200
    assert log(town, "foreign", town.stream).status_code == 404
    assert member.pull(town.stream).last == 9


def test_who_revokes_her_own_laptop_reads_no_more_on_it(town: Town) -> None:
    other = town.house.laptop("member")
    path = f"/v1/devices/{town.who['member'].device.hex()}/revoke"
    assert (
        town.web.request("POST", path, headers={"Authorization": f"Bearer {other.token}"}).status_code == 204
    )
    assert log(town, "member", town.stream).status_code == 403
    (person,) = (one for one in town.house.core.people(other.token).people if one.user == other.user)
    revoked = {card.device: card.revoked for card in person.devices}
    assert revoked == {town.who["member"].device: True, other.device: False}
