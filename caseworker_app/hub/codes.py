"""One-time codes, with which an administrator lets a laptop in. The hub keeps their hashes only.

A code is 16 letters and digits (80 random bits), said in groups of four and followed by the organisation's fingerprint:
``K7Q2-M9XW-4T1B-C0RZ-0123456789abcdef``. By the fingerprint the laptop knows the hub it talks to.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, select, update

from caseworker_app.hub.ground import Ground
from caseworker_app.hub.tables import codes

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = 16
_FINGERPRINT = 16


def fingerprint(signing: bytes) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of the organisation's public signing key."""
    return hashlib.sha256(signing).hexdigest()[:_FINGERPRINT]


def bare(code: str) -> str:
    """Return a code as it is kept: capitals, without hyphens and spaces, without a fingerprint at its end."""
    letters = "".join(code.replace("-", " ").split()).upper()
    if len(letters) == _LETTERS + _FINGERPRINT:
        letters = letters[:_LETTERS]
    return letters.replace("O", "0").replace("I", "1").replace("L", "1")


def make(connection: Connection, ground: Ground, user: bytes) -> str:
    """Return a new code for one laptop of a user, with the fingerprint."""
    letters = "".join(_ALPHABET[byte & 31] for byte in ground.random(_LETTERS))
    until = ground.clock() + ground.limits.code_ms
    connection.execute(
        codes.insert(), {"code_hash": _hash(letters), "user_id": user, "until_ms": until, "used_by": None}
    )
    groups = [letters[start : start + 4] for start in range(0, _LETTERS, 4)]
    return "-".join((*groups, fingerprint(ground.organisation.signing)))


def use(connection: Connection, code: str, device: bytes, now_ms: int) -> bytes | None:
    """Return whose code it is and give it to this device; ``None`` when it is no code, too old or another's.

    The same device may use it again while it lasts: the answer to its first try may have been lost.
    """
    hashed = _hash(bare(code))
    taken = (
        update(codes)
        .where(codes.c.code_hash == hashed, codes.c.until_ms > now_ms)
        .where((codes.c.used_by.is_(None)) | (codes.c.used_by == device))
        .values(used_by=device)
    )
    if connection.execute(taken).rowcount != 1:
        return None
    found = connection.execute(select(codes.c.user_id).where(codes.c.code_hash == hashed)).scalar()
    return None if found is None else bytes(found)


def _hash(letters: str) -> bytes:
    return hashlib.sha256(b"taet-paa code 1" + letters.encode("utf-8", "surrogatepass")).digest()
