"""Signing in: with the administrator's one-time code, or at the municipality's provider in the browser.

The organisation's key is pinned here, once: by the digits at the end of the code, or by the fingerprint the user was shown
and said yes to. From then on a hub with another key is another hub.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Callable

import msgspec

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_
from caseworker_app.services.sync_ports import HubAccount, SyncStore
from caseworker_app.sync import cards
from caseworker_app.sync.client import HubClient, HubTrouble, Trouble
from caseworker_app.sync.sealing import OperationSealer
from caseworker_app.sync.wire import HubAnswer, PersonCard, SignIn, nonce_of, proof_bytes

FINGERPRINT = 16
"""So many hexadecimal digits of the organisation key's SHA-256 are said and typed."""
_LETTERS = 16
GetToken = Callable[[HubAnswer, str], str]
"""From the hub and a nonce to the provider's ``id_token`` (:mod:`.browser`)."""


def fingerprint(signing: bytes) -> str:
    """Return what people compare of an organisation's key."""
    return hashlib.sha256(signing).hexdigest()[:FINGERPRINT]


def split_code(typed: str) -> tuple[str, str]:
    """Return code and fingerprint of what was typed. Raises :class:`HubTrouble` (``BAD_CODE``)."""
    text = "".join(typed.replace("-", " ").split())
    code, mark = text[:-FINGERPRINT], text[-FINGERPRINT:].lower()
    if len(code) != _LETTERS or any(letter not in "0123456789abcdef" for letter in mark):
        raise HubTrouble(Trouble.BAD_CODE)
    return code, mark


def by_code(store: SyncStore, client: HubClient, address: str, typed: str, device_name: str) -> HubAccount:
    """Sign in by a one-time code. Nothing secret is said before the hub is known by the code's own digits."""
    _code, mark = split_code(typed)
    hub = client.hub()
    if fingerprint(hub.signing) != mark:
        raise HubTrouble(Trouble.OTHER_HUB)
    return _sign_in(store, client, address, hub, device_name, code=typed.strip())


def by_provider(
    store: SyncStore, client: HubClient, address: str, mark: str, device_name: str, get_token: GetToken
) -> HubAccount:
    """Sign in at the provider the hub names, whose token is bound to this device's keys. ``mark`` is the fingerprint."""
    hub = client.hub()
    if fingerprint(hub.signing) != mark.strip().lower():
        raise HubTrouble(Trouble.OTHER_HUB)
    _check_hub(store, hub)
    sealer = OperationSealer(store.secret(), store.device)
    token = get_token(hub, nonce_of(sealer.public_key, sealer.exchange_key))
    return _sign_in(store, client, address, hub, device_name, id_token=token)


def sign_out(store: SyncStore, client: HubClient | None) -> None:
    """Forget the token, here and at the hub when it can be reached. Everything is kept, what is unsent too."""
    account = store.account()
    if account is None:
        return
    if client is not None:
        with contextlib.suppress(HubTrouble):  # it runs out by itself
            client.sign_out()
    store.keep_account(dataclasses.replace(account, token="", until_ms=0))


def _check_hub(store: SyncStore, hub: HubAnswer) -> None:
    old = store.account()
    if old is not None and (old.hub, old.signing) != (hub.hub, hub.signing):
        raise HubTrouble(Trouble.OTHER_HUB)


def _sign_in(
    store: SyncStore,
    client: HubClient,
    address: str,
    hub: HubAnswer,
    device_name: str,
    *,
    code: str = "",
    id_token: str = "",
) -> HubAccount:
    _check_hub(store, hub)
    sealer = OperationSealer(store.secret(), store.device)
    asked = SignIn(
        store.device,
        store.author,
        sealer.public_key,
        sealer.exchange_key,
        device_name,
        b"",
        code,
        id_token,
    )
    asked = msgspec.structs.replace(asked, proof=sealer.sign(proof_bytes(hub.hub, asked)))
    answer = client.sign_in(asked)
    account = HubAccount(
        address=address,
        hub=hub.hub,
        name=hub.name,
        signing=hub.signing,
        exchange=hub.exchange,
        readable=hub.readable,
        user=answer.user,
        user_name=answer.name,
        token=answer.token,
        until_ms=answer.until_ms,
        leader=answer.leader,
        issuer=hub.issuer,
        client=hub.client,
    )
    old = store.account()
    if old is not None and old.user != answer.user:
        raise UserError(
            N_("This computer is somebody else's at the hub: what it holds is signed in her name."),
            N_("Ask IT for a computer of your own."),
        )
    if not cards.is_vouched(account, answer.card) or answer.card.device != store.device:
        raise HubTrouble(Trouble.OTHER_HUB)
    store.keep_account(account)
    cards.pin(
        store, account, [PersonCard(answer.user, answer.name, leader=answer.leader, devices=(answer.card,))]
    )
    return account
