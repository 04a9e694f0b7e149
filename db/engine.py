"""Connections to the encrypted file, each opened in the one order that is known to be safe.

The key is raw (no derivation at open), the cipher is proved before anything is read, transactions are ours:
``isolation_level=None``, BEGIN IMMEDIATE on the one writer, BEGIN and ``query_only`` on the readers. With the
driver's own handling two selects of one read saw two states in 99 % of tries (sync design 5.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool, StaticPool

from db.errors import CipherMissing, StoreDamaged, StoreFull, StoreReadOnly, WrongKey

MINIMUM_SQLITE = (3, 51, 3)
"""Before it, two connections that write and checkpoint could corrupt the file (the WAL-reset bug)."""
BUSY_MS = 5_000


def driver() -> Any:
    """Return the DB-API module, checked for what it must be. Raises :class:`CipherMissing`."""
    from sqlcipher3 import dbapi2  # the C extension costs start-up time: loaded with the first store

    check_driver(dbapi2)
    return dbapi2


def check_driver(module: Any) -> None:
    """Refuse a driver without a cipher: the standard library's takes ``PRAGMA key`` in silence and writes in clear."""
    if module.sqlite_version_info < MINIMUM_SQLITE:
        raise CipherMissing(f"SQLite {module.sqlite_version} is older than 3.51.3")
    probe = module.connect(":memory:")
    try:
        row = probe.execute("PRAGMA cipher_version").fetchone()
    finally:
        probe.close()
    if not row or not row[0]:
        raise CipherMissing("the SQLite library linked here has no cipher")


def connect(path: Path, key: bytes, *, write: bool, fresh: bool = False, module: Any = None) -> Any:
    """Open one connection and prove the key.

    ``key`` is 32 raw bytes. Raises :class:`WrongKey` or :class:`StoreDamaged` when the first page does not open,
    ``FileNotFoundError`` when there is no file. Nothing is ever made or replaced here: an empty file is a damaged
    store unless it is ``fresh``, made a moment ago by the caller.
    """
    if len(key) != 32:
        raise ValueError("a store key is 32 bytes")
    if not path.exists():
        raise FileNotFoundError(path)
    if path.stat().st_size == 0 and not fresh:
        raise StoreDamaged(path)
    dbapi = driver() if module is None else module
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection = dbapi.connect(
        address, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise CipherMissing("the SQLite library linked here has no cipher")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _settle(connection, write=write)
    except dbapi.DatabaseError as error:
        connection.close()
        raise _translated(error, path) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _settle(connection: Any, *, write: bool) -> None:
    for pragma in (
        "temp_store = MEMORY",
        "secure_delete = ON",
        "foreign_keys = OFF",
        "cache_size = -8000",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    else:
        connection.execute("PRAGMA query_only = ON")


def _translated(error: Exception, path: Path) -> Exception:
    """Say which of the user's worlds a driver error belongs to (SQLite result codes)."""
    words = str(error)
    if "not a database" in words:
        return (
            StoreDamaged(path) if path.stat().st_size % 512 or path.stat().st_size < 4096 else WrongKey(path)
        )
    if "malformed" in words or "hmac" in words or "disk I/O" in words:
        return StoreDamaged(path)
    if "readonly" in words or "read-only" in words or "unable to open" in words:
        return StoreReadOnly(path)
    if "full" in words:
        return StoreFull(path)
    return error


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the driver's errors, bare or wrapped by SQLAlchemy, into our own kinds."""
    from sqlalchemy.exc import DatabaseError

    try:
        yield
    except (DatabaseError, driver().DatabaseError) as error:
        bare = error.orig if isinstance(error, DatabaseError) else error
        mapped = None if bare is None else _translated(bare, path)
        if mapped is None or mapped is bare:
            raise
        raise mapped from None


def writer_engine(path: Path, key: bytes, *, fresh: bool = False) -> Engine:
    """Return an engine of exactly one connection, the only one that writes."""
    return create_engine(
        "sqlite+pysqlite://",
        module=driver(),
        creator=lambda: connect(path, key, write=True, fresh=fresh),
        poolclass=StaticPool,
    )


def reader_engine(path: Path, key: bytes) -> Engine:
    """Return an engine of two connections that cannot write."""
    return create_engine(
        "sqlite+pysqlite://",
        module=driver(),
        creator=lambda: connect(path, key, write=False),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=0,
    )


@contextmanager
def transaction(engine: Engine, begin: str) -> Iterator[Connection]:
    """Run a block in one transaction; any exception rolls it back."""
    with engine.connect() as connection:
        connection.exec_driver_sql(begin)
        try:
            yield connection
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            if connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
                connection.exec_driver_sql("ROLLBACK")
            raise


@contextmanager
def immediate(connection: Connection) -> Iterator[None]:
    """Run a block in one write transaction of a connection that is kept open; any exception rolls it back."""
    raw: Any = connection.connection.driver_connection
    raw.execute("BEGIN IMMEDIATE")
    try:
        yield
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise
    finally:
        if connection.in_transaction():  # SQLAlchemy's own note of it; there is nothing left to commit
            connection.rollback()
