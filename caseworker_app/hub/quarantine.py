"""What could not be taken is kept for a team leader: who handed it in, when and why, and the exact bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select

from caseworker_app.hub.database import insert_if_absent
from caseworker_app.hub.ground import Limits, Refused
from caseworker_app.hub.incoming import Incoming
from caseworker_app.hub.tables import devices, quarantine, users
from caseworker_app.hub.tokens import Caller
from caseworker_app.sync.wire import Pushed, Reason

_NO_STREAM = b""


@dataclass(frozen=True, slots=True)
class Kept:
    """One row in quarantine. ``row_hash`` names it; ``stream`` is empty when its header could not be read."""

    row_hash: bytes
    at_ms: int
    device: bytes
    user: bytes
    name: str
    unit: str
    stream: bytes
    reason: Reason
    pushed: Pushed


def keep(
    connection: Connection,
    limits: Limits,
    caller: Caller,
    rows: Iterable[tuple[Incoming, Reason | None]],
    now_ms: int,
) -> None:
    """Keep rows; the same bytes again are the same row. Raises :class:`Refused` (429) for a device with too many."""
    new = {row.row_hash: (row, reason) for row, reason in rows if reason is not None}
    if not new:
        return
    taken = (
        select(func.count(), func.coalesce(func.sum(quarantine.c.size), 0))
        .where(quarantine.c.pushed_by == caller.device)
        .where(quarantine.c.row_hash.not_in(list(new)))
    )
    count, size = connection.execute(taken).one()
    size += sum(row.size for row, _reason in new.values())
    if count + len(new) > limits.quarantine_rows or size > limits.quarantine_bytes:
        raise Refused(429, "quarantine_full", 3600)
    insert_if_absent(
        connection,
        quarantine,
        [
            {
                "row_hash": row_hash,
                "at_ms": now_ms,
                "pushed_by": caller.device,
                "stream_id": _NO_STREAM if row.operation is None else row.header.stream_id,
                "reason": reason.value,
                "size": row.size,
                "header": row.pushed.header,
                "payload": row.pushed.payload,
                "signature": row.pushed.signature,
            }
            for row_hash, (row, reason) in new.items()
        ],
    )


def listed(connection: Connection) -> list[Kept]:
    """Return every row in quarantine, oldest first, with who handed it in."""
    asked = (
        select(quarantine, devices.c.user_id, users.c.name, users.c.unit)
        .select_from(
            quarantine.outerjoin(devices, devices.c.device_id == quarantine.c.pushed_by).outerjoin(
                users, users.c.user_id == devices.c.user_id
            )
        )
        .order_by(quarantine.c.at_ms, quarantine.c.row_hash)
    )
    return [
        Kept(
            row.row_hash,
            row.at_ms,
            row.pushed_by,
            row.user_id or b"",
            row.name or "",
            row.unit or "",
            row.stream_id,
            Reason(row.reason),
            Pushed(row.header, row.payload, row.signature),
        )
        for row in connection.execute(asked)
    ]


def drop(connection: Connection, row_hashes: Iterable[bytes]) -> int:
    """Take rows out; return how many were there."""
    wanted = list(row_hashes)
    return connection.execute(delete(quarantine).where(quarantine.c.row_hash.in_(wanted))).rowcount
