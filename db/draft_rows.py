"""Drafts: one row an open form, overwritten while it is typed in, gone with the save. Never in the log."""

from __future__ import annotations

import datetime as dt
from typing import Any

from caseworker_app.services.ports import Draft
from db.connection import Raw
from db.encoding import pack, unpack

_SAVE = """
INSERT OR REPLACE INTO drafts (key, entity_type, entity, stream_id, title, body, updated_ms)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_COLUMNS = "SELECT key, entity_type, entity, stream_id, title, body, updated_ms FROM drafts"


def save(connection: Raw, draft: Draft, now: dt.datetime) -> None:
    """Keep the form's touched fields over what was kept before."""
    body = {name: [value, list(parents)] for name, (value, parents) in draft.fields.items()}
    moment = int(now.timestamp() * 1000)
    connection.execute(
        _SAVE, (draft.key, draft.entity_type, draft.entity, draft.stream, draft.title, pack(body), moment)
    )


def drop(connection: Raw, key: str) -> None:
    """Forget a form."""
    connection.execute("DELETE FROM drafts WHERE key = ?", (key,))


def _draft(row: Any) -> Draft:
    key, entity_type, entity, stream, title, body, updated_ms = row
    fields = {name: (value, tuple(parents)) for name, (value, parents) in unpack(body).items()}
    updated = dt.datetime.fromtimestamp(updated_ms / 1000, dt.UTC)
    return Draft(key, entity_type, entity, stream, title, fields, updated)


def one(connection: Raw, key: str) -> Draft | None:
    """Return one form."""
    row = connection.execute(f"{_COLUMNS} WHERE key = ?", (key,)).fetchone()
    return None if row is None else _draft(row)


def all_drafts(connection: Raw) -> list[Draft]:
    """Return every open form, latest first."""
    return [_draft(row) for row in connection.execute(f"{_COLUMNS} ORDER BY updated_ms DESC")]
