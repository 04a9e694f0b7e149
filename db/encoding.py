"""Plain data as bytes in the store's own tables (the log's bytes are the sealer's)."""

from __future__ import annotations

from typing import Any

import msgspec

_pack = msgspec.msgpack.Encoder(order="deterministic").encode
_unpack = msgspec.msgpack.Decoder().decode
_json = msgspec.json.Encoder(order="deterministic").encode
_unjson = msgspec.json.Decoder().decode


def pack(value: Any) -> bytes:
    """Return plain data as MessagePack; equal data gives equal bytes."""
    return _pack(value)


def unpack(data: bytes) -> Any:
    """Return plain data from MessagePack."""
    return _unpack(data)


def to_json(value: Any) -> str:
    """Return plain data without bytes as JSON text."""
    return _json(value).decode()


def from_json(text: str) -> Any:
    """Return plain data from JSON text."""
    return _unjson(text)
