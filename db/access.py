"""The access log: who looked at, printed or exported what. Beside the operations, which say who changed what."""

from __future__ import annotations

import datetime as dt

from caseworker_app.services.ports import Access, AccessRow
from db.connection import Raw

_APPEND = """
INSERT INTO access_log (at_ms, author, action, entity_type, entity, detail) VALUES (?, ?, ?, ?, ?, ?)
"""
_LATEST = """
SELECT at_ms, author, action, entity_type, entity, detail FROM access_log ORDER BY no DESC LIMIT ?
"""


def append(connection: Raw, row: AccessRow) -> None:
    """Append one row."""
    moment = int(row.at.timestamp() * 1000)
    connection.execute(
        _APPEND, (moment, row.author, row.action.value, row.entity_type, row.entity, row.detail)
    )


def latest(connection: Raw, limit: int) -> list[AccessRow]:
    """Return the newest rows first."""
    return [
        AccessRow(
            dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC), author, Access(action), kind, entity, detail
        )
        for at_ms, author, action, kind, entity, detail in connection.execute(_LATEST, (limit,))
    ]


FORGOTTEN = "access_forgotten"
"""The key in ``meta`` under which the number of the last row stands that was deleted for its age."""


def forget(connection: Raw, before: dt.datetime) -> int:
    """Delete the rows from before a moment, oldest first, and note how far; return how many.

    The newest row stays whatever its age: the numbers go on from it.
    """
    moment = int(before.timestamp() * 1000)
    newest = connection.execute("SELECT max(no) FROM access_log").fetchone()[0]
    row = connection.execute("SELECT min(no) FROM access_log WHERE at_ms >= ?", (moment,)).fetchone()
    first_kept = row[0] if row[0] is not None else newest
    if first_kept is None:
        return 0
    gone = connection.execute("DELETE FROM access_log WHERE no < ?", (first_kept,)).rowcount
    if gone:
        values = (FORGOTTEN, str(first_kept - 1).encode("ascii"))
        connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", values)
    return int(gone)


def gaps(connection: Raw) -> int:
    """Return how many rows are missing that were not deleted for their age."""
    rows, last = connection.execute("SELECT count(*), coalesce(max(no), 0) FROM access_log").fetchone()
    found = connection.execute("SELECT value FROM meta WHERE key = ?", (FORGOTTEN,)).fetchone()
    forgotten = 0 if found is None else int(found[0])
    return int(last - forgotten - rows) if last else 0
