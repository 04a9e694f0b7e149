"""The encrypted store as services see it: reading and writing in transactions, one writer, two readers."""

from __future__ import annotations

import os
import secrets
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, func, insert, select

from caseworker_app.domain.ids import Id, NewId, new_id
from caseworker_app.services.ports import Clock, Outcome, Progress, Reader, Sealer, Writer
from db import migrate
from db.base_tables import device, meta, operations, stream_keys, streams
from db.engine import immediate, reader_engine, transaction, translated, writer_engine
from db.projections import projections, version
from db.rebuild import rebuild_all
from db.unit import ReadUnit, WriteUnit

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

T = TypeVar("T")
SealerFactory = Callable[[bytes, Id], Sealer]
"""Makes the sealer of a device from its secret bytes and identity."""

PROJECTION_VERSION = "projection_version"


@dataclass
class Shared:
    """What every transaction of one open store shares. Only the writing thread changes it."""

    clock: Clock
    sealer: Sealer
    author: Id
    incarnation: Id
    new_id: NewId
    hlc: int = 0
    seq: int = 0
    keys: dict[tuple[Id, Id], bytes] = field(default_factory=dict)
    current_key: dict[Id, Id] = field(default_factory=dict)

    def key_of(self, connection: Connection, stream: Id, key_id: Id) -> bytes:
        """Return a stream key. Raises ``KeyError`` when this device has not been granted it."""
        key = self.keys.get((stream, key_id))
        if key is None:
            query = select(stream_keys.c.secret).where(
                stream_keys.c.stream_id == stream, stream_keys.c.key_id == key_id
            )
            key = connection.execute(query).scalar()
            if key is None:
                raise KeyError("no key for this stream")
            self.keys[stream, key_id] = key
        return key

    def current_key_of(self, connection: Connection, stream: Id) -> Id:
        """Return the key that new operations of a stream are sealed with."""
        found = self.current_key.get(stream)
        if found is None:
            found = connection.execute(select(streams.c.key_id).where(streams.c.stream_id == stream)).scalar()
            if found is None:
                raise KeyError("no such stream")
            self.current_key[stream] = found
        return found


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """Who this copy of the store is: made with the store, replaced only when a clone is found."""

    device_id: Id
    incarnation: Id
    author: Id
    secret: bytes


class SqlStore:
    """An open store; see :class:`caseworker_app.services.ports.Store`."""

    def __init__(self, path: Path, writer: Engine, readers: Engine, shared: Shared) -> None:
        self.path = path
        self._writer = writer
        self._readers = readers
        self._shared = shared
        self._lock = threading.Lock()
        self._connection = writer.connect()

    @property
    def shared(self) -> Shared:
        return self._shared

    @property
    def writer(self) -> Engine:
        """The one writing connection, for upkeep in this package."""
        return self._writer

    def read(self, fn: Callable[[Reader], T]) -> T:
        """Run ``fn`` in one read transaction."""
        with translated(self.path), transaction(self._readers, "BEGIN") as connection:
            return fn(ReadUnit(connection, self._shared))

    def write(self, fn: Callable[[Writer], T]) -> Outcome[T]:
        """Run ``fn`` in one write transaction; any exception leaves store, clock and counters as they were."""
        shared = self._shared
        with self._lock:
            before = (shared.hlc, shared.seq, dict(shared.current_key))
            try:
                with translated(self.path), immediate(self._connection):
                    unit = WriteUnit(self._connection, shared)
                    result = fn(unit)
                    unit.flush()
            except BaseException:
                shared.hlc, shared.seq, shared.current_key = before
                raise
        return Outcome(result, unit.act_id, frozenset(unit.touched))

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make projections, heads and index of changes anew from the log, whole or not at all."""
        with self._lock, translated(self.path), transaction(self._writer, "BEGIN IMMEDIATE") as connection:
            count = rebuild_all(connection, self._shared, progress)
            _set_meta(connection, PROJECTION_VERSION, version())
        return count

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        with self._lock:
            self._readers.dispose()
            self._connection.close()
            self._writer.dispose()


def create(
    path: Path, key: bytes, *, row: DeviceRow, sealers: SealerFactory, clock: Clock, ids: NewId = new_id
) -> SqlStore:
    """Make a store in a file that must not exist. Raises ``FileExistsError``; never writes over anything."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    writer = writer_engine(path, key, fresh=True)
    try:
        with translated(path):
            migrate.upgrade(writer)
            with transaction(writer, "BEGIN IMMEDIATE") as connection:
                projections()[0].create_all(connection)
                connection.execute(insert(device), row_values(row))
                _set_meta(connection, PROJECTION_VERSION, version())
    except BaseException:
        writer.dispose()
        path.unlink()  # made by this very call, and nobody has been told of it
        raise
    writer.dispose()
    return open_store(path, key, sealers=sealers, clock=clock, ids=ids)


def row_values(row: DeviceRow) -> dict[str, bytes]:
    """Return a device row as column values."""
    return {
        "device_id": row.device_id,
        "incarnation": row.incarnation,
        "author": row.author,
        "secret": row.secret,
    }


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
    with translated(path):
        writer = writer_engine(path, key)
        try:
            migrate.check(writer, path)
            if migrate.outdated(writer):
                backup(writer, path.parent / "backups" / "before-upgrade.db")
                migrate.upgrade(writer)
            with transaction(writer, "BEGIN IMMEDIATE") as connection:
                shared = _shared(connection, sealers, clock, ids)
                stale = _get_meta(connection, PROJECTION_VERSION) != version()
        except BaseException:
            writer.dispose()
            raise
    store = SqlStore(path, writer, reader_engine(path, key), shared)
    if stale:
        store.rebuild(progress)
    return store


def _shared(connection: Connection, sealers: SealerFactory, clock: Clock, ids: NewId) -> Shared:
    row = connection.execute(select(device)).one()
    hlc = connection.execute(select(func.max(operations.c.hlc))).scalar() or 0
    seq = connection.execute(
        select(func.max(operations.c.seq)).where(operations.c.incarnation == row.incarnation)
    ).scalar()
    return Shared(clock, sealers(row.secret, row.device_id), row.author, row.incarnation, ids, hlc, seq or 0)


def _get_meta(connection: Connection, key: str) -> bytes | None:
    found: bytes | None = connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
    return found


def _set_meta(connection: Connection, key: str, value: bytes) -> None:
    connection.execute(insert(meta).prefix_with("OR REPLACE"), {"key": key, "value": value})


def backup(writer: Engine, target: Path) -> Path:
    """Write a whole, encrypted copy with ``VACUUM INTO``; an older copy of that name is replaced only when it is done."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_suffix(f".{secrets.token_hex(4)}.part")
    try:
        with writer.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(fresh),))
        fresh.chmod(0o600)
        shutil.move(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
    return target
