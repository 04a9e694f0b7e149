"""SQLAlchemy over the store's one writing connection: for the schema, migrations and upkeep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from db.connection import Raw, driver


def engine_over(connection: Callable[[], Raw]) -> Engine:
    """Return an engine whose only connection is the one given; disposing of the engine closes it."""
    return create_engine("sqlite+pysqlite://", module=driver(), creator=connection, poolclass=StaticPool)


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
