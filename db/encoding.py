"""Plain data as bytes in the store's own tables (the log's bytes are the sealer's)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def _coder() -> tuple[Callable[[Any], bytes], Callable[[bytes], Any]]:
    import msgspec  # not needed for the first screen

    return msgspec.msgpack.Encoder(order="deterministic").encode, msgspec.msgpack.Decoder().decode


def pack(value: Any) -> bytes:
    """Return plain data as MessagePack; equal data gives equal bytes."""
    return _coder()[0](value)


def unpack(data: bytes) -> Any:
    """Return plain data from MessagePack."""
    return _coder()[1](data)
