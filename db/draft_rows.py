"""Drafts: one row an open form, overwritten while it is typed in, gone with the save. Never in the log."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from caseworker_app.services.ports import Draft
from db.base_tables import drafts
from db.encoding import pack, unpack


def save(connection: Connection, draft: Draft, now: dt.datetime) -> None:
    """Keep the form's touched fields over what was kept before."""
    body = {name: [value, list(parents)] for name, (value, parents) in draft.fields.items()}
    connection.execute(
        insert(drafts).prefix_with("OR REPLACE"),
        {
            "key": draft.key,
            "entity_type": draft.entity_type,
            "entity": draft.entity,
            "stream_id": draft.stream,
            "title": draft.title,
            "body": pack(body),
            "updated_ms": int(now.timestamp() * 1000),
        },
    )


def drop(connection: Connection, key: str) -> None:
    """Forget a form."""
    connection.execute(delete(drafts).where(drafts.c.key == key))


def _draft(row: Any) -> Draft:
    fields = {name: (value, tuple(parents)) for name, (value, parents) in unpack(row.body).items()}
    updated = dt.datetime.fromtimestamp(row.updated_ms / 1000, dt.UTC)
    return Draft(row.key, row.entity_type, row.entity, row.stream_id, row.title, fields, updated)


def one(connection: Connection, key: str) -> Draft | None:
    """Return one form."""
    row = connection.execute(select(drafts).where(drafts.c.key == key)).first()
    return None if row is None else _draft(row)


def all_drafts(connection: Connection) -> list[Draft]:
    """Return every open form, latest first."""
    return [_draft(row) for row in connection.execute(select(drafts).order_by(drafts.c.updated_ms.desc()))]
