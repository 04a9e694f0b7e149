"""Files, sealed by the laptops, by stream and hash: sent in pieces, taken up again where a net broke, checked at the end.

A file belongs to the stream it was announced in, so that who knows a hash only learns nothing: the same file in another
stream is sent again, sealed under another key.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from caseworker_app.domain.ids import Id
from caseworker_app.hub import audit
from caseworker_app.hub.database import insert_if_absent, reading, writing
from caseworker_app.hub.ground import Ground, Refused, not_found
from caseworker_app.hub.members import role_of
from caseworker_app.hub.tables import blob_pieces, blobs
from caseworker_app.hub.tokens import Caller, reader_of
from caseworker_app.sync.wire import MOST_BLOB_PIECE, BlobState

_HASH_BYTES = 32


class Elsewhere(Exception):
    """A piece that does not begin where the hub's part of the file ends; ``state`` says where that is."""

    def __init__(self, state: BlobState) -> None:
        super().__init__("elsewhere")
        self.state = state


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes ``start`` up to ``start + len(body)`` of a file of ``size`` bytes."""

    start: int
    size: int
    body: bytes


def hash_of(text: str) -> bytes:
    """Return the hash in a path. Raises :class:`Refused` (400 ``malformed``)."""
    try:
        found = bytes.fromhex(text)
    except ValueError:
        found = b""
    if len(found) != _HASH_BYTES or found.hex() != text:
        raise Refused(400, "malformed")
    return found


def put(ground: Ground, token: str, stream: Id, sha256: bytes, piece: Piece) -> BlobState:
    """Take a piece. Raises :class:`Refused` (404 for who may not write there, 413, 422 ``wrong_hash``: all that came of
    the file is forgotten) and :class:`Elsewhere`."""
    now = ground.clock()
    if len(piece.body) > MOST_BLOB_PIECE or piece.size > ground.limits.blob_bytes:
        raise Refused(413, "too_large")
    end = piece.start + len(piece.body)
    if piece.start < 0 or end > piece.size or (not piece.body and piece.size):
        raise Refused(400, "malformed")
    with writing(ground.engine) as connection:
        caller = reader_of(connection, token, now)
        may = role_of(connection, stream, caller.user).writes
        if not may:
            audit.add(connection, [audit.row(caller, stream, audit.WRITE_REFUSED, now)])
        else:
            state = _add(connection, caller, (stream, sha256), piece, now)
    if not may:
        raise not_found()
    if state is None:
        raise Refused(422, "wrong_hash")
    return state


def _add(
    connection: Connection, caller: Caller, key: tuple[Id, bytes], piece: Piece, now: int
) -> BlobState | None:
    """Return the state after a piece, ``None`` when the file is whole and not the one it was said to be."""
    row = _locked(connection, caller, key, piece.size, now)
    end = piece.start + len(piece.body)
    if row.size != piece.size:
        raise Refused(409, "other_size")
    if row.done or (end <= row.have and piece.size):
        return BlobState(row.size, row.have, row.done)
    if piece.start != row.have:
        raise Elsewhere(BlobState(row.size, row.have, row.done))
    stream, sha256 = key
    if piece.body:
        part = {"stream_id": stream, "sha256": sha256, "start": piece.start, "body": piece.body}
        connection.execute(blob_pieces.insert(), part)
    done = end == row.size
    if done and _digest(connection, key) != sha256:
        connection.execute(delete(blob_pieces).where(*_is(blob_pieces, key)))
        connection.execute(delete(blobs).where(*_is(blobs, key)))
        return None
    connection.execute(update(blobs).where(*_is(blobs, key)).values(have=end, done=done))
    if done:
        audit.add(connection, [audit.row(caller, stream, audit.FILE_WRITTEN, now)])
    return BlobState(row.size, end, done)


def _locked(connection: Connection, caller: Caller, key: tuple[Id, bytes], size: int, now: int) -> Any:
    asked = select(blobs).where(*_is(blobs, key)).with_for_update()
    row = connection.execute(asked).first()
    if row is None:
        new: dict[str, Any] = {
            "stream_id": key[0],
            "sha256": key[1],
            "size": size,
            "have": 0,
            "done": False,
            "device_id": caller.device,
            "at_ms": now,
        }
        insert_if_absent(connection, blobs, [new])
        row = connection.execute(asked).one()
    return row


def _is(table: Any, key: tuple[Id, bytes]) -> tuple[Any, Any]:
    return table.c.stream_id == key[0], table.c.sha256 == key[1]


def _digest(connection: Connection, key: tuple[Id, bytes]) -> bytes:
    digest = hashlib.sha256()
    starts = select(blob_pieces.c.start).where(*_is(blob_pieces, key)).order_by(blob_pieces.c.start)
    for start in connection.execute(starts).scalars().all():
        one = select(blob_pieces.c.body).where(*_is(blob_pieces, key), blob_pieces.c.start == start)
        digest.update(connection.execute(one).scalar_one())
    return digest.digest()


def state(ground: Ground, token: str, stream: Id, sha256: bytes) -> BlobState:
    """Return how much of a file is there. Raises :class:`Refused`: 404 for who may not read the stream too."""
    with reading(ground.engine) as connection:
        caller = reader_of(connection, token, ground.clock())
        row = _seen(connection, caller, stream, sha256)
        if row is None:
            raise not_found()
        return BlobState(row.size, row.have, row.done)


def _seen(connection: Connection, caller: Caller, stream: Id, sha256: bytes) -> Any:
    if not role_of(connection, stream, caller.user).reads:
        return None
    return connection.execute(select(blobs).where(*_is(blobs, (stream, sha256)))).first()


def get(
    ground: Ground, token: str, stream: Id, sha256: bytes, start: int | None, last: int | None
) -> tuple[int, int, bytes]:
    """Return ``(start, size, body)`` of bytes ``start`` to ``last`` (both counted) of a whole file.

    At most :data:`MOST_BLOB_PIECE` at once, so the answer may end before ``last``. Without ``start`` the whole of a small
    file. Raises :class:`Refused`: 404 until the file is whole, 400 ``range_needed``, 416 ``no_such_range``.
    """
    now = ground.clock()
    body, size = b"", 0
    with writing(ground.engine) as connection:
        caller = reader_of(connection, token, now)
        row = _seen(connection, caller, stream, sha256)
        found = row is not None and row.done
        action = audit.FILE_READ if found else audit.READ_REFUSED
        audit.add(connection, [audit.row(caller, stream, action, now)])
        if found:
            size = row.size
            end = min(size, size if last is None else last + 1, (start or 0) + MOST_BLOB_PIECE)
            body = _cut(connection, (stream, sha256), start or 0, end)
    if not found:
        raise not_found()
    if start is None and size > MOST_BLOB_PIECE:
        raise Refused(400, "range_needed")
    if start is not None and (start >= size or not body):
        raise Refused(416, "no_such_range")
    return start or 0, size, body


def _cut(connection: Connection, key: tuple[Id, bytes], start: int, end: int) -> bytes:
    if end <= start:
        return b""
    first = select(func.max(blob_pieces.c.start)).where(*_is(blob_pieces, key), blob_pieces.c.start <= start)
    begin = connection.execute(first).scalar()
    parts = (
        select(blob_pieces.c.body)
        .where(*_is(blob_pieces, key), blob_pieces.c.start >= (begin or 0), blob_pieces.c.start < end)
        .order_by(blob_pieces.c.start)
    )
    whole = b"".join(connection.execute(parts).scalars())
    return whole[start - (begin or 0) : end - (begin or 0)]
