"""Making projections anew from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, select, text

from caseworker_app.domain.operations import SCHEMA_VERSION
from caseworker_app.services.ports import Progress
from db.base_tables import changes, heads, operations, superseded
from db.log import apply
from db.past import read_operation
from db.projections import projections

if TYPE_CHECKING:
    from db.store import Shared

PAGE = 500


def rebuild_all(connection: Connection, shared: Shared, progress: Progress | None) -> int:
    """Drop and refill everything that follows from the log; return how many operations were read.

    Operations of a newer schema or without a key stay waiting.
    """
    _drop_projections(connection)
    projections()[0].create_all(connection)
    for table in (heads, superseded, changes):
        connection.execute(delete(table))
    total = connection.execute(select(func.count()).select_from(operations)).scalar_one()
    done = last = 0
    while True:
        query = (
            select(
                operations.c.header,
                operations.c.payload,
                operations.c.signature,
                operations.c.key_id,
                operations.c.stream_id,
                operations.c.no,
            )
            .where(
                operations.c.no > last,
                operations.c.payload.is_not(None),
                operations.c.schema_v <= SCHEMA_VERSION,
            )
            .order_by(operations.c.no)
            .limit(PAGE)
        )
        rows = connection.execute(query).all()
        if not rows:
            return done
        for row in rows:
            apply(connection, row[5], read_operation(connection, shared, row[:5]), fresh=False)
        last = rows[-1][5]
        done += len(rows)
        if progress is not None:
            progress(done, total)


def _drop_projections(connection: Connection) -> None:
    """Drop every ``p_`` table the file has, also those of types this version no longer declares."""
    names = connection.execute(
        text("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'p\\_%' ESCAPE '\\'")
    )
    for name in list(names.scalars()):
        connection.exec_driver_sql(f'DROP TABLE "{name}"')
