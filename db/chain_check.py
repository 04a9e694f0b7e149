"""Does what came from the hub still hang together: every row in its place, and each chain value following from the last."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.domain.chain import next_chain
from caseworker_app.domain.ids import Id
from db.connection import Raw
from db.sync_rows import cursor_of

_STREAMS = "SELECT stream_id FROM cursors UNION SELECT stream_id FROM operations WHERE stream_seq IS NOT NULL"
_ROWS = """
SELECT stream_seq, op_id, payload, chain FROM operations WHERE stream_id = ?1 AND stream_seq IS NOT NULL
UNION ALL
SELECT stream_seq, op_id, payload, NULL FROM quarantine
WHERE stream_id = ?1 AND place = 'laptop' AND stream_seq IS NOT NULL
ORDER BY stream_seq
"""


def faults(connection: Raw) -> Iterator[str]:
    """Say which rows are missing or do not follow on the one before. Rows put aside are counted in their place."""
    for (stream,) in connection.execute(_STREAMS).fetchall():
        for fault in _faults_of(connection, stream):
            yield f"{fault} of stream {stream.hex()[:8]}"


def _faults_of(connection: Raw, stream: Id) -> Iterator[str]:
    """A row whose id could not be read has no value of its own to compare: the next one is taken at its word."""
    at = cursor_of(connection, stream)
    last = 0
    chain: bytes | None = b""
    for seq, op_id, payload, kept in connection.execute(_ROWS, (stream,)):
        if seq == last:
            continue
        if seq != last + 1:
            if last < at.seq:
                yield f"missing: row {last + 1}"
            chain = None
        follows = None
        if chain is not None and op_id is not None and payload is not None:
            follows = next_chain(chain, op_id, payload)
        if kept is not None and follows not in (None, kept):
            yield f"chain: row {seq}"
        last, chain = seq, follows if kept is None else kept
        if seq == at.seq and chain not in (None, at.chain):
            yield f"cursor: row {seq}"
    if last < at.seq:
        yield f"missing: row {last + 1}"
