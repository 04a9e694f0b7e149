"""Bugs that other systems had, planted into ours: the simulator must find each (``docs/sync.md``; design, section 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from caseworker_app.domain.entity import CANCELLED, LIFE
from caseworker_app.domain.heads import Life
from caseworker_app.domain.ids import Id
from caseworker_app.hub.judging import Judge
from caseworker_app.services.sync_ports import Cursor, LogPage, Received, Row
from caseworker_app.sync.loop import _Sync
from caseworker_app.sync.wire import PushResult, Verdict
from db import bulk, reading, sync_rows, writing
from db.head_rows import live_of_many, put
from db.store import SqlStore
from db.sync_receive import Page
from db.sync_store import SqlSyncStore
from db.writing import WriteUnit
from tests.simulator.hub import Hub


@contextmanager
def cursor_before_rows() -> Iterator[None]:
    """The cursor is moved in a transaction before that of the rows (pouchdb#1240, morango#151)."""
    real = SqlSyncStore.receive_all

    def one(self: SqlSyncStore, page: LogPage) -> list[Received]:
        stream, rows = page.stream, page.rows
        before = self.streams().get(stream, Cursor())
        if rows and rows[0].seq == before.seq + 1:
            with self._store.transaction() as connection:
                sync_rows.move_cursor(connection, stream, Cursor(rows[-1].seq, rows[-1].chain))
            with patch.object(sync_rows, "cursor_of", lambda _connection, _stream: before):
                return real(self, [page])
        return real(self, [page])

    def receive_all(self: SqlSyncStore, pages: Sequence[LogPage]) -> list[Received]:
        return [found for page in pages for found in one(self, page)]

    with patch.object(SqlSyncStore, "receive_all", receive_all):
        yield


@contextmanager
def the_latest_clock_wins() -> Iterator[None]:
    """Of several values the one with the latest clock is kept (Joplin, Primero)."""
    real = SqlSyncStore.receive_all

    def receive_all(self: SqlSyncStore, pages: Sequence[LogPage]) -> list[Received]:
        found = real(self, pages)
        with self._store.transaction() as connection:
            entities = [row[0] for row in connection.execute("SELECT entity FROM heads").fetchall()]
            live = dict(live_of_many(connection, entities))
            for fields in live.values():
                for of_field in fields.values():
                    newest = max(of_field, key=lambda op_id: (of_field[op_id].hlc, op_id))
                    of_field.update({newest: of_field.pop(newest)})
                    for other in [one for one in of_field if one != newest]:
                        del of_field[other]
            put(connection, live.items())
        return found

    with patch.object(SqlSyncStore, "receive_all", receive_all):
        yield


@contextmanager
def pushing_twice_counts_twice() -> Iterator[None]:
    """The hub does not know what it has (duplicates after a lost answer)."""
    opened, locked = Hub._open, Judge.lock

    def open_without(self: Hub) -> None:
        opened(self)
        with self.engine.begin() as connection:
            connection.exec_driver_sql("DROP INDEX IF EXISTS uq_log_stream_id_op_id")

    def lock(self: Judge, rows: Sequence[Any]) -> None:
        locked(self, rows)
        for stream in self._streams.values():
            stream.known.clear()

    with patch.object(Hub, "_open", open_without), patch.object(Judge, "lock", lock):
        yield


@contextmanager
def the_stamp_is_the_identity() -> Iterator[None]:
    """What bears a stamp that is known is taken for known (submersion#315, Automerge)."""
    real = Judge.take

    def take(self: Judge, row: Any) -> PushResult:
        stream = self._streams.get(row.header.stream_id)
        if stream is not None and row.header.op_id not in stream.known and self._stamps.is_shared(row):
            return PushResult(Verdict.KNOWN)
        return real(self, row)

    with patch.object(Judge, "take", take):
        yield


@contextmanager
def the_outbox_has_its_own_transaction() -> Iterator[None]:
    """What is to be sent is noted after it was written (PowerSync core#162)."""
    real = SqlStore.write

    def write(self: SqlStore, fn: Callable[..., Any]) -> Any:
        last = self.connection.execute("SELECT coalesce(max(no), 0) FROM operations").fetchone()[0]

        def not_to_be_sent(writer: Any) -> Any:
            result = fn(writer)
            writer.flush()
            self.connection.execute("UPDATE operations SET acked = 2 WHERE no > ?", (last,))
            return result

        outcome = real(self, not_to_be_sent)
        with self.transaction() as connection:
            connection.execute("UPDATE operations SET acked = 0 WHERE no > ?", (last,))
        return outcome

    with patch.object(SqlStore, "write", write):
        yield


@contextmanager
def sent_is_when_the_push_was_answered() -> Iterator[None]:
    """An operation counts as sent when the hub says so, not when it has come back (hub restored)."""
    real = SqlSyncStore.pushed

    def pushed(self: SqlSyncStore, ids: Sequence[Id]) -> None:
        real(self, ids)
        with self._store.transaction() as connection:
            connection.executemany("UPDATE operations SET acked = 1 WHERE op_id = ?", [(one,) for one in ids])

    with patch.object(SqlSyncStore, "pushed", pushed):
        yield


@contextmanager
def everything_counts_as_sent() -> Iterator[None]:
    """After a push the whole outbox counts as sent, also what was refused or not in it (thunderbolt PR#944)."""
    real = SqlSyncStore.pushed

    def pushed(self: SqlSyncStore, ids: Sequence[Id]) -> None:
        real(self, ids)
        with self._store.transaction() as connection:
            connection.execute("UPDATE operations SET acked = 1")

    with patch.object(SqlSyncStore, "pushed", pushed):
        yield


@contextmanager
def nobody_looks_at_the_chain() -> Iterator[None]:
    """A hub that lost rows is not noticed (cht-core#8093, vaultwarden#2676)."""

    real = Page.receive

    def receive(self: Page, rows: Sequence[Row], _chain: bytes, *rest: Any) -> None:
        real(self, rows, sync_rows.cursor_of(self.connection, self.stream).chain, *rest)

    with patch.object(_Sync, "_heal", lambda _self, _stream: None), patch.object(Page, "receive", receive):
        yield


@contextmanager
def the_base_is_taken_at_the_save() -> Iterator[None]:
    """A save names what the store holds, not what the form showed (KeePassXC#10225, bitwarden/android#1142)."""
    real = WriteUnit.set

    def set_anew(self: WriteUnit, cls: Any, entity: Id, field: str, value: Any, *, parents: Any) -> None:
        real(self, cls, entity, field, value, parents=None)

    with patch.object(WriteUnit, "set", set_anew):
        yield


@contextmanager
def taking_back_wins_in_silence() -> Iterator[None]:
    """What somebody changed is gone because somebody else, who did not know, took the thing back (submersion#309)."""

    def life_of(fields: Mapping[str, Any]) -> Life:
        return Life(gone={head.value for head in fields.get(LIFE, ())} == {CANCELLED})

    with ExitStack() as stack:
        for module in (bulk, reading, writing):
            stack.enter_context(patch.object(module, "life_of", life_of))
        yield


@contextmanager
def only_what_is_made_here_looks_at_the_life() -> Iterator[None]:
    """What arrives does not bring a thing to be seen again: it depends on who sits where."""
    with patch.object(bulk, "life_of", lambda fields: Life(gone=True)):
        yield


PLANTED: Mapping[str, Callable[[], Any]] = {
    made.__name__: made
    for made in (
        cursor_before_rows,
        the_latest_clock_wins,
        pushing_twice_counts_twice,
        the_stamp_is_the_identity,
        the_outbox_has_its_own_transaction,
        sent_is_when_the_push_was_answered,
        everything_counts_as_sent,
        nobody_looks_at_the_chain,
        the_base_is_taken_at_the_save,
        taking_back_wins_in_silence,
        only_what_is_made_here_looks_at_the_life,
    )
}
