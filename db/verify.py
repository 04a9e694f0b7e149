"""Does the file hold what it says: pages, signatures, and tables that follow from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseworker_app.domain.operations import Sealed
from caseworker_app.domain.things import TYPES
from db.connection import Raw
from db.engine import transaction
from db.rebuild import rebuild_all
from db.rows import table_name

if TYPE_CHECKING:
    from db.store import SqlStore


class _Undo(Exception):
    """Leaves the trial rebuild's transaction without keeping it."""


def faults(store: SqlStore) -> list[str]:
    """Return what does not hold, in English for support; nothing personal. The store is left as it was."""
    raw = store.connection
    found = [f"page: {row[0]}" for row in raw.execute("PRAGMA cipher_integrity_check")]
    check = raw.execute("PRAGMA integrity_check").fetchone()[0]
    if check != "ok":
        found.append(f"structure: {check}")
    return found + _bad_signatures(store) + _drift(store)


def _bad_signatures(store: SqlStore) -> list[str]:
    sealer = store.shared.sealer
    query = """
        SELECT no, header, payload, signature FROM operations WHERE incarnation = ? AND payload IS NOT NULL
    """
    return [
        f"signature: operation {no}"
        for no, *sealed in store.connection.execute(query, (store.shared.incarnation,))
        if not sealer.verify(Sealed(*sealed), sealer.public_key)
    ]


def _drift(store: SqlStore) -> list[str]:
    """Rebuild inside a transaction that is thrown away, and compare."""
    drift: list[str] = []
    try:
        with transaction(store.writer, "BEGIN IMMEDIATE") as connection:
            before = contents(store.connection)
            rebuild_all(connection, store.shared, None)
            after = contents(store.connection)
            drift = [f"table: {name}" for name in before if before[name] != after[name]]
            raise _Undo
    except _Undo:
        return drift


def contents(raw: Raw) -> dict[str, list[tuple[object, ...]]]:
    """Return every row that follows from the log, by table, in a settled order."""
    names = [*(table_name(declared) for declared in TYPES), "heads", "superseded", "changes"]
    return {
        name: sorted(raw.execute(f"SELECT * FROM {name}").fetchall(), key=repr)  # noqa: S608 - own names only
        for name in names
    }
