"""The statements of sync: cursors, what is unsent, what came back, what was put aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Header, Sealed
from caseworker_app.services.sync_ports import Cursor, Outgoing, Row
from db.asking import chunked
from db.connection import Raw

HUB, LAPTOP = "hub", "laptop"
_CURSOR = "SELECT seq, chain, closed FROM cursors WHERE stream_id = ?"
_MOVE = """
INSERT INTO cursors (stream_id, seq, chain) VALUES (?, ?, ?)
ON CONFLICT (stream_id) DO UPDATE SET seq = excluded.seq, chain = excluded.chain
"""
_STREAMS = """
SELECT s.stream_id, c.seq, c.chain, c.closed FROM streams AS s LEFT JOIN cursors AS c ON c.stream_id = s.stream_id
UNION SELECT stream_id, seq, chain, closed FROM cursors
"""
_OUTGOING = """
SELECT o.no, o.op_id, o.stream_id, o.header, o.payload, o.signature
FROM operations AS o INDEXED BY ix_operations_unacked
WHERE o.acked = 0 AND o.no > ? AND o.payload IS NOT NULL
    AND NOT (o.pushed_ms IS NOT NULL AND o.stream_id IN (SELECT stream_id FROM cursors WHERE closed = 1))
  AND NOT EXISTS (SELECT 1 FROM quarantine AS q WHERE q.op_id = o.op_id AND q.place = 'hub')
ORDER BY o.no LIMIT ?
"""
_KNOWN = "SELECT op_id, no, header, payload, signature, stream_seq FROM operations WHERE op_id IN ({marks})"
_CONFIRM = """
UPDATE operations SET acked = 1, stream_seq = ?, chain = ?, received_utc = ?, device = ? WHERE no = ?
"""
_FORGIVE = """
DELETE FROM quarantine WHERE place = 'hub' AND op_id = (SELECT op_id FROM operations WHERE no = ?)
"""
_PUT_ASIDE = """
INSERT INTO quarantine (id, place, stream_id, op_id, stream_seq, device, reason, at_ms, header, payload, signature)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ASIDE_ALREADY = "SELECT 1 FROM quarantine WHERE place = ? AND stream_id = ? AND header = ? AND signature = ?"
_RESET = """
UPDATE operations SET acked = 0, stream_seq = NULL, chain = NULL, pushed_ms = NULL WHERE stream_id = ?
"""


class Known(NamedTuple):
    """An operation that is in the log."""

    no: int
    header: bytes
    payload: bytes
    signature: bytes
    stream_seq: int | None


def cursor_of(connection: Raw, stream: Id) -> Cursor:
    """Return where reading a stream stands."""
    row = connection.execute(_CURSOR, (stream,)).fetchone()
    return Cursor() if row is None else Cursor(row[0], row[1], bool(row[2]))


def move_cursor(connection: Raw, stream: Id, to: Cursor) -> None:
    """Move it, in the transaction of the rows."""
    connection.execute(_MOVE, (stream, to.seq, to.chain))


def all_cursors(connection: Raw) -> dict[Id, Cursor]:
    """Return every stream with its cursor."""
    found = connection.execute(_STREAMS)
    return {row[0]: Cursor(row[1] or 0, row[2] or b"", bool(row[3])) for row in found}


def outgoing(connection: Raw, after: int, limit: int, most_bytes: int) -> list[Outgoing]:
    """Return unsent operations, oldest first, up to a size; at least one."""
    found: list[Outgoing] = []
    size = 0
    for no, op_id, stream, *parts in connection.execute(_OUTGOING, (after, limit)):
        size += sum(len(part) for part in parts)
        if found and size > most_bytes:
            break
        found.append(Outgoing(no, op_id, stream, Sealed(*parts)))
    return found


def known(connection: Raw, ids: Sequence[Id]) -> dict[Id, Known]:
    """Return which of some operations are in the log."""
    return {op_id: Known(*rest) for op_id, *rest in chunked(connection, _KNOWN, ids)}


def confirm(connection: Raw, rows: Iterable[tuple[Any, ...]]) -> None:
    """Mark operations as come back: (number in the stream, chain, when, device, local number) each."""
    listed = list(rows)
    connection.executemany(_CONFIRM, listed)
    connection.executemany(_FORGIVE, [row[-1:] for row in listed])


def put_aside(
    connection: Raw, key: Id, stream: Id, row: Row, header: Header | None, reason: str, now_ms: int
) -> None:
    """Keep a row of the hub's log that could not be taken, once, under the id ``key``."""
    values = (LAPTOP, stream, row.header, row.signature)
    if connection.execute(_ASIDE_ALREADY, values).fetchone() is None:
        op_id = None if header is None else header.op_id
        body = (row.header, row.payload, row.signature)
        connection.execute(
            _PUT_ASIDE, (key, LAPTOP, stream, op_id, row.seq, row.device, reason, now_ms, *body)
        )


def reject(connection: Raw, key: Id, op_id: Id, reason: str, now_ms: int) -> None:
    """Keep beside the log that the hub would not take an operation."""
    query = "SELECT stream_id, device, header, payload, signature FROM operations WHERE op_id = ?"
    row = connection.execute(query, (op_id,)).fetchone()
    if (
        row is None
        or connection.execute(_ASIDE_ALREADY, (HUB, row[0], row[2], row[4])).fetchone() is not None
    ):
        return
    connection.execute(_PUT_ASIDE, (key, HUB, row[0], op_id, None, row[1], reason, now_ms, *row[2:]))


def reset(connection: Raw, stream: Id) -> None:
    """Forget what was read of a stream, and count all of it as unsent."""
    connection.execute("DELETE FROM cursors WHERE stream_id = ?", (stream,))
    connection.execute("DELETE FROM quarantine WHERE stream_id = ? AND place = 'laptop'", (stream,))
    connection.execute(_RESET, (stream,))


def read_again(connection: Raw, stream: Id) -> None:
    """Forget how far a stream was read and what was put aside of it; what is here stays confirmed."""
    connection.execute("UPDATE cursors SET seq = 0, chain = x'' WHERE stream_id = ?", (stream,))
    connection.execute("DELETE FROM quarantine WHERE stream_id = ? AND place = 'laptop'", (stream,))


def close(connection: Raw, closed: Iterable[Id]) -> None:
    """Note which streams the hub keeps closed to the user; all others are open."""
    connection.execute("UPDATE cursors SET closed = 0")
    query = """INSERT INTO cursors (stream_id, seq, chain, closed) VALUES (?, 0, x'', 1)
               ON CONFLICT (stream_id) DO UPDATE SET closed = 1"""
    connection.executemany(query, [(one,) for one in sorted(closed)])
