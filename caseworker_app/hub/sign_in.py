"""``POST /v1/sign-in``: a laptop shows who its user is and that it holds the keys it names, and gets a token."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import Connection, delete, func, select

from caseworker_app.hub import codes, tokens
from caseworker_app.hub.database import reading, writing
from caseworker_app.hub.ground import Ground, Refused
from caseworker_app.hub.identity import BadToken, Provider, ProviderAway, subject
from caseworker_app.hub.tables import devices, failures, users
from caseworker_app.sync.wire import DeviceCard, SignIn, SignInAnswer, card_bytes, nonce_of, proof_bytes
from caseworker_app.vault.errors import SealError
from caseworker_app.vault.signing import verify

_logger = logging.getLogger(__name__)
_ID_BYTES = 16
_KEY_BYTES = 32
_MOST_NAME = 120
_MOST_SECRET = 32 * 1024


class _Failed(Exception):
    """A sign-in that counts against its address."""


def sign_in(ground: Ground, provider: Provider | None, asked: SignIn, address: str) -> SignInAnswer:
    """Let a device in. Raises :class:`Refused`: 401 ``not_let_in`` for whatever is wrong with code, token or proof,
    403 ``revoked``, 409 ``other_keys`` for a known device with other keys or another user, 429 ``slow_down``, 503."""
    now = ground.clock()
    _check_sizes(asked)
    if ground.signing_key is None:
        raise Refused(503, "no_signing_key")
    _check_pace(ground, address, now)
    try:
        _check_proof(ground, asked)
        login = _login(ground, provider, asked, now)
        with writing(ground.engine) as connection:
            return _let_in(connection, ground, asked, login, now)
    except _Failed:
        with writing(ground.engine) as connection:
            connection.execute(failures.insert(), {"address": address, "at_ms": now})
        _logger.info("a sign-in was refused")
        raise Refused(401, "not_let_in") from None


def _check_sizes(asked: SignIn) -> None:
    ids = (asked.device, asked.author)
    keys = (asked.signing, asked.exchange)
    sound = (
        all(len(one) == _ID_BYTES and any(one) for one in ids)
        and all(len(one) == _KEY_BYTES for one in keys)
        and len(asked.name) <= _MOST_NAME
        and "\0" not in asked.name
        and max(len(asked.code), len(asked.id_token)) <= _MOST_SECRET
        and bool(asked.code) != bool(asked.id_token)
    )
    if not sound:
        raise Refused(400, "malformed")


def _check_pace(ground: Ground, address: str, now: int) -> None:
    """Refuse an address, and in the end everybody, after too many failures; old failures are forgotten."""
    limits = ground.limits
    since = now - limits.failures_ms
    recent = select(func.count()).select_from(failures).where(failures.c.at_ms > since)
    with reading(ground.engine) as connection:
        here = connection.execute(recent.where(failures.c.address == address)).scalar_one()
        everywhere = connection.execute(recent).scalar_one()
        old = connection.execute(select(failures.c.no).where(failures.c.at_ms <= since).limit(1)).first()
    if old is not None:
        with writing(ground.engine) as connection:
            connection.execute(delete(failures).where(failures.c.at_ms <= since))
    if here >= limits.failures or everywhere >= limits.all_failures:
        raise Refused(429, "slow_down", limits.failures_ms // 1000)


def _check_proof(ground: Ground, asked: SignIn) -> None:
    try:
        verify(asked.signing, proof_bytes(ground.organisation.hub, asked), asked.proof)
    except (SealError, ValueError):
        raise _Failed from None


def _login(ground: Ground, provider: Provider | None, asked: SignIn, now: int) -> str | None:
    """Return the user's name at the provider, ``None`` when she has a code."""
    if not asked.id_token:
        return None
    if provider is None:
        raise _Failed
    nonce = nonce_of(asked.signing, asked.exchange)
    try:
        return subject(asked.id_token, ground.organisation, provider, nonce, now)
    except BadToken:
        raise _Failed from None
    except ProviderAway:
        raise Refused(503, "provider_away", 60) from None


def _let_in(
    connection: Connection, ground: Ground, asked: SignIn, login: str | None, now: int
) -> SignInAnswer:
    wanted = users.c.login == login
    if login is None:
        user_id = codes.use(connection, asked.code, asked.device, now)
        if user_id is None:
            raise _Failed
        wanted = users.c.user_id == user_id
    user = connection.execute(select(users).where(wanted)).first()
    if user is None:
        raise _Failed
    if user.revoked_ms is not None:
        raise Refused(403, "revoked")
    card = _device(connection, ground, asked, user.user_id, now)
    token, until = tokens.issue(connection, ground, card.device)
    return SignInAnswer(token, until, user.user_id, user.name, card, user.leader)


def _device(connection: Connection, ground: Ground, asked: SignIn, user: bytes, now: int) -> DeviceCard:
    """Return the card of a device, new or as it was: whoever comes with other keys is not the same device."""
    found = connection.execute(
        select(devices).where((devices.c.device_id == asked.device) | (devices.c.author == asked.author))
    ).all()
    mine = (asked.device, user, asked.author, asked.signing, asked.exchange)
    for row in found:
        if (row.device_id, row.user_id, row.author, row.signing, row.exchange) != mine:
            raise Refused(409, "other_keys")
        if row.revoked_ms is not None:
            raise Refused(403, "revoked")
        return card_of(row)
    if asked.author == ground.organisation.hub or asked.device == ground.organisation.hub:
        raise Refused(409, "other_keys")
    assert ground.signing_key is not None
    card = DeviceCard(asked.device, user, asked.author, asked.signing, asked.exchange, asked.name, now)
    vouched = ground.signing_key.sign(card_bytes(card))
    values: dict[str, Any] = {
        "device_id": card.device,
        "user_id": user,
        "author": card.author,
        "signing": card.signing,
        "exchange": card.exchange,
        "vouched": vouched,
        "name": card.name,
        "made_ms": now,
        "revoked_ms": None,
    }
    connection.execute(devices.insert(), values)
    return card_of(connection.execute(select(devices).where(devices.c.device_id == card.device)).one())


def card_of(row: Any, user_revoked: bool = False) -> DeviceCard:
    """Return a device's card from its row."""
    return DeviceCard(
        row.device_id,
        row.user_id,
        row.author,
        row.signing,
        row.exchange,
        row.name,
        row.made_ms,
        user_revoked or row.revoked_ms is not None,
        row.vouched,
    )


def sign_out(ground: Ground, token: str) -> None:
    """End the tokens of the caller's device; the device stays known. Raises :class:`Refused`."""
    with writing(ground.engine) as connection:
        caller = tokens.caller_of(connection, token, ground.clock())
        tokens.forget(connection, caller.device)
