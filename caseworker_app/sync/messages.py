"""The bytes of an operation on disk and on the wire: MessagePack arrays, fixed for ever by version.

Unknown trailing elements of a newer version are kept by keeping the bytes; nothing is ever re-encoded.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

from caseworker_app.domain.operations import Change, ChangeKind, Header, Payload, Seen

C = TypeVar("C")


class WireSeen(msgspec.Struct, array_like=True, frozen=True):
    """Stream sequence and chain."""

    stream_seq: int
    chain: bytes


class WireHeader(msgspec.Struct, array_like=True, frozen=True):
    """Header, in the order it was first written; see :class:`caseworker_app.domain.operations.Header`."""

    version: int
    op_id: bytes
    act_id: bytes
    stream_id: bytes
    incarnation: bytes
    seq: int
    author: bytes
    hlc: int
    wall_ms: int
    est_skew_ms: int
    zone: str
    schema_v: int
    key_id: bytes
    seen: WireSeen | None = None


class WireTiedHeader(WireHeader, array_like=True, frozen=True):
    """A header that names the row before; one that names none is written without a place for it, as it was at first."""

    before: bytes | None = None


class WireChange(msgspec.Struct, array_like=True, frozen=True):
    """One field's change, as a newer version may have written it: what it put at the end is read over."""

    entity_type: str
    entity: bytes
    field: str
    kind: ChangeKind
    value: Any
    parents: tuple[bytes, ...] = ()


class WirePayload(msgspec.Struct, Generic[C], array_like=True, frozen=True):
    """What is sealed."""

    label: str
    changes: tuple[C, ...]
    undoes: bytes | None = None
    reason: str = ""
    final: bool = False


WIRE_VERSION = 1
_encode = msgspec.msgpack.Encoder().encode
_header = msgspec.msgpack.Decoder(WireTiedHeader).decode
_payload = msgspec.msgpack.Decoder(WirePayload[Change]).decode
_newer_payload = msgspec.msgpack.Decoder(WirePayload[WireChange]).decode


def encode_header(header: Header) -> bytes:
    """Return the header's bytes."""
    seen = None if header.seen is None else WireSeen(header.seen.stream_seq, header.seen.chain)
    parts = (
        WIRE_VERSION,
        header.op_id,
        header.act_id,
        header.stream_id,
        header.incarnation,
        header.seq,
        header.author,
        header.hlc,
        header.wall_ms,
        header.est_skew_ms,
        header.zone,
        header.schema_v,
        header.key_id,
        seen,
    )
    return _encode(WireHeader(*parts) if header.before is None else WireTiedHeader(*parts, header.before))


def decode_header(data: bytes) -> Header:
    """Return the header. Raises ``ValueError`` (msgspec's kinds are such) for bytes that are none."""
    wire = _header(data)
    seen = None if wire.seen is None else Seen(wire.seen.stream_seq, wire.seen.chain)
    return Header(
        wire.op_id,
        wire.act_id,
        wire.stream_id,
        wire.incarnation,
        wire.seq,
        wire.author,
        wire.hlc,
        wire.wall_ms,
        wire.est_skew_ms,
        wire.zone,
        wire.schema_v,
        wire.key_id,
        seen,
        wire.before,
    )


def encode_payload(payload: Payload) -> bytes:
    """Return the payload's bytes."""
    return _encode(WirePayload(payload.label, payload.changes, payload.undoes, payload.reason, payload.final))


def decode_payload(data: bytes) -> Payload:
    """Return the payload. Raises ``ValueError`` for bytes that are none."""
    try:
        wire = _payload(data)
    except msgspec.ValidationError:  # more at the end of a change than is known here, or none at all
        wire = _known_parts(_newer_payload(data))
    return Payload(wire.label, wire.changes, wire.undoes, wire.reason, wire.final)


def _known_parts(wire: WirePayload[WireChange]) -> WirePayload[Change]:
    changes = tuple(
        Change(c.entity_type, c.entity, c.field, c.kind, c.value, c.parents) for c in wire.changes
    )
    return WirePayload(wire.label, changes, wire.undoes, wire.reason, wire.final)
