"""Erasing a stream: its payloads, keys, files and everything made from them go; headers and signatures stay.

Who wrote when can still be seen, and that nothing is missing between two entries; what was written cannot be had again,
because the key it was sealed with is gone too. A backup made before holds the case until it is put away in its turn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from caseworker_app.domain.ids import Id
from caseworker_app.domain.things import TYPES
from caseworker_app.services.ports import Writer
from db.connection import Raw
from db.rows import table_name

if TYPE_CHECKING:
    from db.store import SqlStore

MARK = "erased:"
"""Begins the key in ``meta`` that says that a stream's payloads are gone on purpose."""
_ENTITIES = "SELECT DISTINCT entity FROM changes WHERE no IN (SELECT no FROM operations WHERE stream_id = ?)"


def marked(connection: Raw) -> frozenset[Id]:
    """Return the streams that have been erased."""
    rows = connection.execute("SELECT key FROM meta WHERE key GLOB 'erased:*'").fetchall()
    return frozenset(bytes.fromhex(key.removeprefix(MARK)) for (key,) in rows)


def count(connection: Raw, stream: Id) -> int:
    """Return how many entries a stream has that still hold something."""
    query = "SELECT count(*) FROM operations WHERE stream_id = ? AND payload IS NOT NULL"
    return int(connection.execute(query, (stream,)).fetchone()[0])


def erase(store: SqlStore, stream: Id, note: Callable[[Writer, int], None]) -> int:
    """Erase a stream in one transaction with ``note``, which writes elsewhere that it was done; return how many entries.

    Afterwards the write-ahead log is folded into the file, so that no page of before lies in it. Freed pages are
    overwritten (``secure_delete``).
    """
    from db.writing import WriteUnit

    with store.transaction() as connection:
        found = count(connection, stream)
        unit = WriteUnit(connection, store.shared)
        note(unit, found)
        unit.flush()
        _erase(connection, stream)
    for key in [key for key in store.shared.keys if key[0] == stream]:
        del store.shared.keys[key]
    store.shared.current_key.pop(stream, None)
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return found


def _erase(connection: Raw, stream: Id) -> None:
    entities = [row[0] for row in connection.execute(_ENTITIES, (stream,))]
    numbers = connection.execute("SELECT number FROM s_rows WHERE stream = ?", (stream,)).fetchall()
    connection.executemany("DELETE FROM s_words WHERE rowid = ?", numbers)
    connection.execute("DELETE FROM s_rows WHERE stream = ?", (stream,))
    for declared in TYPES:
        connection.execute(f"DELETE FROM {table_name(declared)} WHERE stream = ?", (stream,))  # noqa: S608 - own names
    for table in ("heads", "superseded", "changes"):
        connection.executemany(f"DELETE FROM {table} WHERE entity = ?", [(one,) for one in entities])  # noqa: S608
    connection.executemany("DELETE FROM drafts WHERE entity = ?", [(one,) for one in entities])
    _erase_files(connection, stream)
    for table in ("drafts", "quarantine", "stream_keys", "grants", "streams"):
        connection.execute(f"DELETE FROM {table} WHERE {_STREAM[table]} = ?", (stream,))  # noqa: S608 - own names
    connection.execute("UPDATE operations SET payload = NULL, acked = 1 WHERE stream_id = ?", (stream,))
    connection.execute("UPDATE cursors SET closed = 1 WHERE stream_id = ?", (stream,))
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, x'')", (MARK + stream.hex(),))
    connection.execute(
        "INSERT INTO s_words (s_words) VALUES ('optimize')"
    )  # what was indexed leaves the index's pages


def _erase_files(connection: Raw, stream: Id) -> None:
    """A file that another stream holds too stays, as that stream's."""
    connection.execute("DELETE FROM blob_marks WHERE stream_id = ?", (stream,))
    connection.execute(
        """UPDATE blobs SET stream_id = (SELECT m.stream_id FROM blob_marks AS m WHERE m.sha256 = blobs.sha256 LIMIT 1)
           WHERE stream_id = ? AND sha256 IN (SELECT sha256 FROM blob_marks)""",
        (stream,),
    )
    connection.execute("DELETE FROM blobs WHERE stream_id = ?", (stream,))


_STREAM = {
    "drafts": "stream_id", "quarantine": "stream_id", "stream_keys": "stream_id", "grants": "stream_id",
    "streams": "stream_id",
}  # fmt: skip
"""What each table calls the stream."""
