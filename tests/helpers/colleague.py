"""A colleague who shares a case: a second real store, and what she writes carried over operation by operation.

It stands in for the net alone. Her acts are made by the services over her own store, sealed with the case's key and signed
by her device; they are taken in as sync takes them in.
"""

from __future__ import annotations

from pathlib import Path

from caseworker_app.clock import Clock
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import CLEAR_KEY, Sealed
from caseworker_app.services import office
from db.connection import within
from db.log import append
from db.past import read_operation
from db.store import SqlStore
from tests.helpers.stores import new_store

_ROWS = "SELECT header, payload, signature, key_id, stream_id FROM operations WHERE stream_id = ? ORDER BY no"


class Colleague:
    """Somebody else with a laptop of her own. ``store`` is hers; ``close`` it."""

    def __init__(
        self, folder: Path, store: SqlStore, clock: Clock | None = None, name: str = "Mette Holm"
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._with = store
        self.store = new_store(folder, clock)
        self.store.write(lambda w: office.found(w, {"name": name}, {"municipality": "Hedeby Kommune"}))

    @property
    def author(self) -> Id:
        """Who she is in operations."""
        return self.store.shared.author

    def share(self, case: Id) -> None:
        """Give her the case: its key, and everything written in it."""
        found = self._with.read(lambda r: r.get(Case, case))
        assert found is not None
        stream, mine, hers = found.stream, self._with.connection, self.store.connection
        with within(hers, "BEGIN IMMEDIATE"):
            for row in mine.execute("SELECT * FROM streams WHERE stream_id = ?", (stream,)).fetchall():
                marks = ", ".join("?" * len(row))
                hers.execute(f"INSERT OR IGNORE INTO streams VALUES ({marks})", tuple(row))
            keys = "SELECT stream_id, key_id, secret FROM stream_keys WHERE stream_id = ?"
            for row in mine.execute(keys, (stream,)).fetchall():
                hers.execute("INSERT OR IGNORE INTO stream_keys VALUES (?, ?, ?)", tuple(row))
        carry(self._with, self.store, stream)

    def send(self, case: Id) -> None:
        """Carry what she has written in a case over to the other store."""
        found = self.store.read(lambda r: r.get(Case, case))
        assert found is not None
        carry(self.store, self._with, found.stream)

    def close(self) -> None:
        """Close her store."""
        self.store.close()


def carry(source: SqlStore, target: SqlStore, stream: Id) -> None:
    """Carry over what of a stream the other has not, in the order it was written."""
    known = {row[0] for row in target.connection.execute("SELECT op_id FROM operations")}
    rows = source.connection.execute(_ROWS, (stream,)).fetchall()
    with within(target.connection, "BEGIN IMMEDIATE"):
        for row in rows:
            operation = read_operation(source.connection, source.shared, row)
            if operation.header.op_id not in known:
                assert row[3] == CLEAR_KEY or operation.payload.changes
                append(target.connection, operation, Sealed(*row[:3]))
                target.shared.hlc = max(target.shared.hlc, operation.header.hlc)
