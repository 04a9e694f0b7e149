"""Sync in the running program; see :class:`caseworker_app.services.sync_desk.SyncDesk`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from caseworker_app.compose import sync_state
from caseworker_app.compose.sync_running import SyncRunning
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.domain.phrases import N_
from caseworker_app.services.sync_desk import (
    Colleague,
    DeviceRow,
    HandedIn,
    HubFound,
    MemberRow,
    QuarantineRow,
    RecordStanding,
    ShareRole,
    SignedOut,
)
from caseworker_app.services.sync_ports import HubAccount, SyncStore

if TYPE_CHECKING:
    from caseworker_app.sync.client import HubClient


class Syncing(SyncRunning):
    """The desk of one program: what :class:`SyncRunning` does by itself, and what a person asks for."""

    # the hub

    def _signed_in(self) -> tuple[SyncStore, HubAccount, HubClient]:
        store, _loop = self._ready()
        account = store.account()
        if account is None or not account.token:
            raise UserError(N_("Nobody is signed in."), N_("Sign in under Settings, Sync."))
        return store, account, self._client(account)

    def look(self, address: str) -> HubFound:
        from caseworker_app.sync.client import HubClient
        from caseworker_app.sync.http import clean_address
        from caseworker_app.sync.signin import fingerprint

        clean = clean_address(address)
        hub = HubClient(self._network(clean)).hub()
        return HubFound(hub.name, clean, fingerprint(hub.signing), hub.issuer, not hub.readable)

    def sign_in_by_code(self, address: str, code: str) -> None:
        from caseworker_app.sync import signin
        from caseworker_app.sync.client import HubClient
        from caseworker_app.sync.http import clean_address

        clean = clean_address(address)
        store, _loop = self._ready()
        signin.by_code(store, HubClient(self._network(clean)), clean, code, self._device_name)
        self._after_sign_in()

    def sign_in_by_browser(self, address: str, fingerprint: str, show: Callable[[str], None]) -> None:
        from caseworker_app import i18n
        from caseworker_app.sync import signin
        from caseworker_app.sync.browser import BrowserSignIn
        from caseworker_app.sync.client import HubClient
        from caseworker_app.sync.http import clean_address

        self._sign_in_stopped = False
        clean = clean_address(address)
        store, _loop = self._ready()
        browser = BrowserSignIn(self._fetch, show, lambda: self._sign_in_stopped, i18n.gettext)
        client = HubClient(self._network(clean))
        signin.by_provider(store, client, clean, fingerprint, self._device_name, browser)
        self._after_sign_in()

    def _fetch(self, method: str, address: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        parts = urlsplit(address)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        return self._network(f"{parts.scheme}://{parts.netloc}")(method, path, body, headers)

    def _after_sign_in(self) -> None:
        self._report = None
        self._refresh()
        self.start_now()

    def stop_sign_in(self) -> None:
        self._sign_in_stopped = True

    def sign_out(self) -> SignedOut:
        from caseworker_app.sync import signin

        store, _loop = self._ready()
        account = store.account()
        signin.sign_out(store, None if account is None or not account.token else self._client(account))
        self._report = None
        self._refresh()
        return SignedOut(self._state.unsent, self._state.oldest_unsent)

    # people and sharing

    def devices(self) -> Sequence[DeviceRow]:
        store, account, _client = self._meet()
        rows = [
            DeviceRow(
                card.device,
                card.name,
                sync_state.moment(card.made_ms),
                card.device == store.device,
                card.revoked,
            )
            for card in store.cards()
            if card.user == account.user
        ]
        return sorted(rows, key=lambda row: (not row.this, row.revoked, row.name, row.device))

    def revoke(self, device: Id) -> None:
        _store, _account, client = self._signed_in()
        client.revoke(device)
        self._meet()
        self.start_now()

    def _meet(self) -> tuple[SyncStore, HubAccount, HubClient]:
        from caseworker_app.sync import cards

        store, account, client = self._signed_in()
        cards.pin(store, account, client.people().people)
        return store, account, client

    def people(self) -> Sequence[Colleague]:
        store, account, _client = self._meet()
        laptops: dict[Id, int] = {}
        for card in store.cards():
            laptops[card.user] = laptops.get(card.user, 0) + (not card.revoked)
        return [
            Colleague(
                one.user,
                one.name,
                one.unit,
                one.mail,
                one.leader,
                laptops.get(one.user, 0),
                one.user == account.user,
            )
            for one in store.people()
        ]

    def members(self, stream: Id) -> Sequence[MemberRow]:
        store, _loop = self._ready()
        account = store.account()
        me = store.author if account is None else account.user
        names = {person.user: person.name for person in store.people()}
        return [
            MemberRow(user, names.get(user, ""), ShareRole(role.value), me=user == me)
            for user, role in store.membership(stream).roles.items()
            if role.reads
        ]

    def share(self, stream: Id, user: Id, role: ShareRole) -> None:
        from caseworker_app.sync import sharing

        sharing.share(self._ready()[0], stream, user, Role(role.value))
        self._shared()

    def take_back(self, stream: Id, user: Id) -> None:
        from caseworker_app.sync import sharing

        sharing.take_back(self._ready()[0], stream, user)
        self._shared()

    def hand_over(self, stream: Id, to: Id, keep: ShareRole | None) -> None:
        from caseworker_app.sync import sharing

        sharing.hand_over(self._ready()[0], stream, to, None if keep is None else Role(keep.value))
        self._shared()

    def _shared(self) -> None:
        self._refresh()
        self.saved()

    # what a record and a refused row say

    def standing_of(self, entities: Sequence[Id] = (), *, stream: Id | None = None) -> RecordStanding:
        return sync_state.record_standing(self._ready()[0].standing_of(entities, stream=stream))

    def quarantine(self) -> Sequence[QuarantineRow]:
        authors = self._directory.authors
        return [sync_state.quarantine_row(row, authors) for row in self._ready()[0].refused()]

    def handed_in(self) -> Sequence[HandedIn]:
        _store, _account, client = self._signed_in()
        return [sync_state.handed_in(row) for row in client.quarantine().rows]

    def let_in(self, row: bytes) -> str:
        _store, _account, client = self._signed_in()
        reason = client.release(row).reason
        self.start_now()
        return "" if reason is None else reason.value

    def try_again(self, row: Id) -> None:
        self._ready()[0].offer_again(row)
        self._shared()

    def histories_read(self) -> None:
        self._ready()[0].forget_histories()
        self._refresh()

    def quarantined(self, row: Id) -> bytes:
        return next(sync_state.as_file(one) for one in self._ready()[0].refused() if one.id == row)
