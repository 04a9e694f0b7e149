"""The store as sync sees it; see :class:`caseworker_app.services.sync_ports.SyncStore`."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from caseworker_app.domain.hlc import wall_of
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Membership, Role
from caseworker_app.domain.operations import Seen
from caseworker_app.services.ports import Progress
from caseworker_app.services.sync_ports import (
    Card,
    Counts,
    Cursor,
    FileToSend,
    HubAccount,
    LogPage,
    Outgoing,
    Person,
    Pinned,
    Received,
    Recipient,
    Refused,
    Row,
    Standing,
)
from db import sync_aside, sync_files, sync_grants, sync_keys, sync_rows, sync_seen, sync_waiting
from db.connection import Raw
from db.store import SqlStore
from db.sync_check import Homes
from db.sync_receive import NextChain, Page, apply_surely
from db.writing import WriteUnit

_KEEP = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"
_COUNTS = """
SELECT count(*), min(no), coalesce(sum(CASE WHEN received_utc IS NULL THEN cancels ELSE 0 END), 0)
FROM operations INDEXED BY ix_operations_unacked WHERE acked = 0
    AND NOT (pushed_ms IS NOT NULL AND stream_id IN (SELECT stream_id FROM cursors WHERE closed = 1))
"""
"""What the hub said it has of a case that is no longer shared with the user never comes back: it is sent, as far as can be
known here."""
_WAITING = "SELECT state, count(*) FROM operations INDEXED BY ix_operations_waiting WHERE state != 'applied' GROUP BY state"
_STANDING = """
SELECT count(*), coalesce(sum(pushed_ms IS NOT NULL), 0), min(hlc) FROM operations INDEXED BY ix_operations_unacked
WHERE acked = 0 AND """


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Within: nobody looks for circles. Many thousand small things are made for a moment, none of them in a circle, and
    looking through them again and again takes a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class SqlSyncSelf:
    """Who this laptop is; what the other parts of :class:`SqlSyncStore` stand on."""

    def __init__(self, store: SqlStore, next_chain: NextChain) -> None:
        self._store = store
        self._next_chain = next_chain

    @property
    def device(self) -> Id:
        return self._store.shared.device.device_id

    @property
    def author(self) -> Id:
        return self._store.shared.author

    def secret(self) -> bytes:
        return self._store.shared.device.secret

    def now_ms(self) -> int:
        return int(self._store.shared.clock.now().timestamp() * 1000)

    def account(self) -> HubAccount | None:
        with self._store.reading() as connection:
            return sync_keys.account_of(connection)

    def keep_account(self, account: HubAccount | None) -> None:
        with self._store.transaction() as connection:
            sync_keys.keep_account(connection, account)
            user = b"" if account is None else account.user
            connection.execute(_KEEP, ("hub_user", user))
        self._store.shared.user = user

    @contextmanager
    def _unit(self) -> Iterator[WriteUnit]:
        with self._store.transaction() as connection:
            unit = WriteUnit(connection, self._store.shared)
            yield unit
            unit.flush()


class SqlSyncRows(SqlSyncSelf):
    """Operations on their way out and in."""

    def streams(self) -> Mapping[Id, Cursor]:
        with self._store.reading() as connection:
            return sync_rows.all_cursors(connection)

    def outgoing(self, after: int, limit: int, most_bytes: int) -> list[Outgoing]:
        with self._store.reading() as connection:
            return sync_rows.outgoing(connection, after, limit, most_bytes)

    def pushed(self, ids: Sequence[Id]) -> None:
        now = self.now_ms()
        with self._store.transaction() as connection:
            query = "UPDATE operations SET pushed_ms = ? WHERE op_id = ? AND acked = 0"
            connection.executemany(query, [(now, one) for one in ids])

    def receive(self, stream: Id, rows: Sequence[Row], chain: bytes) -> Received:
        return self.receive_all([LogPage(stream, rows, chain)])[0]

    def receive_all(self, pages: Sequence[LogPage]) -> list[Received]:
        keys: dict[tuple[Id, Id], bytes] = {}
        homes = Homes()
        with _not_collecting(), self._store.transaction(again=True) as connection:
            came = [self._receive(connection, keys, homes, page) for page in pages]
            entries = [entry for page in came for entry in page.entries()]
            bad = {no for no, _operation in apply_surely(connection, entries, homes.new)}
            found = [page.settle(bad) for page in came]
        self._store.shared.keys.update(keys)
        return found

    def _receive(
        self, connection: Raw, keys: dict[tuple[Id, Id], bytes], homes: Homes, came: LogPage
    ) -> Page:
        shared, stream = self._store.shared, came.stream
        page = Page(connection, shared, self._next_chain, stream, self.now_ms())
        page.receive(came.rows, came.chain, homes)
        if page.twin:
            self._take_incarnation(connection)
        shared.hlc = max(shared.hlc, page.latest())
        if page.moved:
            shared.current_key.pop(stream, None)
        at = sync_rows.cursor_of(connection, stream)
        shared.seen[stream] = Seen(at.seq, at.chain) if at.seq else None
        keys.update(page.keys)
        return page

    def reset(self, stream: Id) -> None:
        with self._store.transaction() as connection:
            if sync_rows.cursor_of(connection, stream).seq:
                sync_seen.note_restored(connection, stream, self.now_ms())
            sync_rows.reset(connection, stream)
            self._store.shared.seen.pop(stream, None)

    def reset_all(self) -> None:
        with self._store.transaction() as connection:
            for stream in sync_rows.all_cursors(connection):
                sync_seen.note_restored(connection, stream, self.now_ms())
                sync_rows.reset(connection, stream)
            self._store.shared.seen.clear()

    def read_again(self, stream: Id) -> None:
        with self._store.transaction() as connection:
            sync_rows.read_again(connection, stream)
            self._store.shared.seen.pop(stream, None)

    def close_streams(self, closed: Sequence[Id]) -> int:
        wanted = set(closed)
        with self._store.reading() as connection:
            now = {stream for stream, at in sync_rows.all_cursors(connection).items() if at.closed}
        if now == wanted:
            return 0
        with self._store.transaction() as connection:
            sync_rows.close(connection, wanted)
        return len(wanted - now)

    def reject(self, op_id: Id, reason: str) -> None:
        with self._store.transaction() as connection:
            sync_rows.reject(connection, self._store.shared.new_id(), op_id, reason, self.now_ms())

    def offer_again(self, row: Id) -> None:
        with self._store.transaction() as connection:
            stream = sync_aside.forgive(connection, row)
            if stream is not None:
                self._store.shared.seen.pop(stream, None)

    def refused(self) -> list[Refused]:
        with self._store.reading() as connection:
            return sync_aside.all_refused(connection, self._store.shared)

    def note_twin(self, op_id: Id) -> bool:
        query = "SELECT 1 FROM operations WHERE op_id = ? AND incarnation = ?"
        with self._store.transaction() as connection:
            found = connection.execute(query, (op_id, self._store.shared.incarnation)).fetchone()
            if found is not None:
                self._take_incarnation(connection)
        return found is not None

    def forget_histories(self) -> None:
        with self._store.transaction() as connection:
            sync_seen.forget(connection)

    def foresee_keys(self, stream: Id, rows: Sequence[Row]) -> int:
        with self._store.reading() as connection:
            found = sync_keys.foreseen(connection, self._store.shared, stream, rows)
        self._store.shared.keys.update(found)
        return len(found)

    def _take_incarnation(self, connection: Raw) -> None:
        shared = self._store.shared
        fresh = shared.new_id()
        keep = "INSERT OR IGNORE INTO incarnations (incarnation, device) VALUES (?, ?)"
        connection.execute(keep, (shared.incarnation, self.device))
        connection.execute("UPDATE device SET incarnation = ?", (fresh,))
        shared.device = dataclasses.replace(shared.device, incarnation=fresh)
        shared.seq = 0

    def project_waiting(self, progress: Progress | None = None) -> Received:
        return sync_waiting.project(self._store, self.now_ms(), progress)

    def note_time(self, hub_ms: int) -> None:
        now, shared = self.now_ms(), self._store.shared
        with self._store.transaction() as connection:
            connection.execute(_KEEP, ("skew_ms", str(now - hub_ms).encode()))
            connection.execute(_KEEP, ("contact_ms", str(now).encode()))
        shared.skew_ms = now - hub_ms

    def counts(self) -> Counts:
        with self._store.reading() as connection:
            unsent, first, cancels = connection.execute(_COUNTS).fetchone()
            row = connection.execute("SELECT hlc FROM operations WHERE no = ?", (first or 0,)).fetchone()
            waiting = dict(connection.execute(_WAITING).fetchall())
            refused = connection.execute("SELECT count(*) FROM quarantine").fetchone()[0]
            kept = connection.execute("SELECT value FROM meta WHERE key = 'contact_ms'").fetchone()
            histories = sync_seen.noted(connection)
        return Counts(
            unsent=unsent,
            oldest_unsent_ms=None if row is None else wall_of(row[0]),
            waiting_key=waiting.get("waiting_key", 0),
            waiting_schema=waiting.get("waiting_schema", 0),
            refused=refused,
            cancels=cancels,
            histories=histories,
            skew_ms=self._store.shared.skew_ms,
            last_contact_ms=None if kept is None else int(kept[0]),
        )

    def standing_of(self, entities: Sequence[Id] = (), *, stream: Id | None = None) -> Standing:
        if stream is not None:
            query, values = _STANDING + "stream_id = ?", [stream]
        else:
            marks = ", ".join("?" * len(entities))
            query, values = (
                f"{_STANDING}no IN (SELECT no FROM changes WHERE entity IN ({marks}))",  # noqa: S608 - question marks
                list(entities),
            )
        with self._store.reading() as connection:
            unsent, pushed, oldest = connection.execute(query, values).fetchone()
        return Standing(unsent, pushed, None if oldest is None else wall_of(oldest))


class SqlSyncKeys(SqlSyncSelf):
    """Cards, members, keys, and files."""

    def pin(self, people: Iterable[Person], cards: Iterable[Card]) -> Pinned:
        with self._store.transaction() as connection:
            return sync_keys.pin(connection, people, cards)

    def people(self) -> list[Person]:
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT user, name, unit, mail, leader FROM people ORDER BY name, user"
            )
            return [Person(user, name, unit, mail, bool(leader)) for user, name, unit, mail, leader in found]

    def cards(self) -> list[Card]:
        with self._store.reading() as connection:
            return sync_keys.cards(connection)

    def stamps(self) -> dict[Id, Id]:
        with self._store.reading() as connection:
            found = dict(connection.execute("SELECT incarnation, device FROM incarnations").fetchall())
        return {**found, self._store.shared.incarnation: self.device}

    def membership(self, stream: Id) -> Membership:
        with self._store.reading() as connection:
            return sync_keys.membership_now(connection, self._store.shared, stream)

    def set_role(
        self, stream: Id, roles: Mapping[Id, Role], recipients: Sequence[Recipient], *, rotate: bool
    ) -> None:
        with self._unit() as unit:
            sync_grants.set_role(unit, stream, roles, recipients, rotate=rotate)

    def stale(self) -> dict[Id, list[Recipient]]:
        with self._store.reading() as connection:
            return sync_grants.stale(connection, self._store.shared)

    def owed(self) -> dict[Id, list[Recipient]]:
        with self._store.reading() as connection:
            return sync_grants.owed(connection, self._store.shared)

    def grant(self, stream: Id, recipients: Sequence[Recipient]) -> None:
        with self._unit() as unit:
            sync_grants.grant(unit, stream, recipients)

    def files_to_send(self, limit: int) -> list[FileToSend]:
        with self._store.reading() as connection:
            return sync_files.to_send(connection, limit)

    def sealed_file(self, file: FileToSend) -> tuple[FileToSend, bytes] | None:
        with self._unit() as unit:
            return sync_files.sealed(unit, self._store.connection, file)

    def file_sent(self, stream: Id, sha256: bytes) -> None:
        with self._store.transaction() as connection:
            query = "UPDATE blob_marks SET sent = 1 WHERE stream_id = ? AND sha256 = ?"
            connection.execute(query, (stream, sha256))

    def files_to_fetch(self, limit: int) -> list[FileToSend]:
        with self._store.reading() as connection:
            return sync_files.to_fetch(connection, limit)

    def take_file(self, file: FileToSend, sealed: bytes) -> bool:
        with self._unit() as unit:
            return sync_files.take(unit, self._store.connection, file, sealed)


class SqlSyncStore(SqlSyncRows, SqlSyncKeys):
    """Rows, cursors, keys, cards and files of one open store; every method is one transaction."""
