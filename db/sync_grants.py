"""Giving keys: to one's other laptops, to colleagues a case is shared with, to the organisation where it reads too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import GRANT, MEMBERSHIP, ROLE, Membership, Role
from caseworker_app.domain.operations import Change, ChangeKind
from caseworker_app.domain.phrases import N_
from caseworker_app.services.sync_ports import Recipient
from db.connection import Raw
from db.sync_keys import account_of, cards, membership_now, note_grants

if TYPE_CHECKING:
    from db.store import Shared
    from db.writing import WriteUnit

_KEYS = """
SELECT k.key_id, k.secret FROM stream_keys AS k LEFT JOIN grants AS g
ON g.stream_id = k.stream_id AND g.key_id = k.key_id AND g.device = ?2
WHERE k.stream_id = ?1 AND g.device IS NULL ORDER BY k.key_id
"""
_LACKING = """
SELECT 1 FROM stream_keys AS k WHERE k.stream_id = ?1 AND NOT EXISTS
    (SELECT 1 FROM grants AS g WHERE g.stream_id = k.stream_id AND g.key_id = k.key_id AND g.device = ?2) LIMIT 1
"""
_HOLDERS = """
SELECT g.device FROM grants AS g JOIN streams AS s ON s.stream_id = g.stream_id AND s.key_id = g.key_id
WHERE g.stream_id = ?
"""


def set_role(
    unit: WriteUnit, stream: Id, roles: Mapping[Id, Role], recipients: Sequence[Recipient], *, rotate: bool
) -> None:
    """Write roles and keys in one clear operation, with a new key first when somebody has left."""
    connection, shared = unit.connection, unit.shared
    now = membership_now(connection, shared, stream)
    changes = [
        Change(MEMBERSHIP, user, ROLE, ChangeKind.SET, role.value, now.parents_of(user))
        for user, role in roles.items()
    ]
    fresh = (unit.new_id(), shared.sealer.new_key()) if rotate else None
    if fresh is not None:
        connection.execute("INSERT INTO stream_keys VALUES (?, ?, ?)", (stream, *fresh))
        recipients = [own(shared), *recipients]
    changes += _grants(unit, stream, recipients)
    _append(unit, N_("Change who shares the case"), stream, changes)
    if fresh is not None:
        shared.keys[stream, fresh[0]] = fresh[1]


def grant(unit: WriteUnit, stream: Id, recipients: Sequence[Recipient]) -> None:
    """Give devices the keys they lack, in one clear operation."""
    changes = _grants(unit, stream, recipients)
    if changes:
        _append(unit, N_("Give a computer the keys"), stream, changes)


def own(shared: Shared) -> Recipient:
    """Return this device as somebody a key is wrapped for."""
    sealer, device = shared.sealer, shared.device
    user = shared.user or device.author
    return Recipient(device.device_id, user, device.author, sealer.public_key, sealer.exchange_key)


def _append(unit: WriteUnit, label: str, stream: Id, changes: Sequence[Change]) -> None:
    operation = unit.append_clear(label, stream, tuple(changes))
    note_grants(unit.connection, unit.shared, operation, lambda *_key: None)
    unit.shared.current_key.pop(stream, None)


def _grants(unit: WriteUnit, stream: Id, recipients: Iterable[Recipient]) -> list[Change]:
    connection, sealer = unit.connection, unit.shared.sealer
    kind = connection.execute("SELECT kind FROM streams WHERE stream_id = ?", (stream,)).fetchone()[0]
    made = []
    for to in {one.device: one for one in recipients}.values():
        for key_id, key in connection.execute(_KEYS, (stream, to.device)).fetchall():
            try:
                wrapped = sealer.grant_for(to.exchange, to.device, key, stream, key_id)
            except ValueError:
                continue  # a card whose key is none: nothing can be wrapped for it
            value = {
                "stream_kind": kind,
                "device": to.device,
                "signing_key": to.signing,
                "key_id": key_id,
                "wrapped": wrapped,
                "user": to.user,
                "author": to.author,
                "exchange_key": to.exchange,
            }
            made.append(Change(GRANT, unit.new_id(), GRANT, ChangeKind.CREATE, value))
    return made


def owed(connection: Raw, shared: Shared) -> dict[Id, list[Recipient]]:
    """Return by stream who lacks a key this device has and may give."""
    found: dict[Id, list[Recipient]] = {}
    for stream, _members, _is_owner, wanted in _parties(connection, shared):
        lacking = [one for one in wanted if connection.execute(_LACKING, (stream, one.device)).fetchone()]
        if lacking:
            found[stream] = lacking
    return found


def stale(connection: Raw, shared: Shared) -> dict[Id, list[Recipient]]:
    """Return by stream who is to have a new key, because somebody has the one that counts and reads no more: a member who
    left by herself, a laptop that was closed. Only the owner makes one."""
    known = {card.device: card for card in cards(connection)}
    found: dict[Id, list[Recipient]] = {}
    for stream, members, is_owner, wanted in _parties(connection, shared):
        holders = (known.get(row[0]) for row in connection.execute(_HOLDERS, (stream,))) if is_owner else ()
        if any(
            card is not None and (card.revoked or not members.role_of(card.user).reads) for card in holders
        ):
            found[stream] = wanted
    return found


def _parties(connection: Raw, shared: Shared) -> Iterator[tuple[Id, Membership, bool, list[Recipient]]]:
    """Go through the streams this device has keys of: members, whether the user is an owner, and to whose devices she may
    give keys."""
    account = account_of(connection)
    if account is None:
        return
    by_user: dict[Id, list[Recipient]] = {}
    for card in cards(connection):
        if not card.revoked and card.device != shared.device.device_id:
            recipient = Recipient(card.device, card.user, card.author, card.signing, card.exchange)
            by_user.setdefault(card.user, []).append(recipient)
    organisation = Recipient(account.hub, account.hub, account.hub, account.signing, account.exchange)
    for (stream,) in connection.execute("SELECT DISTINCT stream_id FROM stream_keys").fetchall():
        members = membership_now(connection, shared, stream)
        role = members.role_of(account.user)
        users = [account.user] if role.reads else []
        if role is Role.OWNER:
            users = [user for user, their in members.roles.items() if their.reads]
        wanted = [one for user in users for one in by_user.get(user, ())]
        if role is Role.OWNER and account.readable:
            wanted.append(organisation)
        yield stream, members, role is Role.OWNER, wanted
