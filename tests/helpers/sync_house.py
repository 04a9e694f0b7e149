"""Real encrypted stores and the real hub core in one thread, with a net that can be cut or doubled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec

from caseworker_app.clock import Clock
from caseworker_app.domain.ids import Id
from caseworker_app.hub import admin
from caseworker_app.hub.blobs import Elsewhere, Piece
from caseworker_app.hub.core import HubCore
from caseworker_app.hub.database import open_engine
from caseworker_app.hub.ground import Refused
from caseworker_app.services.ports import Progress
from caseworker_app.services.sync_ports import HubAccount
from caseworker_app.sync import signin
from caseworker_app.sync.client import HubClient
from caseworker_app.sync.loop import Report, SyncLoop
from caseworker_app.sync.wire import HeadsAsked, PushAsked, SignIn, next_chain
from db.store import SqlStore
from db.sync_store import SqlSyncStore
from tests.helpers.stores import founded
from tests.hub.hubs import House, make_house

Answer = tuple[int, bytes]
Ask = Callable[[], Answer]


@dataclass
class Net:
    """The way to one hub. ``between`` is put around every call: it may ask twice, not at all, or answer itself."""

    core: HubCore
    between: Callable[[str, str, Ask], Answer] | None = None
    asked: list[str] = field(default_factory=list)

    def __call__(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        self.asked.append(f"{method} {path}")

        def ask() -> Answer:
            try:
                return self._answer(method, path, body, headers)
            except Refused as error:
                return error.status, msgspec.json.encode(error.refusal)

        return ask() if self.between is None else self.between(method, path, ask)

    def _answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        parts = urlsplit(path)
        token = headers.get("Authorization", "").removeprefix("Bearer ")
        query = {name: found[0] for name, found in parse_qs(parts.query).items()}
        match parts.path.removeprefix("/v1/").split("/"):
            case ["hub"]:
                found: object = self.core.hub()
            case ["sign-in"]:
                found = self.core.sign_in(msgspec.json.decode(body, type=SignIn), "192.0.2.1")
            case ["sign-out"]:
                found = self.core.sign_out(token)
            case ["people"]:
                found = self.core.people(token)
            case ["devices", device, "revoke"]:
                found = self.core.revoke_device(token, bytes.fromhex(device))
            case ["heads"]:
                found = self.core.heads(token, msgspec.json.decode(body, type=HeadsAsked))
            case ["operations"]:
                found = self.core.push(token, msgspec.json.decode(body, type=PushAsked))
            case ["quarantine"]:
                found = self.core.quarantine(token)
            case ["quarantine", row, "release"]:
                found = self.core.release(token, bytes.fromhex(row))
            case ["streams", stream, "log"]:
                after, limit, tail = int(query["after"]), int(query["limit"]), int(query.get("tail", "0"))
                found = self.core.log(token, bytes.fromhex(stream), after, limit, tail)
            case ["blobs", name]:
                return self._blob(method, token, bytes.fromhex(query["stream"]), name, body, headers)
            case _:
                raise Refused(404, "not_found")
        return (204, b"") if found is None else (200, msgspec.json.encode(found))

    def _blob(
        self, method: str, token: str, stream: Id, name: str, body: bytes, headers: Mapping[str, str]
    ) -> Answer:
        sha256 = bytes.fromhex(name)
        if method == "PUT":
            span, size = headers["Content-Range"].removeprefix("bytes ").split("/")
            piece = Piece(0 if span == "*" else int(span.split("-")[0]), int(size), body)
            try:
                return 200, msgspec.json.encode(self.core.put_blob(token, stream, sha256, piece))
            except Elsewhere as error:
                return 409, msgspec.json.encode(error.state)
        start, last = headers["Range"].removeprefix("bytes=").split("-")
        return 206, self.core.get_blob(token, stream, sha256, int(start), int(last))[2]


@dataclass
class Desk:
    """One laptop: its store, what sync sees of it, its net and its loop."""

    folder: Path
    store: SqlStore
    net: Net
    touched: set[tuple[str, Id]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.over(self.store)

    def over(self, store: SqlStore) -> None:
        """Work on a store, this one or the same opened again."""
        self.store = store
        self.sync = SqlSyncStore(store, next_chain)
        self.loop = SyncLoop(self.sync, self.client, told=self.touched.update)

    def client(self, account: HubAccount | None = None) -> HubClient:
        return HubClient(self.net, "" if account is None else account.token)

    def sign_in(self, code: str) -> HubAccount:
        return signin.by_code(self.sync, self.client(), "https://hub.example", code, "a laptop")

    def once(self, progress: Progress | None = None, *, may_take_back: bool = False) -> Report:
        return self.loop.once(progress, may_take_back=may_take_back)

    def well(self) -> Report:
        """Sync, and nothing may be in the way."""
        report = self.once()
        assert report.trouble is None, (report.trouble.trouble, report.trouble.code)
        assert not report.damaged
        return report

    @property
    def user(self) -> Id:
        account = self.sync.account()
        assert account is not None
        return account.user


@dataclass
class Office:
    """A hub on SQLite with laptops."""

    folder: Path
    house: House
    desks: list[Desk] = field(default_factory=list)

    def desk(self, login: str, clock: Clock | None = None) -> Desk:
        """Return a signed-in laptop of a user, who is made when she is new."""
        if all(login != person.name.lower() for person in admin.everybody(self.house.ground.engine)):
            self.house.user(login)
        folder = self.folder / f"{login}-{len(self.desks)}"
        folder.mkdir()
        made = Desk(folder, founded(folder, clock), Net(self.house.core))
        self.desks.append(made)
        made.sign_in(admin.code_for(self.house.ground, login))
        return made

    def settle(self, *desks: Desk) -> None:
        """Let laptops sync until each has what the others wrote."""
        for _round in range(3):
            for desk in desks or self.desks:
                desk.well()

    def close(self) -> None:
        for desk in self.desks:
            desk.store.close()
        self.house.ground.engine.dispose()


def open_office(folder: Path, *, readable: bool = False) -> Office:
    """Make a hub in a file of the folder."""
    return Office(folder, make_house(open_engine(f"sqlite:///{folder / 'hub.db'}"), readable=readable))
