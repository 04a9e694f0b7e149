"""Making projections anew from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from caseworker_app.services.ports import Progress
from db import search
from db.bulk import apply_many
from db.connection import Raw
from db.past import read_operation
from db.projections import projections

if TYPE_CHECKING:
    from db.store import Shared

PAGE = 500
_PAGE_OF = """
SELECT header, payload, signature, key_id, stream_id, no FROM operations
WHERE no > ? AND payload IS NOT NULL AND state = 'applied' ORDER BY no LIMIT ?
"""


def rebuild_all(connection: Connection, shared: Shared, progress: Progress | None) -> int:
    """Drop and refill everything that follows from the log; return how many operations were read.

    Operations of a newer schema or without a key stay waiting (:mod:`db.sync_store` takes them up when they can be read).
    """
    raw: Raw = connection.connection.driver_connection
    _drop_projections(raw)
    projections()[0].create_all(connection)
    search.drop(raw)
    search.make(raw)
    for table in ("heads", "superseded", "changes"):
        raw.execute(f"DELETE FROM {table}")  # noqa: S608 - own names only
    total = raw.execute("SELECT count(*) FROM operations").fetchone()[0]
    done = last = 0
    while True:
        rows = raw.execute(_PAGE_OF, (last, PAGE)).fetchall()
        if not rows:
            return done
        apply_many(raw, [(row[5], read_operation(raw, shared, row[:5])) for row in rows])
        last = rows[-1][5]
        done += len(rows)
        if progress is not None:
            progress(done, total)


def _drop_projections(raw: Raw) -> None:
    """Drop every ``p_`` table the file has, also those of types this version no longer declares."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'p\\_%' ESCAPE '\\'"
    for (name,) in raw.execute(query).fetchall():
        raw.execute(f'DROP TABLE "{name}"')
