"""Sealing the payload of an operation: AES-256-GCM, with the header as associated data.

The nonce is the first 12 bytes of the operation's random id, so an id must never be used twice under one key.
AES-GCM does not commit to its key; the signature over header and sealed payload does that for operations.
"""

from __future__ import annotations

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseworker_app.vault.errors import Reason, SealError, need_length

KEY_BYTES = 32
OPERATION_ID_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16


def new_stream_key() -> bytes:
    """Return a random 32-byte key for one stream."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, op_id: bytes, header: bytes, payload: bytes) -> bytes:
    """Return ``payload`` sealed under the 32-byte ``key`` and tied to ``header``; it grows by 16 bytes.

    ``op_id`` is the operation's own random 16 bytes. Raises :class:`SealError` (``BAD_LENGTH``).
    """
    if len(op_id) != OPERATION_ID_BYTES:
        need_length("op_id", op_id, OPERATION_ID_BYTES)
    return _cipher(key).encrypt(op_id[:NONCE_BYTES], payload, header)


def unseal(key: bytes, op_id: bytes, header: bytes, sealed: bytes) -> bytes:
    """Return the payload that :func:`seal` was given.

    Raises :class:`SealError`: ``SEAL_BROKEN`` when key, id, header and sealed bytes do not belong together,
    ``BAD_LENGTH`` for a key or id of the wrong size.
    """
    if len(op_id) != OPERATION_ID_BYTES:
        need_length("op_id", op_id, OPERATION_ID_BYTES)
    try:
        return _cipher(key).decrypt(op_id[:NONCE_BYTES], sealed, header)
    except InvalidTag:
        raise SealError(Reason.SEAL_BROKEN) from None


def forget_keys() -> None:
    """Drop the ciphers kept for speed; called when the store is locked."""
    _cipher.cache_clear()


@lru_cache(maxsize=256)
def _cipher(key: bytes) -> AESGCM:
    need_length("key", key, KEY_BYTES)
    return AESGCM(key)
