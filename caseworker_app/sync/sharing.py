"""Sharing a case, taking it back, handing it over: roles and keys in one signed operation of the case's own log.

Nothing here needs the network: it goes out with the next sync. A colleague without a laptop yet is a member at once, and
her laptop is given the keys by an owner's when it is first seen (:meth:`.SyncStore.owed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Membership, Role
from caseworker_app.domain.phrases import N_
from caseworker_app.services.sync_ports import HubAccount, Recipient, SyncStore


def share(store: SyncStore, stream: Id, user: Id, role: Role) -> None:
    """Share a stream with somebody, or give her another role. Raises :class:`UserError` for who may not.

    A reader keeps all keys: she reads what is there and what comes.
    """
    account, members = _may(store, stream)
    if not role.reads:
        raise ValueError("to share no longer is take_back")
    _keep_an_owner(members, {user: role})
    store.set_role(stream, {user: role}, _devices(store, account, [user]), rotate=False)


def take_back(store: SyncStore, stream: Id, user: Id) -> None:
    """Share a stream no longer with somebody: what is written from now on has a new key, for those who remain.

    What she has on her laptop stays readable there.
    """
    account, members = _may(store, stream)
    if not members.role_of(user).reads:
        return
    _keep_an_owner(members, {user: Role.NONE})
    remaining = [one for one, role in members.roles.items() if role.reads and one != user]
    store.set_role(stream, {user: Role.NONE}, _devices(store, account, remaining), rotate=True)


def hand_over(store: SyncStore, stream: Id, to: Id, keep: Role | None) -> None:
    """Make somebody the owner of a stream, and keep a role oneself or leave it."""
    account, _members = _may(store, stream)
    if to == account.user:
        raise UserError(N_("The case is yours already."))
    roles = {to: Role.OWNER, account.user: Role.NONE if keep is None else keep}
    store.set_role(stream, roles, _devices(store, account, [to]), rotate=False)


def _may(store: SyncStore, stream: Id) -> tuple[HubAccount, Membership]:
    account = store.account()
    if account is None:
        raise UserError(
            N_("Nobody can be shared with before you have signed in."), N_("Sign in under Settings, Sync.")
        )
    members = store.membership(stream)
    if members.role_of(account.user) is not Role.OWNER:
        raise UserError(
            N_("Only who is responsible for the case can change who shares it."),
            N_("Ask the colleague who is responsible, or your team leader."),
        )
    return account, members


def _keep_an_owner(members: Membership, roles: Mapping[Id, Role]) -> None:
    if Role.OWNER not in {**members.roles, **roles}.values():
        raise UserError(
            N_("A case must have somebody who is responsible for it."), N_("Hand the case over instead.")
        )


def _devices(store: SyncStore, account: HubAccount, users: Iterable[Id]) -> list[Recipient]:
    """Return the laptops keys are wrapped for, and the organisation where it reads too."""
    wanted = set(users)
    found = [
        Recipient(card.device, card.user, card.author, card.signing, card.exchange)
        for card in store.cards()
        if card.user in wanted and not card.revoked and card.device != store.device
    ]
    if account.readable:
        found.append(Recipient(account.hub, account.hub, account.hub, account.signing, account.exchange))
    return found
