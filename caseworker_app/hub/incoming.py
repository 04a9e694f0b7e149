"""Pushed operations before any lock is held: read, measured, and their signatures checked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import is_clear
from caseworker_app.domain.operations import Header, Operation, Payload
from caseworker_app.hub.ground import Refused
from caseworker_app.hub.members import Writer
from caseworker_app.sync.messages import decode_header, decode_payload
from caseworker_app.sync.wire import MOST_BYTES, MOST_OPERATIONS, Pushed, Reason
from caseworker_app.vault.errors import SealError
from caseworker_app.vault.signing import SIGNATURE_BYTES, verify

_ID_BYTES = 16
_MOST_NUMBER = 2**63
_NO_PAYLOAD = Payload("", ())


@dataclass(slots=True)
class Incoming:
    """One pushed operation on its way. ``operation`` has its payload only when that is clear; ``reason`` is set as soon
    as it cannot be taken; ``payload_hash`` goes into the chain."""

    pushed: Pushed
    operation: Operation | None = None
    writer: Writer | None = None
    reason: Reason | None = None

    @property
    def header(self) -> Header:
        assert self.operation is not None
        return self.operation.header

    @property
    def clear(self) -> bool:
        return self.operation is not None and is_clear(self.operation)

    @property
    def size(self) -> int:
        return size_of(self.pushed)

    @property
    def row_hash(self) -> bytes:
        """What the row is known by in quarantine: the same bytes pushed twice are one row."""
        parts = (self.pushed.header, self.pushed.payload, self.pushed.signature)
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()


def size_of(pushed: Pushed) -> int:
    """Return the bytes of an operation."""
    return len(pushed.header) + len(pushed.payload) + len(pushed.signature)


def measure(operations: Sequence[Pushed]) -> None:
    """Raise :class:`Refused` (413) for a batch above the limits; a single too large operation is judged by itself."""
    if len(operations) > MOST_OPERATIONS:
        raise Refused(413, "too_many")
    if len(operations) > 1 and sum(map(size_of, operations)) > MOST_BYTES:
        raise Refused(413, "too_large")


def read(pushed: Pushed) -> Incoming:
    """Return an operation as far as the hub reads it: its header, and its payload only when that is clear."""
    row = Incoming(pushed)
    if row.size > MOST_BYTES:
        row.reason = Reason.TOO_LARGE
        return row
    try:
        header = decode_header(pushed.header)
        row.operation = Operation(header, _NO_PAYLOAD)
        if row.clear:
            row.operation = Operation(header, decode_payload(pushed.payload))
    except (ValueError, RecursionError):  # text that is no UTF-8 and msgspec's refusals are ValueErrors
        row.reason = Reason.UNREADABLE
        return row
    if not _is_sound(header) or len(pushed.signature) != SIGNATURE_BYTES:
        row.operation, row.reason = None, Reason.UNREADABLE
    return row


def _is_sound(header: Header) -> bool:
    ids = (header.op_id, header.act_id, header.stream_id, header.incarnation, header.author, header.key_id)
    return all(len(one) == _ID_BYTES for one in ids) and 0 <= header.seq < _MOST_NUMBER


def authors_of(rows: Sequence[Incoming]) -> set[Id]:
    """Return every author whose device must be known to judge the rows: who wrote, and to whom keys are granted."""
    found = {row.header.author for row in rows if row.reason is None}
    for row in rows:
        if row.reason is None and row.operation is not None and row.clear:
            for change in row.operation.payload.changes:
                author = change.value.get("author") if isinstance(change.value, dict) else None
                if isinstance(author, bytes) and len(author) == _ID_BYTES:
                    found.add(author)
    return found


def check(rows: Sequence[Incoming], writers: Mapping[Id, Writer]) -> None:
    """Set the writer of each row, or why it has none: an unknown device, or a signature that is not that device's.

    A signature takes 70-110 µs and is most of what a push costs, so it is done before any lock is taken; the library lets
    other threads run meanwhile.
    """
    for row in rows:
        if row.reason is not None:
            continue
        writer = writers.get(row.header.author)
        if writer is None:
            row.reason = Reason.NOT_YOURS
            continue
        try:
            verify(writer.signing, row.pushed.header + row.pushed.payload, row.pushed.signature)
        except SealError:
            row.reason = Reason.BAD_SIGNATURE
            continue
        row.writer = writer
