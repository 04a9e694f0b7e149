"""The operation: one act of a person in one stream, the unit of log, wire, signature, history and undo.

See ``docs/operations.md``. An operation names, per field, the operations whose values its author saw
(``parents``); a field's *heads* are the operations nobody has named since. Clocks never decide what survives.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.domain.kinds import Plain

SCHEMA_VERSION = 1
"""The version of payloads this program writes; older ones pass the upcasters, newer ones wait unprojected."""

CLEAR_KEY: Id = NO_ID
"""``key_id`` of an operation whose payload is signed and not sealed: a grant of keys, readable before any key."""


class ChangeKind(StrEnum):
    """What a change does to its field."""

    CREATE = "create"
    SET = "set"
    ADD = "add"
    REMOVE = "remove"
    CANCEL = "cancel"
    RESTORE = "restore"
    ERASE = "erase"


class Change(NamedTuple):
    """One field's change. Each (entity, field) stands once in an operation.

    An element of a set has a field of its own, ``kinds/placement``: adding and removing it is what people mean at
    once, and two people adding different elements never clash.
    """

    entity_type: str
    entity: Id
    field: str
    kind: ChangeKind
    value: Plain
    parents: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What the author had last seen of the stream on the hub, so that a hub showing two histories is caught."""

    stream_seq: int
    chain: bytes


class Header(NamedTuple):
    """The clear part, signed, and bound to the payload as its associated data.

    ``hlc`` is milliseconds since 1970 shifted 16 bits, plus a counter; ``wall_ms`` the device's clock, UTC;
    ``est_skew_ms`` what is known of its error; ``zone`` the IANA name the author lived in; ``incarnation`` and
    ``seq`` stamp completeness of one device, never identity. ``before`` is :func:`~caseworker_app.domain.chain.row_name` of
    the row this device wrote in the stream before this one: who signs this signs that once more.
    """

    op_id: Id
    act_id: Id
    stream_id: Id
    incarnation: Id
    seq: int
    author: Id
    hlc: int
    wall_ms: int
    est_skew_ms: int
    zone: str
    schema_v: int
    key_id: Id
    seen: Seen | None = None
    before: bytes | None = None


@dataclass(frozen=True, slots=True)
class Payload:
    """The sealed part. ``label`` is the msgid of what was done; ``undoes`` the act taken back by this one.

    ``final`` acts (signed, printed, exported, sent) are never undone.
    """

    label: str
    changes: tuple[Change, ...]
    undoes: Id | None = None
    reason: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """Header and payload as read."""

    header: Header
    payload: Payload


class Sealed(NamedTuple):
    """An operation as kept and sent: the exact bytes that were signed and sealed."""

    header: bytes
    payload: bytes
    signature: bytes
