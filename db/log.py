"""The log: the rows of operations. What follows from them is :mod:`db.bulk`'s, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import ChangeKind, Header, Operation, Sealed
from db.bulk import Touched, apply_many
from db.connection import Raw

_COLUMNS = (
    "no", "op_id", "act_id", "stream_id", "author", "incarnation", "seq", "hlc", "schema_v", "key_id", "undoes", "state",
    "header", "payload", "signature", "stream_seq", "chain", "received_utc", "acked", "device", "arrived", "cancels",
)  # fmt: skip
_INSERT = f"INSERT INTO operations ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - own names
Values = tuple[Any, ...]
"""A row of ``operations`` but for its number, which comes first."""


@dataclass(frozen=True, slots=True)
class Local:
    """What is known of an operation beside its own bytes when it is appended."""

    device: Id | None = None
    arrived: bool = False
    acked: bool = False
    stream_seq: int | None = None
    chain: bytes | None = None
    received_utc: int | None = None


def append(connection: Raw, operation: Operation, sealed: Sealed, *, local: Local = Local()) -> Touched:
    """Write an operation and everything that follows from it. Returns the (type, id) pairs that changed."""
    payload = operation.payload
    values = row_values(
        operation.header, sealed, undoes=payload.undoes, local=local, cancels=cancels_of(operation)
    )
    no = int(connection.execute(_INSERT, (None, *values)).lastrowid)
    return apply_many(connection, [(no, operation)])


def cancels_of(operation: Operation) -> int:
    """Return how many things an operation takes back."""
    gone = (ChangeKind.CANCEL, ChangeKind.ERASE)
    return sum(1 for change in operation.payload.changes if change.kind in gone)


def row_values(
    header: Header,
    sealed: Sealed,
    *,
    undoes: Id | None,
    state: str = "applied",
    local: Local = Local(),
    cancels: int = 0,
) -> Values:
    """Return an operation's row in the order of the columns, without its number."""
    return (
        header.op_id,
        header.act_id,
        header.stream_id,
        header.author,
        header.incarnation,
        header.seq,
        header.hlc,
        header.schema_v,
        header.key_id,
        undoes,
        state,
        sealed.header,
        sealed.payload,
        sealed.signature,
        local.stream_seq,
        local.chain,
        local.received_utc,
        int(local.acked),
        local.device,
        int(local.arrived),
        cancels,
    )


def insert_many(connection: Raw, made: Sequence[Values]) -> range:
    """Insert rows of :func:`row_values`, one after another; return their local numbers."""
    first = connection.execute("SELECT coalesce(max(no), 0) + 1 FROM operations").fetchone()[0]
    connection.executemany(_INSERT, [(no, *values) for no, values in enumerate(made, start=first)])
    return range(first, first + len(made))
