"""The access log: who looked at, printed or exported what. Beside the operations, which say who changed what."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, insert, select

from caseworker_app.services.ports import Access, AccessRow
from db.base_tables import access_log


def append(connection: Connection, row: AccessRow) -> None:
    """Append one row."""
    connection.execute(
        insert(access_log),
        {
            "at_ms": int(row.at.timestamp() * 1000),
            "author": row.author,
            "action": row.action.value,
            "entity_type": row.entity_type,
            "entity": row.entity,
            "detail": row.detail,
        },
    )


def latest(connection: Connection, limit: int) -> list[AccessRow]:
    """Return the newest rows first."""
    rows = connection.execute(select(access_log).order_by(access_log.c.no.desc()).limit(limit))
    return [
        AccessRow(
            dt.datetime.fromtimestamp(row.at_ms / 1000, dt.UTC),
            row.author,
            Access(row.action),
            row.entity_type,
            row.entity,
            row.detail,
        )
        for row in rows
    ]
