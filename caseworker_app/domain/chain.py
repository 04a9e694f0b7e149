"""What ties rows of a stream together: the chain of its log, in which none can be changed, moved or left out, and the name
by which a laptop's next row calls its last one.
"""

from __future__ import annotations

import hashlib

from caseworker_app.domain.ids import Id


def next_chain(chain: bytes, op_id: Id, payload: bytes) -> bytes:
    """Return the chain value after a row: SHA-256 over the one before, the operation's id and the payload's hash."""
    return hashlib.sha256(chain + op_id + hashlib.sha256(payload).digest()).digest()


def row_name(header: bytes, payload: bytes, signature: bytes) -> bytes:
    """Return what a row is called by the next one of the same laptop: SHA-256 over all of it, each part with its length."""
    lengths = b"".join(len(part).to_bytes(4, "big") for part in (header, payload))
    return hashlib.sha256(b"".join((lengths, header, payload, signature))).digest()
