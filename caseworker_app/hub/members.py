"""The hub's projection of who may what: folded from the streams by :mod:`caseworker_app.domain.membership`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import EMPTY, Grant, Membership, Role
from caseworker_app.hub.database import insert_or_set
from caseworker_app.hub.ground import Organisation
from caseworker_app.hub.tables import devices, grants, membership, users

_MEMBERS = select(membership.c.stream_id, membership.c.user_id, membership.c.role, membership.c.set_by).where(
    membership.c.stream_id.in_(bindparam("streams", expanding=True))
)
_ROLE = select(membership.c.role).where(
    membership.c.stream_id == bindparam("stream"), membership.c.user_id == bindparam("user")
)
_WRITERS = (
    select(
        devices.c.author, devices.c.device_id, devices.c.user_id, devices.c.signing,
        devices.c.revoked_ms, users.c.revoked_ms,
    )
    .select_from(devices.join(users, users.c.user_id == devices.c.user_id))
    .where(devices.c.author.in_(bindparam("authors", expanding=True)))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Writer:
    """The device that stands behind an author id."""

    device: Id
    user: Id
    signing: bytes
    revoked: bool


def writers(connection: Connection, authors: Iterable[Id], organisation: Organisation) -> dict[Id, Writer]:
    """Return the known devices among the authors; the organisation is its own."""
    wanted = sorted(set(authors))
    own = organisation.hub
    found = {own: Writer(own, own, organisation.signing, False)} if own in wanted else {}
    if wanted:
        for author, device, user, signing, lost, gone in connection.execute(_WRITERS, {"authors": wanted}):
            found[author] = Writer(device, user, signing, lost is not None or gone is not None)
    return found


def role_of(connection: Connection, stream: Id, user: Id) -> Role:
    """Return a user's role in a stream now; ``NONE`` for a stream that is not there."""
    found = connection.execute(_ROLE, {"stream": stream, "user": user}).scalar()
    return Role.NONE if found is None else Role(found)


def load(connection: Connection, streams: Iterable[Id], kinds: Mapping[Id, str]) -> dict[Id, Membership]:
    """Return the membership of each stream; one without rows has not begun."""
    roles: dict[Id, dict[Id, Role]] = {}
    set_by: dict[Id, dict[Id, Id]] = {}
    for stream, user, role, by in connection.execute(_MEMBERS, {"streams": list(streams)}):
        roles.setdefault(stream, {})[user] = Role(role)
        set_by.setdefault(stream, {})[user] = by
    return {
        stream: Membership(kinds.get(stream, ""), True, roles[stream], set_by[stream])
        if stream in roles
        else EMPTY
        for stream in streams
    }


def save(connection: Connection, stream: Id, before: Membership, after: Membership, seq: int) -> None:
    """Keep what has changed since ``before``; ``seq`` is the row that changed it last."""
    rows = [
        {
            "stream_id": stream,
            "user_id": user,
            "role": role.value,
            "set_by": after.set_by[user],
            "since_seq": seq,
        }
        for user, role in after.roles.items()
        if (before.roles.get(user), before.set_by.get(user)) != (role, after.set_by[user])
    ]
    insert_or_set(connection, membership, rows)


def index_grants(connection: Connection, stream: Id, found: Iterable[tuple[Grant, int]]) -> None:
    """Note which device was granted which key by which row, so that it can be said who waits for one."""
    rows = {
        (grant.key_id, grant.device): {
            "stream_id": stream,
            "key_id": grant.key_id,
            "device_id": grant.device,
            "seq": seq,
        }
        for grant, seq in found
    }
    insert_or_set(connection, grants, list(rows.values()))
