"""Who is asking: bearer tokens, of which the hub keeps the hashes only."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select

from caseworker_app.hub.ground import Ground, Refused
from caseworker_app.hub.tables import devices, tokens, users

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Caller:
    """The device behind a token and its user. ``revoked``: she may still hand in what she wrote, and reads nothing."""

    device: bytes
    user: bytes
    author: bytes
    signing: bytes
    revoked: bool
    name: str = ""
    leader: bool = False


_WHO = (
    select(
        devices.c.device_id,
        devices.c.user_id,
        devices.c.author,
        devices.c.signing,
        devices.c.revoked_ms,
        users.c.revoked_ms,
        users.c.name,
        users.c.leader,
        tokens.c.until_ms,
    )
    .select_from(
        tokens.join(devices, devices.c.device_id == tokens.c.device_id).join(
            users, users.c.user_id == devices.c.user_id
        )
    )
    .where(tokens.c.token_hash == bindparam("hash"))
)


def hash_of(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def caller_of(connection: Connection, token: str, now_ms: int) -> Caller:
    """Return who holds a token. Raises :class:`Refused` (401 ``signed_out``) for an unknown or expired one."""
    row = connection.execute(_WHO, {"hash": hash_of(token)}).first()
    if row is None or row[8] <= now_ms:
        raise Refused(401, "signed_out")
    revoked = row[4] is not None or row[5] is not None
    return Caller(row[0], row[1], row[2], row[3], revoked, row[6], row[7])


def reader_of(connection: Connection, token: str, now_ms: int) -> Caller:
    """Return who holds a token and may read. Raises :class:`Refused` (401 or 403 ``revoked``)."""
    caller = caller_of(connection, token, now_ms)
    if caller.revoked:
        raise Refused(403, "revoked")
    return caller


def issue(connection: Connection, ground: Ground, device: bytes) -> tuple[str, int]:
    """Return a new token of a device and until when it holds; an older token of the device ends."""
    token = base64.urlsafe_b64encode(ground.random(_TOKEN_BYTES)).rstrip(b"=").decode()
    until = ground.clock() + ground.limits.token_ms
    forget(connection, device)
    connection.execute(
        tokens.insert(), {"token_hash": hash_of(token), "device_id": device, "until_ms": until}
    )
    return token, until


def forget(connection: Connection, device: bytes) -> None:
    """End every token of a device: nothing is known of it any more until it signs in again."""
    connection.execute(delete(tokens).where(tokens.c.device_id == device))
