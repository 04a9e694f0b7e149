"""A hub, its users and their laptops, as tests and the simulator make them. Laptops seal and sign with the real parts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace
from sqlalchemy import Engine

from caseworker_app.domain.operations import CLEAR_KEY, Change, ChangeKind, Header, Operation, Payload
from caseworker_app.hub import admin
from caseworker_app.hub.core import HubCore
from caseworker_app.hub.ground import Fetch, Ground, Limits
from caseworker_app.sync.messages import decode_header
from caseworker_app.sync.sealing import OperationSealer, grant_info, new_device_secret
from caseworker_app.sync.wire import (
    HeadsAsked,
    LogAnswer,
    Position,
    PushAsked,
    Pushed,
    PushResult,
    SignIn,
    SignInAnswer,
    proof_bytes,
)
from caseworker_app.vault.signing import DeviceKey
from caseworker_app.vault.wrapping import ExchangeKey, wrap_key

START_MS = 1_780_000_000_000


@dataclass
class Turning:
    """A clock that stands until it is moved."""

    ms: int = START_MS

    def __call__(self) -> int:
        return self.ms


class Chance:
    """Random bytes that are the same in every run."""

    def __init__(self, seed: int = 1) -> None:
        self._seed = seed
        self._drawn = 0

    def __call__(self, size: int) -> bytes:
        self._drawn += 1
        return hashlib.shake_128(f"{self._seed} {self._drawn}".encode()).digest(size)


@dataclass
class House:
    """A hub with what only its administrator has."""

    core: HubCore
    keys: admin.Keys
    clock: Turning
    random: Chance
    laptops: list[Laptop] = field(default_factory=list)

    @property
    def ground(self) -> Ground:
        return self.core.ground

    def user(self, login: str, *, leader: bool = False, unit: str = "north") -> bytes:
        return admin.add_user(
            self.ground, admin.NewUser(login, login.title(), unit, f"{login}@example.invalid", leader)
        )

    def laptop(self, login: str) -> Laptop:
        """Return a signed-in laptop of a user, made if she is new."""
        if all(login != person.name.lower() for person in admin.everybody(self.ground.engine)):
            self.user(login)
        made = Laptop(self)
        made.sign_in(admin.code_for(self.ground, login))
        self.laptops.append(made)
        return made


def make_house(
    engine: Engine,
    *,
    limits: Limits | None = None,
    fetch: Fetch | None = None,
    by: admin.Provided | None = None,
    readable: bool = False,
) -> House:
    """Make a hub in an empty database."""
    clock, random = Turning(), Chance()
    made = admin.init(engine, "Nordby", random, clock, readable=readable, by=by)
    ground = Ground(engine, made.organisation, limits or Limits(), clock, random, made.keys.signing, fetch)
    return House(HubCore(ground), made.keys, clock, random)


class Laptop:
    """One device: it writes streams and operations, and talks to the hub's core."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.secret = new_device_secret()
        self.device, self.author, self.incarnation = (house.random(16) for _ in range(3))
        self.sealer = OperationSealer(self.secret, self.device)
        self.exchange = ExchangeKey.from_bytes(self.secret[32:])
        self.seq = 0
        self.token = ""
        self.user = b""
        self.keys: dict[bytes, bytes] = {}

    def asks(self, code: str = "", id_token: str = "") -> SignIn:
        asked = SignIn(
            self.device,
            self.author,
            self.sealer.public_key,
            self.exchange.public,
            "a laptop",
            b"",
            code,
            id_token,
        )
        signing = DeviceKey.from_bytes(self.secret[:32])
        return replace_proof(asked, signing.sign(proof_bytes(self.house.ground.organisation.hub, asked)))

    def sign_in(self, code: str = "", id_token: str = "", address: str = "192.0.2.1") -> SignInAnswer:
        answer = self.house.core.sign_in(self.asks(code, id_token), address)
        self.token, self.user = answer.token, answer.user
        return answer

    def write(self, stream: bytes, changes: Sequence[Change], key_id: bytes, key: bytes = b"") -> Pushed:
        """Return one operation, sealed under a key or clear."""
        self.seq += 1
        now = self.house.clock()
        header = Header(
            self.house.random(16),
            self.house.random(16),
            stream,
            self.incarnation,
            self.seq,
            self.author,
            now << 16,
            now,
            0,
            "Europe/Copenhagen",
            1,
            key_id,
        )
        sealed = self.sealer.seal(Operation(header, Payload("Change", tuple(changes))), key)
        return Pushed(sealed.header, sealed.payload, sealed.signature)

    def grant(self, stream: bytes, to: Laptop | None = None) -> Change:
        """Return the grant of the stream's key to a laptop, this one by default."""
        to = to or self
        key_id = hashlib.md5(stream).digest()
        key = self.keys.setdefault(stream, self.house.random(32))
        value = {
            "stream_kind": "case",
            "device": to.device,
            "signing_key": to.sealer.public_key,
            "exchange_key": to.exchange.public,
            "user": to.user,
            "author": to.author,
            "key_id": key_id,
            "wrapped": wrap_key(to.exchange.public, key, grant_info(stream, key_id, to.device)),
            "role": "owner",
        }
        return Change("grant", self.house.random(16), "grant", ChangeKind.CREATE, value)

    def begin(self, stream: bytes | None = None) -> tuple[bytes, Pushed]:
        """Return a new stream and the operation that opens it."""
        stream = stream or self.house.random(16)
        return stream, self.write(stream, [self.grant(stream)], CLEAR_KEY)

    def share(self, stream: bytes, user: bytes, role: str, parents: tuple[bytes, ...] = ()) -> Pushed:
        return self.write(
            stream, [Change("membership", user, "role", ChangeKind.SET, role, parents)], CLEAR_KEY
        )

    def note(self, stream: bytes, text: str = "She likes to draw") -> Pushed:
        """Return an operation that is sealed."""
        change = Change("case", stream, "note", ChangeKind.SET, text)
        key = self.keys.setdefault(stream, self.house.random(32))
        return self.write(stream, [change], hashlib.md5(stream).digest(), key)

    def push(self, *operations: Pushed) -> list[PushResult]:
        return list(self.house.core.push(self.token, PushAsked(operations)).results)

    def pull(self, stream: bytes, after: int = 0) -> LogAnswer:
        return self.house.core.log(self.token, stream, after)

    def news(self, **streams: Position) -> object:
        return self.house.core.heads(self.token, HeadsAsked(streams))


def replace_proof(asked: SignIn, proof: bytes) -> SignIn:
    """Return the same sign-in with another proof."""
    return replace(asked, proof=proof)


def op_id(pushed: Pushed) -> bytes:
    """Return the id in an operation's header."""
    return decode_header(pushed.header).op_id
