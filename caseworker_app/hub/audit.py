"""Who read or wrote which stream, and who was refused. Never what stood there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from caseworker_app.hub.tables import audit
from caseworker_app.hub.tokens import Caller

READ = "read"
READ_REFUSED = "read_refused"
WRITE = "write"
WRITE_REFUSED = "write_refused"
FILE_READ = "file_read"
FILE_WRITTEN = "file_written"
TWIN = "twin"
RELEASED = "released"

_ADD = audit.insert()


def row(
    caller: Caller, stream: bytes, action: str, now_ms: int, first: int = 0, last: int = 0
) -> dict[str, Any]:
    """Return one line for :func:`add`: rows ``first`` to ``last`` of a stream, both 0 when none were touched."""
    return {
        "at_ms": now_ms,
        "device_id": caller.device,
        "user_id": caller.user,
        "stream_id": stream,
        "action": action,
        "first_seq": first,
        "last_seq": last,
    }


def add(connection: Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Write the lines."""
    lines = list(rows)
    if lines:
        connection.execute(_ADD, lines)
