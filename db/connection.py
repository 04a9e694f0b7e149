"""Connections to the encrypted file, each opened in the one order that is known to be safe.

The key is raw (no derivation at open), the cipher is proved before anything is read, transactions are ours:
``isolation_level=None``, BEGIN IMMEDIATE on the one writer, BEGIN and ``query_only`` on the readers. With the
driver's own handling two selects of one read saw two states in 99 % of tries (sync design 5.1).

What runs for every field and every page is SQL text on the driver's own connection; SQLAlchemy keeps the schema, the
migrations and the upkeep, and is not loaded on the way to the first screen, whose time it would take half of.
"""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from db.errors import (
    CipherMissing,
    DiskFault,
    EntryDamaged,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreMissing,
    StoreReadOnly,
    WrongKey,
)

Raw = Any
"""The driver's connection (DB-API 2)."""
MINIMUM_SQLITE = (3, 51, 3)
"""Before it, two connections that write and checkpoint could corrupt the file (the WAL-reset bug)."""
PAGE_BYTES = 4096
"""SQLCipher's own; every page is sealed by itself."""
BUSY_MS = 5_000
READERS = 2
CACHE_KIB, MUCH_KIB = 8_000, 64_000
LOG_PAGES = 1_000
"""So many pages the write-ahead log may hold before it is folded into the file (SQLite's own default)."""
STATEMENTS = 512
"""So many statements are kept ready; each kind of thing has two or three of its own."""


@cache
def driver() -> Any:
    """Return the DB-API module, checked for what it must be. Raises :class:`CipherMissing`."""
    from sqlcipher3 import dbapi2  # the C extension costs start-up time: loaded with the first store

    check_driver(dbapi2)
    _take_as_they_are(dbapi2)
    return dbapi2


def _take_as_they_are(module: Any) -> None:
    """Tell the driver that bytes, nothing and truth stand for themselves. Of every such value it would otherwise ask, in
    vain, whether it knows how to adapt itself, which takes five times as long as writing it."""
    module.register_adapter(bytes, bytes)
    module.register_adapter(type(None), _nothing)
    module.register_adapter(bool, int)


def _nothing(_value: None) -> None:
    return None


def check_driver(module: Any) -> None:
    """Refuse a driver without a cipher: the standard library's takes ``PRAGMA key`` in silence and writes in clear."""
    if module.sqlite_version_info < MINIMUM_SQLITE:
        raise CipherMissing(detail=f"SQLite {module.sqlite_version} is older than 3.51.3")
    probe = module.connect(":memory:")
    try:
        row = probe.execute("PRAGMA cipher_version").fetchone()
    finally:
        probe.close()
    if not row or not row[0]:
        raise CipherMissing(detail="the SQLite library linked here has no cipher")


def connect(path: Path, key: bytes, *, write: bool, fresh: bool = False, module: Any = None) -> Raw:
    """Open one connection and prove the key.

    ``key`` is 32 raw bytes. Raises :class:`WrongKey` or :class:`StoreDamaged` when the first page does not open,
    and :class:`StoreMissing` when there is no file. Nothing is ever made or replaced here: an empty file is a damaged
    store unless it is ``fresh``, made a moment ago by the caller.
    """
    if len(key) != 32:
        raise ValueError("a store key is 32 bytes")
    if not path.exists():
        raise StoreMissing(path)
    if not fresh and _is_cut(path):
        raise StoreDamaged(path)
    dbapi = driver() if module is None else module
    address = f"{path.absolute().as_uri()}?mode=rw"
    try:
        connection = dbapi.connect(
            address,
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_MS / 1000,
            cached_statements=STATEMENTS,
        )
    except dbapi.DatabaseError as error:
        raise _kind_of(error, path) from None
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise CipherMissing(detail="the SQLite library linked here has no cipher")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _settle(connection, write=write)
    except dbapi.DatabaseError as error:
        connection.close()
        raise _kind_of(error, path) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _is_cut(path: Path) -> bool:
    """Whether the file ends in the middle of a page: SQLite itself says so only when that page is read.

    While there is a write-ahead log the last page may be half copied from it, and will be copied again.
    """
    size, log = path.stat().st_size, path.with_name(path.name + "-wal")
    logged = log.exists() and log.stat().st_size > 0
    return size == 0 or (size % PAGE_BYTES != 0 and not logged)


def _settle(connection: Raw, *, write: bool) -> None:
    for pragma in (
        "temp_store = MEMORY",
        "secure_delete = ON",
        "foreign_keys = OFF",
        f"cache_size = -{CACHE_KIB}",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    else:
        connection.execute("PRAGMA query_only = ON")


@contextmanager
def fetched_again(connection: Raw) -> Iterator[None]:
    """Within: a transaction is not waited for until it is on the disk, many pages stay in memory, and the write-ahead log
    grows before it is folded into the file: pages that every transaction writes anew are copied there once.

    In WAL mode the file stays whole, transactions are lost from the last backwards, and the next commit that is waited
    for puts all before it on the disk (SQLite's documentation of ``synchronous``).
    """
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {MUCH_KIB // 4}")
    connection.execute(f"PRAGMA cache_size = -{MUCH_KIB}")
    try:
        yield
    finally:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


def _kind_of(error: Exception, path: Path) -> Exception:
    """Say which of the user's worlds a driver error belongs to (SQLite's own words for its result codes)."""
    words = str(error)
    if "not a database" in words:
        return (
            StoreDamaged(path) if path.stat().st_size % 512 or path.stat().st_size < 4096 else WrongKey(path)
        )
    if "malformed" in words or "hmac" in words:
        return StoreDamaged(path)
    if (
        "disk I/O" in words
    ):  # also a full disk, when it is met before anything is written; never a damaged page
        return DiskFault(path)
    if "readonly" in words or "read-only" in words or "unable to open" in words:
        return StoreReadOnly(path)
    if "full" in words:
        return StoreFull(path)
    if "is locked" in words:
        return StoreBusy(path)
    return error


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the driver's errors, bare or wrapped by SQLAlchemy, into our own kinds."""
    try:
        yield
    except EntryDamaged:
        raise StoreDamaged(path) from None
    except Exception as error:
        bare = getattr(error, "orig", error)
        mapped = _kind_of(bare, path) if isinstance(bare, driver().DatabaseError) else error
        if mapped is bare or mapped is error:
            raise
        raise mapped from None


@contextmanager
def within(connection: Raw, begin: str) -> Iterator[None]:
    """Run a block in one transaction; any exception rolls it back."""
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


class Readers:
    """At most two connections that cannot write, made when first asked for and lent to one thread at a time."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._closed = False
        self._free: queue.LifoQueue[Raw | None] = queue.LifoQueue()
        for _ in range(READERS):
            self._free.put(None)

    @contextmanager
    def lend(self) -> Iterator[Raw]:
        """Lend a connection, waiting for one if need be. Raises ``ValueError`` once closed."""
        connection = self._free.get()
        try:
            if self._closed:
                raise ValueError("the store is closed")
            if connection is None:
                connection = connect(self._path, self._key, write=False)
            yield connection
        finally:
            self._free.put(connection)

    def close(self) -> None:
        """Close what was opened and forget the key. Waits for connections that are lent."""
        self._closed, self._key = True, b""
        for _ in range(READERS):
            connection = self._free.get()
            if connection is not None:
                connection.close()
        for _ in range(READERS):
            self._free.put(None)
