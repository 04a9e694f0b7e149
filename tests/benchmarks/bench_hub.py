"""What the hub stands: field changes a second from 32 laptops at once, and ten thousand that ask whether there is news."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import random
import secrets
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import msgspec
import psycopg

from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Change, ChangeKind
from caseworker_app.hub import admin
from caseworker_app.hub.core import HubCore
from caseworker_app.hub.database import append, writing
from caseworker_app.hub.ground import system_clock
from caseworker_app.hub.tables import devices, membership, stream_head, tokens, users
from caseworker_app.hub.tokens import hash_of
from caseworker_app.sync.wire import (
    HeadsAsked,
    Position,
    PushAnswer,
    PushAsked,
    Pushed,
    SignInAnswer,
    Verdict,
)
from tests.benchmarks import hub_clients
from tests.benchmarks.harness import Figure, benchmark, compared, median, percentile
from tests.benchmarks.hub_town import Hub, Town
from tests.hub.hubs import Chance, House, Laptop, Turning

DEVICES = 32
BATCHES = 8
BATCH = 50
IN_OPERATION = 4
LEAST = 0.15
IDLE = 10_000
STREAMS = 25
EVERY_S = 60.0
P99_MS = 250.0
_TEXT = "Vi taler om skolen, om vennerne og om ugen hjemme hos mor; hun viser sine tegninger frem og griner. "
_COLUMNS = "stream_id, seq, op_id, device, incarnation, stamp, received_ms, chain, header, payload, signature"


@dataclass
class Device:
    """A laptop with its batches, ready to be sent."""

    sign_in: bytes
    batches: list[bytes]
    token: str = ""


@benchmark("hub_accept")
def hub_accept() -> Figure:
    """32 laptops sign in and push at once; then the same rows of the log go in by bare inserts."""
    with Town() as town:
        hub = town.hub()
        keys = admin.new_keys(secrets.token_bytes)
        house = House(HubCore(hub.ground), keys, Turning(system_clock()), Chance())
        warm = [_device(house, hub, f"warm{number}", 1) for number in range(4)]
        laptops = [_device(house, hub, f"user{number}", BATCHES) for number in range(DEVICES)]
        asyncio.run(_push_all(hub.address, warm))
        gc.collect()
        gc.freeze()
        ours = asyncio.run(_push_all(hub.address, laptops))
        gc.unfreeze()
        bare, rows = _bare(hub)
    changes = DEVICES * BATCHES * BATCH * IN_OPERATION
    each, plain = ours / changes * 1e6, bare / (rows * IN_OPERATION) * 1e6
    note = (
        f"{1e6 / each:,.0f} field changes/s, {plain / each:.2f} x bare (at least {LEAST} x); beside: the same rows, one "
        f"a statement, executemany and a commit for each {BATCH}, the log's indexes, one connection: {1e6 / plain:,.0f}/s"
    )
    return compared("hub_accept", each, plain, unit="us", goal=round(1 / LEAST, 2), note=note)


def _device(house: House, hub: Hub, login: str, batches: int) -> Device:
    """Make a user with a laptop, and what it will say: sign in, open a stream, and sealed operations."""
    user = hub.user(login)
    laptop = Laptop(house)
    laptop.user = user
    asked = laptop.asks(hub.code(login))
    stream, opening = laptop.begin()
    said = [_operation(laptop, stream, number) for number in range(batches * BATCH)]
    pushes = [[opening], *(said[start : start + BATCH] for start in range(0, len(said), BATCH))]
    bodies = [msgspec.json.encode(PushAsked(tuple(push))) for push in pushes]
    return Device(hub_clients.post("/v1/sign-in", msgspec.json.encode(asked)), bodies)


def _operation(laptop: Laptop, stream: Id, number: int) -> Pushed:
    entity = secrets.token_bytes(16)
    values = ("live", f"Samtale {number}", "2026-11-21", _TEXT * 2)
    changes = [
        Change("entry", entity, field, ChangeKind.CREATE, value)
        for field, value in zip(("life", "heading", "held_on", "text"), values, strict=True)
    ]
    return laptop.write(stream, changes, hashlib.md5(stream).digest(), laptop.keys[stream])


async def _push_all(address: str, laptops: list[Device]) -> float:
    begin = perf_counter()
    await asyncio.gather(*(_push(address, laptop) for laptop in laptops))
    return perf_counter() - begin


async def _push(address: str, laptop: Device) -> None:
    line = await hub_clients.connect(address)
    token = msgspec.json.decode(await line.ask(laptop.sign_in), type=SignInAnswer).token
    for body in laptop.batches:
        answer = await line.ask(hub_clients.post("/v1/operations", body, token))
        results = msgspec.json.decode(answer, type=PushAnswer).results
        if any(result.verdict is not Verdict.ACCEPTED for result in results):
            raise RuntimeError(f"not accepted: {results[0].reason}")
    line.close()


def _bare(hub: Hub) -> tuple[float, int]:
    """Insert the log's rows into a bare table of the same columns and indexes; return seconds and rows."""
    with psycopg.connect(hub.database) as connection:
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM log ORDER BY received_ms, stream_id, seq"
        ).fetchall()
        connection.execute("CREATE TABLE bare (LIKE log INCLUDING ALL)")
        connection.execute("CREATE UNIQUE INDEX ON bare (stream_id, op_id)")
        connection.execute("CREATE INDEX ON bare (incarnation, stamp)")
        connection.commit()
        insert = f"INSERT INTO bare ({_COLUMNS}) VALUES ({', '.join(['%s'] * 11)})"
        begin = perf_counter()
        with connection.cursor() as cursor:
            for start in range(0, len(rows), BATCH):
                cursor.executemany(insert, rows[start : start + BATCH])
                connection.commit()
        return perf_counter() - begin, len(rows)


@benchmark("idle_10k")
def idle_10k() -> Figure:
    """Each laptop asks once in the minute, at a moment of its own, over a connection of its own."""
    with Town() as town:
        hub = town.hub()
        asked = _idle_laptops(hub)
        gc.collect()
        gc.freeze()
        took = asyncio.run(_poll(hub.address, asked, EVERY_S))
        gc.unfreeze()
    p99 = percentile(took, 99)
    note = f"p99; median {median(took):.1f} ms, {len(took)} polls of {STREAMS} cases in {EVERY_S:.0f} s; beside: the limit"
    return compared("idle_10k", p99, P99_MS, unit="ms", goal=1.0, also=len(took) == IDLE, note=note)


def _idle_laptops(hub: Hub) -> list[bytes]:
    """Put laptops with 25 cases each straight into the database; return what each asks."""
    until = system_clock() + 10**9
    people: list[dict[str, Any]] = []
    laptops: list[dict[str, Any]] = []
    held: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    roles: list[dict[str, Any]] = []
    asked: list[bytes] = []
    chain = bytes(32)
    for number in range(IDLE):
        user, device, token = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_hex(16)
        streams = [secrets.token_bytes(16) for _ in range(STREAMS)]
        people.append(
            {
                "user_id": user,
                "login": f"u{number}",
                "name": "",
                "unit": "",
                "mail": "",
                "leader": False,
                "made_ms": 0,
            }
        )
        laptops.append(
            {
                "device_id": device, "user_id": user, "author": device, "signing": chain, "exchange": chain,
                "vouched": b"", "name": "", "made_ms": 0,
            }
        )  # fmt: skip
        held.append({"token_hash": hash_of(token), "device_id": device, "until_ms": until})
        for one in streams:
            heads.append({"stream_id": one, "seq": 400, "chain": chain, "kind": "case", "begun_by": user})
            roles.append({"stream_id": one, "user_id": user, "role": "owner", "set_by": user, "since_seq": 1})
        said = HeadsAsked({one.hex(): Position(400, chain) for one in streams})
        asked.append(hub_clients.post("/v1/heads", msgspec.json.encode(said), token, last=True))
    with writing(hub.ground.engine) as connection:
        for table, rows in (
            (users, people),
            (devices, laptops),
            (tokens, held),
            (stream_head, heads),
            (membership, roles),
        ):
            append(connection, table, rows)
    with psycopg.connect(hub.database, autocommit=True) as connection:
        connection.execute("ANALYZE")
    return asked


async def _poll(address: str, asked: list[bytes], seconds: float) -> list[float]:
    """Send each request at its moment; return milliseconds from that moment, not from when this side came to it."""
    dice = random.Random(3)
    moments = sorted(dice.random() * seconds for _ in asked)
    took: list[float] = []
    begin = perf_counter() + 0.5

    async def one(request: bytes, moment: float) -> None:
        line = await hub_clients.connect(address)
        answer = await line.ask(request)
        line.close()
        took.append((perf_counter() - begin - moment) * 1000)
        if b'"news":{}' not in answer:
            raise RuntimeError("there was news for an idle laptop")

    running = set()
    for request, moment in zip(asked, moments, strict=True):
        await asyncio.sleep(begin + moment - perf_counter())
        running.add(asyncio.create_task(one(request, moment)))
    await asyncio.gather(*running)
    return took
