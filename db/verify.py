"""Does the file hold what it says: pages, signatures, and tables that follow from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from caseworker_app.domain.operations import Sealed
from db.base_tables import heads, operations, superseded
from db.engine import transaction
from db.projections import projections
from db.rebuild import rebuild_all

if TYPE_CHECKING:
    from db.store import SqlStore


class _Undo(Exception):
    """Leaves the trial rebuild's transaction without keeping it."""


def faults(store: SqlStore) -> list[str]:
    """Return what does not hold, in English for support; nothing personal. The store is left as it was."""
    found: list[str] = []
    with store.writer.connect() as connection:
        found += [f"page: {row[0]}" for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
        check = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
        if check != "ok":
            found.append(f"structure: {check}")
        found += _bad_signatures(connection, store)
    found += _drift(store)
    return found


def _bad_signatures(connection: Connection, store: SqlStore) -> list[str]:
    sealer = store.shared.sealer
    query = select(operations.c.no, operations.c.header, operations.c.payload, operations.c.signature).where(
        operations.c.incarnation == store.shared.incarnation, operations.c.payload.is_not(None)
    )
    return [
        f"signature: operation {row.no}"
        for row in connection.execute(query)
        if not sealer.verify(Sealed(row.header, row.payload, row.signature), sealer.public_key)
    ]


def _drift(store: SqlStore) -> list[str]:
    """Rebuild inside a transaction that is thrown away, and compare."""
    drift: list[str] = []
    try:
        with transaction(store.writer, "BEGIN IMMEDIATE") as connection:
            before = _contents(connection)
            rebuild_all(connection, store.shared, None)
            after = _contents(connection)
            drift = [f"table: {name}" for name in before if before[name] != after[name]]
            raise _Undo
    except _Undo:
        return drift


def _contents(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = [*projections()[1].values(), heads, superseded]
    return {
        table.name: sorted((tuple(r) for r in connection.execute(select(table))), key=repr)
        for table in tables
    }
