"""What was not taken: read back for the window, and offered again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import CLEAR_KEY, Sealed
from caseworker_app.services.sync_ports import Refused
from db.connection import Raw
from db.sync_rows import LAPTOP, read_again

if TYPE_CHECKING:
    from db.store import Shared

_ALL = """
SELECT id, place, reason, at_ms, stream_id, op_id, device, header, payload, signature FROM quarantine
ORDER BY at_ms DESC, id
"""


def all_refused(connection: Raw, shared: Shared) -> list[Refused]:
    """Return the rows that were not taken, newest first, with author and label where they can be read."""
    found = []
    for row in connection.execute(_ALL).fetchall():
        key, place, reason, at_ms, stream, op_id, device, *parts = row
        sealed = Sealed(*parts)
        author, label = _read(connection, shared, sealed)
        found.append(Refused(key, place, reason, at_ms, stream, op_id, device, sealed, author, label))
    return found


def _read(connection: Raw, shared: Shared, sealed: Sealed) -> tuple[Id | None, str]:
    try:
        header = shared.sealer.header(sealed.header)
    except (ValueError, RecursionError):
        return None, ""
    try:
        clear = header.key_id == CLEAR_KEY
        key = b"" if clear else shared.key_of(connection, header.stream_id, header.key_id)
        return header.author, shared.sealer.open(sealed, key).payload.label
    except (ValueError, KeyError, RecursionError):
        return header.author, ""


def forgive(connection: Raw, row: Id) -> Id | None:
    """Take a row out of quarantine so that it is tried again: ours is sent again, one of the log is read again with the
    rest of its stream. Return that stream."""
    found = connection.execute("SELECT place, stream_id FROM quarantine WHERE id = ?", (row,)).fetchone()
    connection.execute("DELETE FROM quarantine WHERE id = ?", (row,))
    if found is None or found[0] != LAPTOP:
        return None
    read_again(connection, found[1])
    stream: Id = found[1]
    return stream
