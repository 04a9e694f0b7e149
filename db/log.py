"""The log: the rows of operations. What follows from them is :mod:`db.bulk`'s, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import ChangeKind, Header, Operation, Sealed
from db.bulk import Touched, apply_many
from db.connection import Raw

_INSERT_OPERATION = """
INSERT INTO operations (op_id, act_id, stream_id, author, incarnation, seq, hlc, schema_v, key_id, undoes, state,
                        header, payload, signature, stream_seq, chain, received_utc, acked, device, arrived, cancels)
VALUES (:op_id, :act_id, :stream_id, :author, :incarnation, :seq, :hlc, :schema_v, :key_id, :undoes, :state,
        :header, :payload, :signature, :stream_seq, :chain, :received_utc, :acked, :device, :arrived, :cancels)
"""
_INSERT_NUMBERED = _INSERT_OPERATION.replace("(op_id,", "(no, op_id,").replace("(:op_id,", "(:no, :op_id,")


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
    no = int(connection.execute(_INSERT_OPERATION, values).lastrowid)
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
) -> dict[str, Any]:
    """Return an operation's row by column."""
    return {
        "op_id": header.op_id,
        "act_id": header.act_id,
        "stream_id": header.stream_id,
        "author": header.author,
        "incarnation": header.incarnation,
        "seq": header.seq,
        "hlc": header.hlc,
        "schema_v": header.schema_v,
        "key_id": header.key_id,
        "undoes": undoes,
        "state": state,
        "header": sealed.header,
        "payload": sealed.payload,
        "signature": sealed.signature,
        "stream_seq": local.stream_seq,
        "chain": local.chain,
        "received_utc": local.received_utc,
        "acked": int(local.acked),
        "device": local.device,
        "arrived": int(local.arrived),
        "cancels": cancels,
    }


def insert_many(connection: Raw, made: Sequence[Mapping[str, Any]]) -> range:
    """Insert rows of :func:`row_values`, one after another; return their local numbers."""
    first = connection.execute("SELECT coalesce(max(no), 0) + 1 FROM operations").fetchone()[0]
    numbered = [{**values, "no": no} for no, values in enumerate(made, start=first)]
    connection.executemany(_INSERT_NUMBERED, numbered)
    return range(first, first + len(made))
