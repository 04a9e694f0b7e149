"""The encrypted store as services see it: reading and writing in transactions, one writer, two readers."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from caseworker_app.domain.chain import row_name
from caseworker_app.domain.hlc import COUNTER_BITS
from caseworker_app.domain.ids import Id, NewId, new_id
from caseworker_app.domain.operations import Seen
from caseworker_app.services.ports import Clock, Outcome, Progress, Reader, Sealer, Writer
from db import migrate, search
from db.connection import BUSY_MS, Raw, Readers, connect, fetched_again, translated, within
from db.reading import ReadUnit
from db.version import PROJECTIONS

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from db.backup import Look

T = TypeVar("T")
SealerFactory = Callable[[bytes, Id], Sealer]
"""Makes the sealer of a device from its secret bytes and identity."""

PROJECTION_VERSION = "projection_version"
_KEEP = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"
LOOKED_THROUGH = 200
"""So many rows at the end of a stream are looked through for the last one made here."""
_LAST_WRITTEN = """
SELECT header, payload, signature FROM (
    SELECT no, header, payload, signature, arrived FROM operations WHERE stream_id = ? ORDER BY no DESC LIMIT ?
) WHERE arrived = 0 AND payload IS NOT NULL ORDER BY no DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """Who this copy of the store is: made with the store, replaced only when a clone is found."""

    device_id: Id
    incarnation: Id
    author: Id
    secret: bytes


@dataclass
class Shared:
    """What every transaction of one open store shares. Only the writing thread changes it."""

    clock: Clock
    sealers: SealerFactory
    device: DeviceRow
    new_id: NewId
    hlc: int = 0
    seq: int = 0
    skew_ms: int = 0
    """What this computer's clock is ahead of the hub's, as last learnt; it stands in the headers."""
    user: Id = b""
    """Who is signed in at the hub, empty before."""
    keys: dict[tuple[Id, Id], bytes] = field(default_factory=dict)
    """Stream keys by stream and key id; any thread may add one that it has read."""
    current_key: dict[Id, Id] = field(default_factory=dict)
    seen: dict[Id, Seen | None] = field(default_factory=dict)
    written: dict[Id, bytes | None] = field(default_factory=dict)
    """The name of the last row made here, by stream."""

    @property
    def author(self) -> Id:
        """The worker whose store this is."""
        return self.device.author

    @property
    def incarnation(self) -> Id:
        """Which copy of the device writes."""
        return self.device.incarnation

    @cached_property
    def sealer(self) -> Sealer:
        """The device's sealer, made when something is first written or read back sealed."""
        return self.sealers(self.device.secret, self.device.device_id)

    def key_of(self, connection: Raw, stream: Id, key_id: Id) -> bytes:
        """Return a stream key. Raises ``KeyError`` when this device has not been granted it."""
        key = self.keys.get((stream, key_id))
        if key is None:
            query = "SELECT secret FROM stream_keys WHERE stream_id = ? AND key_id = ?"
            row = connection.execute(query, (stream, key_id)).fetchone()
            if row is None:
                raise KeyError("no key for this stream")
            key = self.keys[stream, key_id] = row[0]
        return key

    def seen_of(self, connection: Raw, stream: Id) -> Seen | None:
        """Return what was last read of a stream's log on the hub."""
        if stream not in self.seen:
            query = "SELECT seq, chain FROM cursors WHERE stream_id = ? AND seq > 0"
            row = connection.execute(query, (stream,)).fetchone()
            self.seen[stream] = None if row is None else Seen(row[0], row[1])
        return self.seen[stream]

    def before_of(self, connection: Raw, stream: Id) -> bytes | None:
        """Return the name of the row last made here in a stream; ``None`` when it is long ago, as not all is looked at."""
        if stream not in self.written:
            row = connection.execute(_LAST_WRITTEN, (stream, LOOKED_THROUGH)).fetchone()
            self.written[stream] = None if row is None else row_name(*row)
        return self.written[stream]

    def current_key_of(self, connection: Raw, stream: Id) -> Id:
        """Return the key that new operations of a stream are sealed with."""
        found = self.current_key.get(stream)
        if found is None:
            row = connection.execute("SELECT key_id FROM streams WHERE stream_id = ?", (stream,)).fetchone()
            if row is None:
                raise KeyError("no such stream")
            found = self.current_key[stream] = row[0]
        return found


class SqlStore:
    """An open store; see :class:`caseworker_app.services.ports.Store`."""

    def __init__(self, path: Path, key: bytes, connection: Raw, shared: Shared) -> None:
        self.path = path
        self.shared = shared
        self.connection = connection
        """The one writing connection; only under this object's lock, or in tests."""
        self._readers = Readers(path, key)
        self._lock = threading.Lock()
        self._key = key
        self._handle: int | None = None

    @cached_property
    def writer(self) -> Engine:
        """SQLAlchemy over the writing connection, for schema and upkeep."""
        from db.engine import engine_over

        return engine_over(lambda: self.connection)

    def read(self, fn: Callable[[Reader], T]) -> T:
        """Run ``fn`` in one read transaction."""
        with self.reading() as connection:
            return fn(ReadUnit(connection, self.shared))

    def write(self, fn: Callable[[Writer], T]) -> Outcome[T]:
        """Run ``fn`` in one write transaction; any exception leaves store, clock and counters as they were."""
        from db.writing import WriteUnit  # sealing and signing are not needed for the first screen

        with self.transaction() as connection:
            unit = WriteUnit(connection, self.shared)
            result = fn(unit)
            unit.flush()
        return Outcome(result, unit.act_id, frozenset(unit.touched), frozenset(unit.drafts_touched))

    @contextmanager
    def transaction(self, *, again: bool = False) -> Iterator[Raw]:
        """Lend the writing connection for one transaction; what is shared is put back when it does not come to its end.

        ``again``: what is written can be fetched again. It is whole or not there, as ever, but is not waited for until it
        is on the disk: a cut of power may take such transactions back, the last first, until the next that is waited for.
        """
        shared = self.shared
        with self._lock, fetched_again(self.connection) if again else nullcontext():
            before = (
                shared.hlc, shared.seq, dict(shared.current_key), shared.device, dict(shared.seen), dict(shared.written)
            )  # fmt: skip
            try:
                with translated(self.path), within(self.connection, "BEGIN IMMEDIATE"):
                    yield self.connection
            except BaseException:
                (
                    shared.hlc, shared.seq, shared.current_key, shared.device, shared.seen, shared.written
                ) = before  # fmt: skip
                raise

    @contextmanager
    def reading(self) -> Iterator[Raw]:
        """Lend a reading connection for one consistent view."""
        with translated(self.path), self._readers.lend() as connection, within(connection, "BEGIN"):
            yield connection

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make projections, heads and index of changes anew from the log, whole or not at all."""
        from db.engine import transaction
        from db.rebuild import rebuild_all

        with self._lock, translated(self.path), transaction(self.writer, "BEGIN IMMEDIATE") as connection:
            count = rebuild_all(connection, self.shared, progress)
            self.connection.execute(_KEEP, (PROJECTION_VERSION, PROJECTIONS))
        return count

    def back_up(self, target: Path) -> Look:
        """Write a whole copy while the store is used, open it, and return what it holds; writing waits meanwhile.

        Raises the kinds of :mod:`db.errors`; nothing is left at ``target`` then that was not there before.
        """
        from db import backup

        with self._lock, translated(self.path):
            if self._folded():
                handle = self._reading_handle()
                with within(self.connection, "BEGIN IMMEDIATE"):
                    backup.copy_pages(handle, target)
            else:  # somebody reads on and on: slower, and nobody is in the way
                backup.copy_to(self.connection, target)
        return backup.look(target, self._key)

    def faults_of(self, copy: Path) -> list[str]:
        """Read every page of a copy of this store; return what does not hold."""
        from db import backup

        return backup.faults_of(copy, self._key)

    @contextmanager
    def lending(self, copy: Path) -> Iterator[Raw]:
        """Lend a connection that reads a copy of this store. Raises the kinds of :mod:`db.errors`."""
        with translated(copy):
            connection = connect(copy, self._key, write=False)
            try:
                yield connection
            finally:
                connection.close()

    def _folded(self) -> bool:
        """Fold the write-ahead log into the file; say whether nothing is left of it, as no reader needed it."""
        self.connection.execute("PRAGMA busy_timeout = 100")
        try:
            return bool(self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")

    def _reading_handle(self) -> int:
        """Return a handle of the file for reading. It is closed after the connections: closing it earlier would let go of
        SQLite's locks, which belong to the process."""
        if self._handle is None:
            self._handle = os.open(self.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        return self._handle

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        with self._lock:
            self._readers.close()
            self.connection.close()
            self._key = b""
            if self._handle is not None:
                os.close(self._handle)
                self._handle = None


def create(
    path: Path, key: bytes, *, row: DeviceRow, sealers: SealerFactory, clock: Clock, ids: NewId = new_id
) -> SqlStore:
    """Make a store in a file that must not exist. Raises ``FileExistsError``; never writes over anything."""
    from db.engine import engine_over, transaction
    from db.projections import projections

    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        connection = connect(path, key, write=True, fresh=True)
        try:
            with translated(path):
                engine = engine_over(lambda: connection)
                migrate.upgrade(engine)
                with transaction(engine, "BEGIN IMMEDIATE") as made:
                    projections()[0].create_all(made)
                    search.make(connection)
                    device = (row.device_id, row.incarnation, row.author, row.secret)
                    connection.execute("INSERT INTO device VALUES (?, ?, ?, ?)", device)
                    connection.execute(_KEEP, (PROJECTION_VERSION, PROJECTIONS))
        finally:
            connection.close()
    except BaseException:
        path.unlink()  # made by this very call, and nobody has been told of it
        raise
    return open_store(path, key, sealers=sealers, clock=clock, ids=ids)


def open_store(
    path: Path,
    key: bytes,
    *,
    sealers: SealerFactory,
    clock: Clock,
    ids: NewId = new_id,
    progress: Progress | None = None,
) -> SqlStore:
    """Open a store; upgrade and rebuild it first when this version asks for that, with a backup before.

    Raises the kinds of :mod:`db.errors`, and ``FileNotFoundError``. A store that does not open is left alone.
    """
    connection = connect(path, key, write=True)
    try:
        with translated(path):
            if migrate.check(connection, path):
                _upgrade(connection, path)
            shared = _shared(connection, sealers, clock, ids)
            found = connection.execute(
                "SELECT value FROM meta WHERE key = ?", (PROJECTION_VERSION,)
            ).fetchone()
    except BaseException:
        connection.close()
        raise
    store = SqlStore(path, key, connection, shared)
    if found is None or found[0] != PROJECTIONS:
        store.rebuild(progress)
    return store


def _upgrade(connection: Raw, path: Path) -> None:
    from db.backup import copy_to
    from db.engine import engine_over

    copy_to(connection, path.parent / "backups" / "before-upgrade.db")
    migrate.upgrade(engine_over(lambda: connection))


_LAST_OWN = "SELECT no, seq, hlc FROM operations WHERE incarnation = ? ORDER BY no DESC LIMIT 1"
_LATEST = "SELECT max(hlc) FROM operations WHERE no >= ? AND hlc <= ?"
_KEPT = "SELECT key, value FROM meta WHERE key IN ('hub_user', 'skew_ms')"
FUTURE_MS = 24 * 3600 * 1000
"""Another's clock that is further ahead than this does not pull ours along: it sorts, and decides nothing."""


def _shared(connection: Raw, sealers: SealerFactory, clock: Clock, ids: NewId) -> Shared:
    """Read who we are and where clock and stamps stand.

    Our own latest operation is later than all that were here before it, so only what has arrived since is looked at:
    the whole log would take a tenth of a second after ten years.
    """
    query = "SELECT device_id, incarnation, author, secret FROM device"
    device = DeviceRow(*connection.execute(query).fetchone())
    no, seq, own = connection.execute(_LAST_OWN, (device.incarnation,)).fetchone() or (0, 0, 0)
    most = (int(clock.now().timestamp() * 1000) + FUTURE_MS) << COUNTER_BITS
    hlc = connection.execute(_LATEST, (no, most)).fetchone()[0]
    kept = dict(connection.execute(_KEPT).fetchall())
    skew_ms = int(kept.get("skew_ms", b"0"))
    return Shared(clock, sealers, device, ids, max(hlc or 0, own), seq, skew_ms, kept.get("hub_user", b""))
