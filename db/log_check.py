"""Is the log what was written: every entry whole, signed, in its place, and none missing between two others.

What was made here is numbered one by one; what came from a hub has its place in its stream there, and the signature of a
device whose card was pinned. What this cannot see: a log cut at its end and rebuilt, an older copy of the whole store put
back, and whatever somebody forges who has the store's key, because the device's signing key lies in the store. Only a hub
that has seen the entries can tell that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import CLEAR_KEY, SCHEMA_VERSION, Header, Operation, Sealed
from db import erasing
from db.connection import Raw
from db.sync_keys import Signers

if TYPE_CHECKING:
    from db.store import Shared

_ENTRIES = """
SELECT no, op_id, act_id, stream_id, author, incarnation, seq, hlc, schema_v, key_id, undoes, state, header, payload,
       signature, stream_seq, chain, acked, device, arrived
FROM operations ORDER BY no
"""
_OF_HEADER = ("op_id", "act_id", "stream_id", "author", "incarnation", "seq", "hlc", "schema_v", "key_id")
_FOUND_BY = frozenset({"stream_id", "schema_v", "key_id"})
"""Columns by which an entry is read back: when they lie, it is not."""


class LogCheck:
    """Reads a log once, from its beginning. ``whole`` says afterwards whether every entry could be opened."""

    def __init__(self, connection: Raw, shared: Shared) -> None:
        self._connection, self._shared = connection, shared
        self._signers = Signers(connection, shared)
        self._granted: dict[Id, dict[Id, tuple[bytes, str]]] = {}
        self._last: dict[Id, int] = {}
        self._hlc = 0
        self._places: dict[Id, set[int]] = {}
        self._erased = erasing.marked(connection)
        self.whole = True

    def faults(self) -> list[str]:
        """Return what does not hold, by the entry's number; nothing personal."""
        cursor = self._connection.execute(_ENTRIES)
        names = [column[0] for column in cursor.description]
        found = []
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            found += [f"{fault}: operation {row['no']}" for fault in self._entry(row)]
        return [*found, *self._streams()]

    def _entry(self, row: dict[str, Any]) -> Iterator[str]:
        sealer = self._shared.sealer
        if row["payload"] is None and row["stream_id"] in self._erased:
            yield from self._erased_entry(row)
            return
        if row["payload"] is None:
            self.whole = False
            yield "payload gone"
            return
        sealed = Sealed(row["header"], row["payload"], row["signature"])
        try:
            header = sealer.header(sealed.header)
        except ValueError:
            self.whole = False
            yield "header"
            return
        differing = [name for name in _OF_HEADER if row[name] != getattr(header, name)]
        if differing:
            self.whole = self.whole and _FOUND_BY.isdisjoint(differing)
            yield f"columns ({', '.join(differing)})"
        waits = self._waits(row, header)
        operation = None if waits else self._opened(header, sealed)
        if operation is not None:
            yield from self._contents(row, operation)
        elif not waits:
            self.whole = False
            yield "seal"
        yield from self._order(row, header)
        yield from self._place(row, header)
        signer = self._signers.key_of(row["device"] or self._shared.device.device_id)
        if signer is None:
            yield "unknown device"
        elif not sealer.verify(sealed, signer[0]):
            yield "signature"

    def _erased_entry(self, row: dict[str, Any]) -> Iterator[str]:
        """Of an entry that was erased on purpose the header is left: its columns and its place must still be right."""
        try:
            header = self._shared.sealer.header(row["header"])
        except ValueError:
            yield "header"
            return
        differing = [name for name in _OF_HEADER if row[name] != getattr(header, name)]
        if differing:
            yield f"columns ({', '.join(differing)})"
        yield from self._order(row, header)

    def _waits(self, row: dict[str, Any], header: Header) -> bool:
        """Whether an entry is rightly kept unread: its version is newer, or its key has not come."""
        if row["state"] == "applied":
            return False
        return header.schema_v > SCHEMA_VERSION or self._key(header) is None

    def _order(self, row: dict[str, Any], header: Header) -> Iterator[str]:
        """What was made here is numbered one by one and never goes back in time; what others wrote comes as it comes."""
        if row["arrived"]:
            return
        seq = self._last.get(header.incarnation, 0)
        if header.seq != seq + 1:
            yield "sequence"
        if header.hlc <= self._hlc:
            yield "order"
        if header.author != self._shared.author:
            yield "author"
        self._last[header.incarnation], self._hlc = header.seq, header.hlc

    def _place(self, row: dict[str, Any], header: Header) -> Iterator[str]:
        """What has come back has its own place in its stream."""
        if row["acked"] and (row["stream_seq"] is None or row["chain"] is None):
            yield "acked"
        if row["stream_seq"] is None:
            return
        places = self._places.setdefault(header.stream_id, set())
        if row["stream_seq"] in places:
            yield "place in the stream"
        places.add(row["stream_seq"])

    def _key(self, header: Header) -> bytes | None:
        if header.key_id == CLEAR_KEY:
            return b""
        try:
            return self._shared.key_of(self._connection, header.stream_id, header.key_id)
        except KeyError:
            return None

    def _opened(self, header: Header, sealed: Sealed) -> Operation | None:
        key = self._key(header)
        try:
            return None if key is None else self._shared.sealer.open(sealed, key)
        except ValueError:
            return None

    def _contents(self, row: dict[str, Any], operation: Operation) -> Iterator[str]:
        header = operation.header
        if row["undoes"] != operation.payload.undoes:
            yield "columns (undoes)"
        if row["state"] != "applied":
            yield "state"
        if header.key_id == CLEAR_KEY:
            self._take_grant(operation)
        elif header.stream_id not in self._granted:
            yield "stream without a grant"

    def _take_grant(self, operation: Operation) -> None:
        for change in operation.payload.changes:
            if change.entity_type == "grant" and isinstance(change.value, dict):
                grant = change.value
                keys = self._granted.setdefault(operation.header.stream_id, {})
                keys[grant["key_id"]] = (grant["wrapped"], grant["stream_kind"])

    def _streams(self) -> Iterator[str]:
        """The list of streams and keys must be what the grants in the log say."""
        listed = {}
        for stream, kind, key_id in self._connection.execute("SELECT stream_id, kind, key_id FROM streams"):
            listed[stream] = (kind, key_id)
        if listed.keys() != self._granted.keys():
            yield "streams: not those of the log"
        for stream, (kind, key_id) in listed.items():
            grants = self._granted.get(stream, {})
            if key_id not in grants or grants[key_id][1] != kind:
                yield "streams: a kind or key that no entry of the log grants"
