"""What the organisation itself writes into streams: keys for a new laptop whose user has no other one left.

It takes the organisation's private exchange key, which no running hub has, and streams whose owners wrapped their key for
the organisation too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Grant, Role, take
from caseworker_app.domain.operations import (
    CLEAR_KEY,
    SCHEMA_VERSION,
    Change,
    ChangeKind,
    Header,
    Operation,
    Payload,
)
from caseworker_app.domain.phrases import N_
from caseworker_app.hub import incoming, members
from caseworker_app.hub.database import reading, writing
from caseworker_app.hub.ground import Ground
from caseworker_app.hub.judging import Judge
from caseworker_app.hub.tables import devices, grants, log, membership
from caseworker_app.hub.tokens import Caller
from caseworker_app.sync.messages import decode_header, decode_payload, encode_header, encode_payload
from caseworker_app.sync.sealing import grant_info
from caseworker_app.sync.wire import Pushed, Verdict
from caseworker_app.vault.errors import SealError
from caseworker_app.vault.wrapping import ExchangeKey, wrap_key

_ID_BYTES = 16


def grant_device(ground: Ground, device: Id, exchange: ExchangeKey) -> tuple[int, int]:
    """Grant a laptop every key its user may have and it lacks: ``(keys granted, keys the organisation has not)``.

    Raises :class:`UserError` for an unknown or revoked laptop, a key that is not the organisation's, or without the
    signing key.
    """
    if exchange.public != ground.organisation.exchange:
        raise UserError(N_("This is not the organisation's key of this hub."))
    if ground.signing_key is None:
        raise UserError(N_("The organisation's signing key is needed for this."))
    with reading(ground.engine) as connection:
        target = connection.execute(select(devices).where(devices.c.device_id == device)).first()
        if target is None or target.revoked_ms is not None:
            raise UserError(N_("There is no laptop with that id."), N_("See “caseworker hub device list”."))
        missing = _missing(connection, target)
        ours = {key: _our_grant(connection, ground, *key) for key in missing}
    found = [(stream, grant) for (stream, _key), grant in ours.items() if grant is not None]
    incarnation = ground.random(_ID_BYTES)
    for number, (stream, grant) in enumerate(found, 1):
        value = _wrapped(ground, target, stream, grant, exchange)
        _write(ground, _operation(ground, stream, value, incarnation, number))
    return len(found), len(missing) - len(found)


def _missing(connection: Connection, target: Any) -> list[tuple[Id, Id]]:
    """Return (stream, key) of every key in the streams the user reads that the laptop was not granted."""
    streams = (
        select(membership.c.stream_id)
        .where(membership.c.user_id == target.user_id, membership.c.role != Role.NONE.value)
        .scalar_subquery()
    )
    asked = select(grants.c.stream_id, grants.c.key_id, grants.c.device_id).where(
        grants.c.stream_id.in_(streams)
    )
    every: dict[tuple[Id, Id], set[Id]] = {}
    for stream, key, device in connection.execute(asked):
        every.setdefault((stream, key), set()).add(device)
    return sorted(key for key, granted in every.items() if target.device_id not in granted)


def _our_grant(connection: Connection, ground: Ground, stream: Id, key_id: Id) -> Grant | None:
    """Return the key as it was wrapped for the organisation, read again from the signed row."""
    ours = ground.organisation.hub
    asked = (
        select(log.c.header, log.c.payload)
        .select_from(log.join(grants, (grants.c.stream_id == log.c.stream_id) & (grants.c.seq == log.c.seq)))
        .where(grants.c.stream_id == stream, grants.c.key_id == key_id, grants.c.device_id == ours)
    )
    row = connection.execute(asked).first()
    if row is None:
        return None
    operation = Operation(decode_header(row.header), decode_payload(row.payload))
    begun = members.load(connection, [stream], {})[stream]
    taken = take(begun, operation, lambda _author: _an_owner(begun.roles), ours)
    return next((one for one in taken.grants if (one.key_id, one.device) == (key_id, ours)), None)


def _an_owner(roles: Mapping[Id, Role]) -> Id:
    return next(user for user, role in roles.items() if role is Role.OWNER)


def _wrapped(ground: Ground, target: Any, stream: Id, grant: Grant, exchange: ExchangeKey) -> dict[str, Any]:
    ours = ground.organisation.hub
    try:
        key = exchange.unwrap(grant.wrapped, grant_info(stream, grant.key_id, ours))
    except SealError:
        raise UserError(
            N_("A key that was wrapped for the organisation cannot be opened with this key.")
        ) from None
    return {
        "stream_kind": grant.stream_kind,
        "device": target.device_id,
        "signing_key": target.signing,
        "exchange_key": target.exchange,
        "user": target.user_id,
        "author": target.author,
        "key_id": grant.key_id,
        "wrapped": wrap_key(target.exchange, key, grant_info(stream, grant.key_id, target.device_id)),
        "role": "",
    }


def _operation(ground: Ground, stream: Id, value: dict[str, Any], incarnation: Id, number: int) -> Pushed:
    now = ground.clock()
    op_id, act_id, entity = (ground.random(_ID_BYTES) for _ in range(3))
    header = encode_header(
        Header(
            op_id, act_id, stream, incarnation, number, ground.organisation.hub, now << 16, now, 0, "UTC",
            SCHEMA_VERSION, CLEAR_KEY,
        )
    )  # fmt: skip
    change = Change("grant", entity, "grant", ChangeKind.CREATE, value)
    payload = encode_payload(Payload(N_("Give a key to a new laptop"), (change,)))
    assert ground.signing_key is not None
    return Pushed(header, payload, ground.signing_key.sign(header + payload))


def _write(ground: Ground, *operations: Pushed) -> None:
    ours = ground.organisation
    caller = Caller(ours.hub, ours.hub, ours.hub, ours.signing, revoked=False)
    rows: Sequence[incoming.Incoming] = [incoming.read(pushed) for pushed in operations]
    with writing(ground.engine) as connection:
        known = members.writers(connection, incoming.authors_of(rows), ours)
        incoming.check(rows, known)
        judge = Judge(connection, caller, known, ours.hub, ground.clock())
        judge.lock(rows)
        for row in rows:
            assert judge.take(row).verdict is Verdict.ACCEPTED
        judge.write()
