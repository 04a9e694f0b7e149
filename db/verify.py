"""Does the file hold what it says: pages, the log, and tables that follow from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseworker_app.domain.things import TYPES
from db import access, chain_check, search
from db.base_tables import base
from db.connection import Raw
from db.engine import transaction
from db.log_check import LogCheck
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
    log = LogCheck(raw, store.shared)
    if not search.is_sound(raw):
        found.append("index: its words do not hold together")
    found += [*_strangers(raw), *log.faults(), *chain_check.faults(raw), *_access_gaps(raw)]
    if not log.whole:
        return [*found, "tables: not compared, because not every entry of the log can be read"]
    return found + _drift(store)


def _strangers(raw: Raw) -> list[str]:
    """Nothing in the file acts by itself, and every table is one of ours."""
    ours = {*base.tables, *(table_name(declared) for declared in TYPES), *search.TABLES, "alembic_version"}
    query = "SELECT type, name FROM sqlite_master WHERE type != 'index' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    strange = [kind for kind, name in raw.execute(query) if kind != "table" or name not in ours]
    return [f"schema: a {kind} that is not ours" for kind in strange]


def _access_gaps(raw: Raw) -> list[str]:
    """Rows of the access log are numbered one by one; a row taken out between two others leaves a gap."""
    missing = access.gaps(raw)
    return [] if missing == 0 else [f"access log: {missing} rows are gone"]


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
    found = {
        name: sorted(raw.execute(f"SELECT * FROM {name}").fetchall(), key=repr)  # noqa: S608 - own names only
        for name in names
    }
    return {**found, "index": search.contents(raw)}
