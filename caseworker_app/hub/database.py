"""The hub's database: PostgreSQL for a municipality, one SQLite file for one office, the same statements on both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

_BUSY_MS = 30_000
_READS = "hub_reads"


def open_engine(url: str, connections: int = 8) -> Engine:
    """Return an engine for ``postgresql://…`` or ``sqlite:///file`` (``sqlite://`` alone keeps it in memory).

    ``connections`` is how many are kept open to PostgreSQL, 0 to open one when it is needed. Raises ``ValueError`` for any
    other kind of database.
    """
    asked = make_url(url)
    if asked.get_backend_name() == "postgresql":
        return create_engine(
            asked.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            **(
                {"poolclass": QueuePool, "pool_size": connections, "max_overflow": 0}
                if connections
                else {"poolclass": NullPool}
            ),
        )
    if asked.get_backend_name() != "sqlite":
        raise ValueError("a hub keeps its log in PostgreSQL or in an SQLite file")
    in_memory = asked.database in (None, "", ":memory:")
    engine = create_engine(
        asked.set(drivername="sqlite+pysqlite"),
        poolclass=StaticPool if in_memory else NullPool,
        connect_args={"check_same_thread": False, "timeout": _BUSY_MS / 1000},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _settle_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _settle_sqlite(connection: Any, _record: Any) -> None:
    """Transactions are begun by us. A rollback journal: SQLite before 3.51.3 can lose a write-ahead log's pages."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = OFF")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get(_READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes, committed at the end. One at a time in SQLite, as many as there are streams in
    PostgreSQL."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine, *, whole: bool = False) -> Iterator[Connection]:
    """A connection that only reads. In PostgreSQL each statement sees what is committed when it begins, which spares two
    of its answers; ``whole`` makes all of them see one moment."""
    options: dict[str, Any] = {_READS: True}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ" if whole else "AUTOCOMMIT"
    with engine.connect().execution_options(**options) as connection:
        yield connection


def append(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows. To PostgreSQL they go as one array a column: a third of the work of a statement a row."""
    if connection.dialect.name == "postgresql" and len(rows) > 1:
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        connection.exec_driver_sql(_from_arrays(table, tuple(columns)), tuple(columns.values()))
    elif rows:
        connection.execute(table.insert(), list(rows))


@lru_cache(maxsize=64)
def _from_arrays(table: Table, columns: tuple[str, ...]) -> str:
    kinds = (table.c[name].type.compile(dialect=postgresql.dialect()) for name in columns)  # type: ignore[no-untyped-call]
    arrays = ", ".join(f"%b::{kind}[]" for kind in kinds)
    return f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT * FROM unnest({arrays})"  # noqa: S608 - our own names


def insert_if_absent(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows whose primary key is new and leave the others as they are."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def insert_or_set(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows, or set every other column where the primary key is known."""
    if not rows:
        return
    made = _insert(connection, table)
    keys = [column.name for column in table.primary_key]
    others = {column.name: made.excluded[column.name] for column in table.columns if column.name not in keys}
    connection.execute(made.on_conflict_do_update(index_elements=keys, set_=others), rows)


def _insert(connection: Connection, table: Table) -> Any:
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
