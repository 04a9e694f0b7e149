"""Who may read and write a stream: folded from the signed, clear operations of the stream itself, in stream order.

Hub and laptops fold by this one module, so a hub that adds a member by itself is found out. The rules:

- The first operation of a stream is a grant of its key; the user behind its author is the owner.
- A change of membership is ``Change("membership", <user id>, "role", SET, "owner|member|reader|none", parents)`` in an
  operation with ``CLEAR_KEY``. Only an owner writes one. ``parents`` names what :meth:`Membership.parents_of` returned
  when it was decided: entity ids are users, the same in every stream, so the store's heads of a field do not serve.
- Of two changes made without knowing of each other the lower role holds, whatever their order in the stream.
- A change that would leave a stream without an owner does not count.
- A grant of a key is an owner's (to any device), anybody's who reads (to her own devices), or the organisation's.
- A clear operation holds grants and changes of membership, nothing else, and is judged whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import CLEAR_KEY, Change, ChangeKind, Operation

GRANT = "grant"
MEMBERSHIP = "membership"
ROLE = "role"
_ID_BYTES = 16

UserOf = Callable[[Id], Id | None]
"""From the ``author`` of a header to the user whose device it is; ``None`` when nobody knows."""


class Role(StrEnum):
    """What a member may do with a stream. An owner may also change who is a member."""

    OWNER = "owner"
    MEMBER = "member"
    READER = "reader"
    NONE = "none"

    @property
    def reads(self) -> bool:
        return self is not Role.NONE

    @property
    def writes(self) -> bool:
        return self in (Role.OWNER, Role.MEMBER)


_RANK = {Role.NONE: 0, Role.READER: 1, Role.MEMBER: 2, Role.OWNER: 3}


class Fault(StrEnum):
    """Why an operation may not stand in a stream."""

    UNKNOWN_AUTHOR = "unknown_author"
    NOT_A_MEMBER = "not_a_member"
    READ_ONLY = "read_only"
    NOT_BEGUN = "not_begun"  # nothing stands in a stream before the grant of its key
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Grant:
    """A stream key wrapped for one device. ``user``, ``author`` and ``exchange_key`` are empty in the oldest grants."""

    key_id: Id
    device: Id
    wrapped: bytes
    signing_key: bytes
    stream_kind: str = ""
    user: Id = b""
    author: Id = b""
    exchange_key: bytes = b""


@dataclass(frozen=True, slots=True)
class Membership:
    """Who may what after some operations of one stream. ``set_by`` is the operation that last counted for each user."""

    kind: str = ""
    begun: bool = False
    roles: Mapping[Id, Role] = field(default_factory=dict)
    set_by: Mapping[Id, Id] = field(default_factory=dict)

    def role_of(self, user: Id) -> Role:
        return self.roles.get(user, Role.NONE)

    def parents_of(self, user: Id) -> tuple[Id, ...]:
        """Return the parents of the next change of this user's role."""
        return (self.set_by[user],) if user in self.set_by else ()


EMPTY = Membership()


@dataclass(frozen=True, slots=True)
class Taken:
    """What one operation made of the membership; with a ``fault`` it changed nothing and grants nothing."""

    membership: Membership
    fault: Fault | None = None
    grants: tuple[Grant, ...] = ()


def is_clear(operation: Operation) -> bool:
    """Say whether an operation speaks of keys and members, readable to all who carry it."""
    return operation.header.key_id == CLEAR_KEY


def fault_of_sealed(now: Membership, author: Id, user_of: UserOf) -> Fault | None:
    """Return why this author may not write a sealed operation here and now, or ``None``."""
    user = user_of(author)
    if user is None:
        return Fault.UNKNOWN_AUTHOR
    if not now.begun:
        return Fault.NOT_BEGUN
    role = now.role_of(user)
    if role.writes:
        return None
    return Fault.READ_ONLY if role.reads else Fault.NOT_A_MEMBER


def take(now: Membership, operation: Operation, user_of: UserOf, organisation: Id | None = None) -> Taken:
    """Judge the next clear operation of a stream and return what holds after it.

    ``organisation`` is the user id (the hub's id) whose grants count without being a member.
    """
    author = user_of(operation.header.author)
    if author is None:
        return Taken(now, Fault.UNKNOWN_AUTHOR)
    read = [_read(change) for change in operation.payload.changes]
    if not read or any(one is None for one in read):
        return Taken(now, Fault.MALFORMED)
    grants = tuple(one for one in read if isinstance(one, Grant))
    if not now.begun:
        return _begin(now, author, operation, grants)
    roles = [one for one in read if isinstance(one, _Wish)]
    role = now.role_of(author)
    if role is not Role.OWNER:
        fault = Fault.READ_ONLY if role.reads else Fault.NOT_A_MEMBER
        if roles or not all(_own(grant, author, role, user_of) or author == organisation for grant in grants):
            return Taken(now, fault)
    return Taken(_changed(now, roles, operation.header.op_id), None, grants)


def fold(
    operations: Iterable[Operation],
    user_of: UserOf,
    organisation: Id | None = None,
    start: Membership = EMPTY,
) -> Membership:
    """Return the membership after the clear operations, given in stream order; faulty ones change nothing."""
    now = start
    for operation in operations:
        now = take(now, operation, user_of, organisation).membership
    return now


@dataclass(frozen=True, slots=True)
class _Wish:
    user: Id
    role: Role
    parents: tuple[Id, ...]


def _begin(now: Membership, author: Id, operation: Operation, grants: tuple[Grant, ...]) -> Taken:
    if not grants:
        return Taken(now, Fault.NOT_BEGUN)
    if len(grants) != len(operation.payload.changes):
        return Taken(now, Fault.MALFORMED)
    begun = Membership(grants[0].stream_kind, True, {author: Role.OWNER}, {author: operation.header.op_id})
    return Taken(begun, None, grants)


def _own(grant: Grant, author: Id, role: Role, user_of: UserOf) -> bool:
    """Whether a grant goes to one of the author's own devices. ``user`` is her word, the device's author the proof."""
    if not role.reads or grant.user != author:
        return False
    return not grant.author or user_of(grant.author) == author


def _changed(now: Membership, wishes: Iterable[_Wish], op_id: Id) -> Membership:
    roles, set_by = dict(now.roles), dict(now.set_by)
    for wish in wishes:
        before = roles.get(wish.user, Role.NONE)
        unseen = wish.user in set_by and set_by[wish.user] not in (*wish.parents, op_id)
        if unseen and _RANK[wish.role] >= _RANK[before]:
            continue
        roles[wish.user], set_by[wish.user] = wish.role, op_id
    if Role.OWNER not in roles.values():
        return now
    return replace(now, roles=roles, set_by=set_by)


def _read(change: Change) -> Grant | _Wish | None:
    if change.entity_type == GRANT:
        return _read_grant(change)
    if change.entity_type == MEMBERSHIP:
        return _read_wish(change)
    return None


def _read_grant(change: Change) -> Grant | None:
    value = change.value
    if change.field != GRANT or change.kind is not ChangeKind.CREATE or not isinstance(value, dict):
        return None
    ids: tuple[Any, Any] = (value.get("key_id"), value.get("device"))
    optional = tuple(value.get(name, b"") for name in ("user", "author", "exchange_key"))
    if not all(isinstance(one, bytes) and len(one) == _ID_BYTES for one in ids):
        return None
    if not all(isinstance(one, bytes) for one in (value.get("wrapped"), value.get("signing_key"), *optional)):
        return None
    kind: Any = value.get("stream_kind", "")
    if not isinstance(kind, str) or any(len(one) not in (0, _ID_BYTES) for one in optional[:2]):
        return None
    return Grant(*ids, value["wrapped"], value["signing_key"], kind, *optional)


def _read_wish(change: Change) -> _Wish | None:
    if change.field != ROLE or change.kind not in (ChangeKind.SET, ChangeKind.CREATE):
        return None
    if len(change.entity) != _ID_BYTES or not isinstance(change.value, str):
        return None
    if change.value not in _RANK:
        return None
    return _Wish(change.entity, Role(change.value), change.parents)
