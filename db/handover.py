"""Cases out of the store for a handover pack, and in from one: operations as they were sealed and signed, never values.

Taking in is one transaction: all of it or nothing. What is here already is compared and left alone; an operation that is
here with other contents stops it. Nothing is judged by membership: the hub does that, when what came is sent to it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.handover import NotRead, Pack, PackedRow, PackedStream, Report, Signer
from caseworker_app.domain.hlc import COUNTER_BITS
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import CLEAR_KEY, SCHEMA_VERSION, Header, Operation, Sealed
from caseworker_app.domain.phrases import N_
from caseworker_app.services.ports import Access, AccessRow
from caseworker_app.services.sync_ports import Card
from db import access, sync_rows
from db.bulk import Touched
from db.connection import Raw
from db.log import Local, Values, cancels_of, insert_many, row_values
from db.store import FUTURE_MS, SqlStore
from db.sync_check import Homes, readable
from db.sync_files import note_files
from db.sync_keys import Signers, account_of, cards, note_grants, pin
from db.sync_opening import Refusal, opened
from db.sync_receive import APPLIED, WAITING_KEY, WAITING_SCHEMA, apply_surely

if TYPE_CHECKING:
    from db.store import Shared

_ROWS = """
SELECT coalesce(device, ?2), header, payload, signature FROM operations
WHERE stream_id = ?1 AND payload IS NOT NULL ORDER BY no
"""
_KEYS = "SELECT key_id, secret FROM stream_keys WHERE stream_id = ? ORDER BY key_id"
_FILES = """
SELECT b.sha256, b.body FROM blobs AS b JOIN blob_marks AS m ON m.sha256 = b.sha256
WHERE m.stream_id = ? AND b.body IS NOT NULL ORDER BY b.sha256
"""
_PUT_FILE = """
INSERT INTO blobs (sha256, stream_id, size, body) VALUES (?, ?, ?, ?)
ON CONFLICT (sha256) DO UPDATE SET body = excluded.body WHERE body IS NULL
"""
_MARK_FILE = "INSERT OR IGNORE INTO blob_marks (stream_id, sha256, size) VALUES (?, ?, ?)"
_PUT_KEY = "INSERT OR IGNORE INTO stream_keys VALUES (?, ?, ?)"
_STAMP = "INSERT OR IGNORE INTO incarnations (incarnation, device) VALUES (?, ?)"


# --- Out -------------------------------------------------------------------------------------------------------------


def take_out(
    store: SqlStore, streams: Sequence[Id]
) -> tuple[tuple[PackedStream, ...], tuple[Signer, ...], int]:
    """Return cases with everything that was written in them, whose devices signed it, and how many operations have not
    come back from the hub. Raises ``KeyError`` for a stream that is not here."""
    own = store.shared.device.device_id
    with store.reading() as connection:
        packed = tuple(_stream(connection, one, own) for one in streams)
        signers = _signers(
            connection, store.shared, {row.device for one in packed for row in one.rows} | {own}
        )
        query = "SELECT count(*) FROM operations WHERE stream_id = ? AND acked = 0"
        unsent = sum(connection.execute(query, (one,)).fetchone()[0] for one in streams)
    return packed, signers, unsent


def _stream(connection: Raw, stream: Id, own: Id) -> PackedStream:
    row = connection.execute("SELECT kind, key_id FROM streams WHERE stream_id = ?", (stream,)).fetchone()
    if row is None:
        raise KeyError("no such stream")
    return PackedStream(
        stream,
        row[0],
        row[1],
        tuple((key, bytes(secret)) for key, secret in connection.execute(_KEYS, (stream,))),
        tuple(PackedRow(*found) for found in connection.execute(_ROWS, (stream, own))),
        tuple((digest, bytes(body)) for digest, body in connection.execute(_FILES, (stream,))),
    )


def _signers(connection: Raw, shared: Shared, devices: Iterable[Id]) -> tuple[Signer, ...]:
    known = {card.device: card for card in cards(connection)}
    account = account_of(connection)
    found = []
    for device in sorted(devices):
        card = known.get(device)
        if card is not None:
            found.append(
                Signer(
                    device,
                    card.author,
                    card.signing,
                    card.exchange,
                    card.name,
                    card.user,
                    card.vouched,
                    card.made_ms,
                )
            )
        elif device == shared.device.device_id:
            user = b"" if account is None else account.user
            sealer = shared.sealer
            found.append(Signer(device, shared.author, sealer.public_key, sealer.exchange_key, "", user))
    return tuple(found)


# --- In --------------------------------------------------------------------------------------------------------------


def take_in(store: SqlStore, pack: Pack, trusted: Sequence[Signer]) -> Report:
    """Take cases in, in one transaction; return what came of it. ``trusted`` are the signers that are believed: those the
    organisation vouches for, or all of them where there is no hub.

    Raises :class:`UserError` when an operation is here with other contents, when a case was erased here, or when the
    giver's computer is known with another key.
    """
    keys: dict[tuple[Id, Id], bytes] = {}
    with store.transaction() as connection:
        _pin(connection, store.shared, trusted)
        arriving = _Arriving(connection, store.shared, int(store.shared.clock.now().timestamp() * 1000))
        for stream in pack.streams:
            arriving.take(stream, keys)
        arriving.note(pack.streams)
        if arriving.twin:
            _take_incarnation(connection, store)
        store.shared.hlc = max(store.shared.hlc, arriving.latest)
    store.shared.keys.update(keys)
    return Report(
        contents=pack.contents,
        came=arriving.came,
        known=arriving.known,
        files=arriving.files,
        files_known=arriving.files_known,
        not_read=tuple(sorted(arriving.not_read.items())),
        cases=tuple(arriving.cases),
        new_cases=arriving.new_cases,
        touched=frozenset(arriving.touched),
    )


def _pin(connection: Raw, shared: Shared, trusted: Sequence[Signer]) -> None:
    own = shared.device.device_id
    fresh = [
        Card(one.device, one.user or one.author, one.author, one.signing, one.exchange, one.name, one.made_ms,
             vouched=one.vouched)
        for one in trusted if one.device != own
    ]  # fmt: skip
    if any(one.device == own and one.signing != shared.sealer.public_key for one in trusted):
        raise _other_key()
    known = {card.device: card for card in cards(connection)}
    for card in fresh:
        before = known.get(card.device)
        if before is not None and (before.signing, before.author) != (card.signing, card.author):
            raise _other_key()
    pin(connection, (), [card for card in fresh if card.device not in known])


def _other_key() -> UserError:
    return UserError(
        N_("The pack names a computer that is known here with another key."),
        N_("Nothing was taken in. Ask the colleague who gave it, and tell IT."),
    )


def _take_incarnation(connection: Raw, store: SqlStore) -> None:
    """What this computer had written itself was not here: it was put back from a copy, and writes under a new stamp."""
    import dataclasses

    shared = store.shared
    fresh = shared.new_id()
    connection.execute(_STAMP, (shared.incarnation, shared.device.device_id))
    connection.execute("UPDATE device SET incarnation = ?", (fresh,))
    shared.device = dataclasses.replace(shared.device, incarnation=fresh)
    shared.seq = 0


@dataclass(slots=True)
class _Arriving:
    """What comes in, inside the caller's transaction."""

    connection: Raw
    shared: Shared
    now_ms: int
    came: int = 0
    known: int = 0
    files: int = 0
    files_known: int = 0
    new_cases: int = 0
    latest: int = 0
    twin: bool = False
    cases: list[Id] = field(default_factory=list)
    not_read: Counter[NotRead] = field(default_factory=Counter)
    touched: Touched = field(default_factory=set)

    def take(self, stream: PackedStream, keys: dict[tuple[Id, Id], bytes]) -> None:
        """Take one case in."""
        self._refuse_erased(stream.stream)
        is_new = (
            self.connection.execute("SELECT 1 FROM streams WHERE stream_id = ?", (stream.stream,)).fetchone()
            is None
        )
        granted = dict(stream.keys)
        rows = self._judged(stream, self._fresh(stream), granted)
        clear = [one for one in rows if one.header.key_id == CLEAR_KEY]
        if is_new and not clear:
            raise UserError(
                N_("The pack holds a case without its beginning."),
                N_("Nothing was taken in. Ask for it again."),
            )
        for key_id, secret in stream.keys:
            self.connection.execute(_PUT_KEY, (stream.stream, key_id, secret))
            keys[stream.stream, key_id] = secret
        self._keep(stream, rows)
        for one in clear:
            assert one.operation is not None
            note_grants(
                self.connection, self.shared, one.operation, lambda s, k, key: keys.__setitem__((s, k), key)
            )
        self.shared.current_key.pop(stream.stream, None)
        self._take_files(stream)
        self.new_cases += is_new
        found = self.connection.execute("SELECT id FROM p_case WHERE stream = ?", (stream.stream,)).fetchall()
        self.cases += [one for (one,) in found]

    def note(self, streams: Sequence[PackedStream]) -> None:
        """Write in the access log that cases came."""
        now = self.shared.clock.now()
        for one in self.cases:
            row = AccessRow(now, self.shared.author, Access.READ, "case", one, "handover")
            access.append(self.connection, row)

    def _refuse_erased(self, stream: Id) -> None:
        found = self.connection.execute("SELECT 1 FROM meta WHERE key = ?", (f"erased:{stream.hex()}",))
        if found.fetchone() is not None:
            raise UserError(
                N_("A case of the pack has been erased here."),
                N_("Nothing was taken in: what was erased on purpose does not come back with a pack."),
            )

    def _fresh(self, stream: PackedStream) -> list[tuple[PackedRow, Header]]:
        """Return the operations that are not here. One that is, with other contents, stops everything."""
        headed = [(row, self._header(row)) for row in stream.rows]
        ids = [header.op_id for _row, header in headed if header is not None]
        here = sync_rows.known(self.connection, ids)
        fresh: list[tuple[PackedRow, Header]] = []
        seen: set[Id] = set()
        for row, header in headed:
            if header is None:
                self.not_read[NotRead.UNREADABLE] += 1
                continue
            old = here.get(header.op_id)
            if old is None and header.op_id not in seen:
                seen.add(header.op_id)
                fresh.append((row, header))
            elif old is not None and (old.header, old.payload, old.signature) == (
                row.header, row.payload, row.signature,
            ):  # fmt: skip
                self.known += 1
            else:
                raise UserError(
                    N_("Something in the pack is here already with other contents."),
                    N_(
                        "Nothing was taken in and nothing here was changed. Tell IT: one of the two was tampered with."
                    ),
                )
        return fresh

    def _header(self, row: PackedRow) -> Header | None:
        try:
            header = self.shared.sealer.header(row.header)
        except (ValueError, RecursionError):
            return None
        return header if readable(header) else None

    def _judged(
        self, stream: PackedStream, fresh: Sequence[tuple[PackedRow, Header]], granted: Mapping[Id, bytes]
    ) -> list[_Row]:
        signers = Signers(self.connection, self.shared)
        verify = self.shared.sealer.verify
        rows: list[_Row] = []
        for row, header in fresh:
            signer = signers.key_of(row.device)
            sealed = Sealed(row.header, row.payload, row.signature)
            signed = signer is not None and verify(sealed, signer[0])
            if signer is None:
                self.not_read[NotRead.UNKNOWN_DEVICE] += 1
            elif not signed or header.author != signer[1]:
                self.not_read[NotRead.SIGNATURE] += 1
            elif header.stream_id != stream.stream:
                self.not_read[NotRead.FOREIGN] += 1
            else:
                made = self._opened(row, header, granted)
                if made is not None:
                    rows.append(made)
        return rows

    def _opened(self, row: PackedRow, header: Header, granted: Mapping[Id, bytes]) -> _Row | None:
        sealed = Sealed(row.header, row.payload, row.signature)
        if header.schema_v > SCHEMA_VERSION:
            self.not_read[NotRead.NEWER] += 1
            return _Row(row, header, sealed, None, WAITING_SCHEMA)
        key: bytes | None = b""
        if header.key_id != CLEAR_KEY:
            key = granted.get(header.key_id)
            if key is None:
                key = self._held(header)
        if key is None:
            self.not_read[NotRead.NO_KEY] += 1
            return _Row(row, header, sealed, None, WAITING_KEY)
        try:
            return _Row(row, header, sealed, opened(self.shared, header, sealed, key))
        except Refusal:
            self.not_read[NotRead.UNREADABLE] += 1
            return None

    def _held(self, header: Header) -> bytes | None:
        try:
            return self.shared.key_of(self.connection, header.stream_id, header.key_id)
        except KeyError:
            return None

    def _keep(self, stream: PackedStream, rows: list[_Row]) -> None:
        homes = Homes()
        strange = homes.foreign(
            self.connection, stream.stream, (one.operation for one in rows if one.operation is not None)
        )
        self.not_read[NotRead.FOREIGN] += len(strange)
        kept = [one for one in rows if one.header.op_id not in strange]
        stamps = {(one.header.incarnation, one.row.device) for one in kept}
        self.connection.executemany(_STAMP, sorted(stamps))
        numbers = insert_many(self.connection, [one.values() for one in kept])
        entries = [
            (no, one.operation) for no, one in zip(numbers, kept, strict=True) if one.operation is not None
        ]
        bad = apply_surely(self.connection, entries, homes.new)
        note_files(self.connection, (one.operation for one in kept if one.operation is not None))
        gone = {no for no, _operation in bad}
        self.connection.executemany("DELETE FROM operations WHERE no = ?", [(no,) for no in gone])
        self.not_read[NotRead.UNREADABLE] += len(bad)
        self.not_read = +self.not_read
        self.touched |= {
            (c.entity_type, c.entity) for no, o in entries if no not in gone for c in o.payload.changes
        }
        self.came += len(kept) - len(bad)
        self.twin = self.twin or any(one.header.incarnation == self.shared.incarnation for one in kept)
        most = (self.now_ms + FUTURE_MS) << COUNTER_BITS
        self.latest = max([self.latest, *(one.header.hlc for one in kept if one.header.hlc <= most)])

    def _take_files(self, stream: PackedStream) -> None:
        for digest, data in stream.files:
            if hashlib.sha256(data).digest() != digest:
                self.not_read[NotRead.FILE] += 1
                continue
            query = "SELECT body IS NOT NULL FROM blobs WHERE sha256 = ?"
            row = self.connection.execute(query, (digest,)).fetchone()
            if row is not None and row[0]:
                self.files_known += 1
            else:
                self.files += 1
            self.connection.execute(_PUT_FILE, (digest, stream.stream, len(data), data))
            self.connection.execute(_MARK_FILE, (stream.stream, digest, len(data)))


@dataclass(frozen=True, slots=True)
class _Row:
    """An operation that is kept: whole, or waiting for a key or a newer program."""

    row: PackedRow
    header: Header
    sealed: Sealed
    operation: Operation | None
    state: str = APPLIED

    def values(self) -> Values:
        """Return its row. It has not come back from the hub, so it counts as unsent until it has."""
        operation = self.operation
        return row_values(
            self.header,
            self.sealed,
            undoes=None if operation is None else operation.payload.undoes,
            state=self.state,
            local=Local(device=self.row.device, arrived=True),
            cancels=0 if operation is None else cancels_of(operation),
        )
