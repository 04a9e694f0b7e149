"""Cards of people and their laptops: believed when the organisation vouches for them, and pinned when first seen."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.services.sync_ports import Card, HubAccount, Person, Pinned, SyncStore
from caseworker_app.sync.wire import DeviceCard, PersonCard, card_bytes
from caseworker_app.vault.errors import SealError
from caseworker_app.vault.signing import verify

_ID, _KEY = 16, 32


def is_vouched(account: HubAccount, card: DeviceCard) -> bool:
    """Whether the organisation, as pinned at the first sign-in, signed this card."""
    ids = (card.device, card.user, card.author)
    if any(len(one) != _ID for one in ids) or any(len(one) != _KEY for one in (card.signing, card.exchange)):
        return False
    try:
        verify(account.signing, card_bytes(card), card.vouched)
    except (SealError, ValueError):
        return False
    return True


def pin(store: SyncStore, account: HubAccount, people: Iterable[PersonCard]) -> Pinned:
    """Keep who is who. A card nobody vouches for is as good as none."""
    listed = list(people)
    cards = [
        Card(
            card.device,
            card.user,
            card.author,
            card.signing,
            card.exchange,
            card.name,
            card.made_ms,
            card.revoked,
            card.vouched,
        )
        for person in listed
        for card in person.devices
        if card.user == person.user and is_vouched(account, card)
    ]
    who = [
        Person(one.user, one.name, one.unit, one.mail, one.leader) for one in listed if len(one.user) == _ID
    ]
    return store.pin(who, cards)
