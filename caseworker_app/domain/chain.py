"""The chain of a stream's log: each row's value follows from the one before; none can be changed, moved or left out."""

from __future__ import annotations

import hashlib

from caseworker_app.domain.ids import Id


def next_chain(chain: bytes, op_id: Id, payload: bytes) -> bytes:
    """Return the chain value after a row: SHA-256 over the one before, the operation's id and the payload's hash."""
    return hashlib.sha256(chain + op_id + hashlib.sha256(payload).digest()).digest()
