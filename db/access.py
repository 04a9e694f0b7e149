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
