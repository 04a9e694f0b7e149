"""Files of the streams: sealed once and named by an operation, sent apart, kept when they have come.

A file is named to its stream by ``Change("file", <first 16 bytes of its SHA-256>, "sealed", CREATE, {...})``: hash and size
of its bytes, and under which key the sealed bytes have which name (their SHA-256), by which the hub knows them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Change, ChangeKind, Operation
from caseworker_app.domain.phrases import N_
from caseworker_app.services.sync_ports import FileToSend
from db.connection import Raw

if TYPE_CHECKING:
    from db.writing import WriteUnit

FILE = "file"
SEALED = "sealed"
_HASH = 32
_UNSENT = """
SELECT m.stream_id, m.sha256, m.size, m.name, m.key_id FROM blob_marks AS m INDEXED BY ix_blob_marks_unsent
JOIN blobs AS b ON b.sha256 = m.sha256 WHERE m.sent = 0 AND b.body IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM cursors AS c WHERE c.stream_id = m.stream_id AND c.closed = 1) LIMIT ?
"""
_ABSENT = """
SELECT m.stream_id, m.sha256, m.size, m.name, m.key_id FROM blobs AS b INDEXED BY ix_blobs_absent
JOIN blob_marks AS m ON m.sha256 = b.sha256 AND m.stream_id = b.stream_id
WHERE b.body IS NULL AND m.name IS NOT NULL LIMIT ?
"""
_NOTE_MARK = """
INSERT INTO blob_marks (stream_id, sha256, size, key_id, name, sent) VALUES (?, ?, ?, ?, ?, 1)
ON CONFLICT (stream_id, sha256) DO UPDATE SET key_id = excluded.key_id, name = excluded.name WHERE name IS NULL
"""
_NOTE_BLOB = "INSERT OR IGNORE INTO blobs (sha256, stream_id, size, body) VALUES (?, ?, ?, NULL)"
_NAME = "UPDATE blob_marks SET key_id = ?, name = ? WHERE stream_id = ? AND sha256 = ?"


def to_send(connection: Raw, limit: int) -> list[FileToSend]:
    """Return files that the hub has not confirmed."""
    return [_file(row) for row in connection.execute(_UNSENT, (limit,))]


def to_fetch(connection: Raw, limit: int) -> list[FileToSend]:
    """Return files that were named and are not here."""
    return [_file(row) for row in connection.execute(_ABSENT, (limit,))]


def _file(row: tuple[Id, bytes, int, bytes | None, Id | None]) -> FileToSend:
    return FileToSend(row[0], row[1], row[2], row[3] or b"", row[4] or b"")


def note_files(connection: Raw, operations: Iterable[Operation]) -> None:
    """Keep what operations say of files: their names, and that they are on their way."""
    for operation in operations:
        for change in operation.payload.changes:
            value = change.value
            if change.entity_type != FILE or change.field != SEALED or not isinstance(value, dict):
                continue
            sha256, name, size, key_id = (value.get(one) for one in ("sha256", "name", "size", "key_id"))
            if not _is_hash(sha256) or not _is_hash(name) or not isinstance(size, int) or not key_id:
                continue
            connection.execute(_NOTE_MARK, (operation.header.stream_id, sha256, size, key_id, name))
            connection.execute(_NOTE_BLOB, (sha256, operation.header.stream_id, size))


def _is_hash(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == _HASH


def sealed(unit: WriteUnit, connection: Raw, file: FileToSend) -> tuple[FileToSend, bytes] | None:
    """Return a file sealed, naming it to its stream first when it has no name yet."""
    shared = unit.shared
    row = connection.execute("SELECT body FROM blobs WHERE sha256 = ?", (file.sha256,)).fetchone()
    if row is None or row[0] is None:
        return None
    try:
        key_id = file.key_id or shared.current_key_of(connection, file.stream)
        key = shared.key_of(connection, file.stream, key_id)
    except KeyError:
        return None
    data = shared.sealer.seal_file(key, file.stream, file.sha256, bytes(row[0]))
    if file.name:
        return file, data
    named = FileToSend(file.stream, file.sha256, file.size, hashlib.sha256(data).digest(), key_id)
    connection.execute(_NAME, (key_id, named.name, file.stream, file.sha256))
    value = {"sha256": file.sha256, "size": file.size, "name": named.name, "key_id": key_id}
    unit.act(N_("Send a file"), final=True)
    unit.change(file.stream, Change(FILE, file.sha256[:16], SEALED, ChangeKind.CREATE, value))
    return named, data


def take(unit: WriteUnit, connection: Raw, file: FileToSend, data: bytes) -> bool:
    """Keep a file that has come; ``False`` when it is not the one that was named."""
    shared = unit.shared
    if hashlib.sha256(data).digest() != file.name:
        return False
    try:
        key = shared.key_of(connection, file.stream, file.key_id)
        body = shared.sealer.open_file(key, file.stream, file.sha256, data)
    except (KeyError, ValueError):
        return False
    if hashlib.sha256(body).digest() != file.sha256:
        return False
    connection.execute("UPDATE blobs SET body = ? WHERE sha256 = ? AND body IS NULL", (body, file.sha256))
    return True
