"""A desk of sync that tells what a test has it tell, and notes what it was asked for. The real one needs a hub."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.services.no_hub import NoHub
from caseworker_app.services.ports import Store
from caseworker_app.services.sync_desk import (
    Colleague,
    DeviceRow,
    Directory,
    HandedIn,
    HubFound,
    MemberRow,
    News,
    Place,
    QuarantineRow,
    RecordStanding,
    ShareRole,
    SignedOut,
    Standing,
    SyncState,
    Touched,
)


class ToldDesk(NoHub):
    """``now`` is its state; ``tell`` changes it and tells the listeners, from another thread as the real one does."""

    def __init__(self, now: SyncState | None = None) -> None:
        self.now = now or SyncState()
        self.asked: list[tuple[Any, ...]] = []
        self.refuse: UserError | None = None
        self.known = Directory()
        self.listed: list[MemberRow] = []
        self.everybody: list[Colleague] = []
        self.own: list[DeviceRow] = []
        self.refused: list[QuarantineRow] = []
        self.waiting: list[HandedIn] = []
        self.stays = ""
        self.far = RecordStanding(Place.CONFIRMED)
        self.found = HubFound("Hedeby Kommune", "https://hub.hedeby.example", "0123456789abcdef")
        self.left = SignedOut()
        self._told: list[Callable[[News], None]] = []

    def _note(self, *what: Any) -> None:
        self.asked.append(what)
        if self.refuse is not None:
            raise self.refuse

    def tell(self, touched: Touched = frozenset(), **changes: Any) -> None:
        """Be in another state, and say so."""
        self.now = replace(self.now, **changes)
        thread = threading.Thread(target=lambda: [told(News(touched)) for told in list(self._told)])
        thread.start()
        thread.join()

    def state(self) -> SyncState:
        return self.now

    def directory(self) -> Directory:
        return self.known

    def listen(self, told: Callable[[News], None]) -> Callable[[], None]:
        self._told.append(told)
        return lambda: self._told.remove(told) if told in self._told else None

    def begin(self, store: Store) -> None:
        self.asked.append(("begin",))

    def rest(self) -> None:
        self.asked.append(("rest",))

    def saved(self) -> None:
        self.asked.append(("saved",))

    def start_now(self) -> None:
        self.asked.append(("start_now",))

    def send_held(self) -> None:
        self.asked.append(("send_held",))

    def histories_read(self) -> None:
        self._note("histories_read")

    def cancel(self) -> None:
        self.asked.append(("cancel",))

    def look(self, address: str) -> HubFound:
        self._note("look", address)
        return self.found

    def sign_in_by_code(self, address: str, code: str) -> None:
        self._note("code", address, code)
        self.now = replace(self.now, standing=Standing.SIGNED_IN, hub=self.found.name, user="Lone Kjær")

    def sign_in_by_browser(self, address: str, fingerprint: str, show: Callable[[str], None]) -> None:
        self._note("browser", address, fingerprint)
        self.now = replace(self.now, standing=Standing.SIGNED_IN, hub=self.found.name, user="Lone Kjær")

    def sign_out(self) -> SignedOut:
        self._note("sign_out")
        self.now = replace(self.now, standing=Standing.SIGNED_OUT)
        return self.left

    def devices(self) -> Sequence[DeviceRow]:
        return tuple(self.own)

    def revoke(self, device: Id) -> None:
        self._note("revoke", device)
        self.own = [replace(row, revoked=row.revoked or row.device == device) for row in self.own]

    def people(self) -> Sequence[Colleague]:
        return tuple(self.everybody)

    def members(self, stream: Id) -> Sequence[MemberRow]:
        return tuple(self.listed)

    def share(self, stream: Id, user: Id, role: ShareRole) -> None:
        self._note("share", stream, user, role)
        name = next((one.name for one in self.everybody if one.user == user), "")
        rest = [row for row in self.listed if row.user != user]
        self.listed = [*rest, MemberRow(user, name, role)]

    def take_back(self, stream: Id, user: Id) -> None:
        self._note("take_back", stream, user)
        self.listed = [row for row in self.listed if row.user != user]

    def hand_over(self, stream: Id, to: Id, keep: ShareRole | None) -> None:
        self._note("hand_over", stream, to, keep)

    def standing_of(self, entities: Sequence[Id] = (), *, stream: Id | None = None) -> RecordStanding:
        return self.far

    def quarantine(self) -> Sequence[QuarantineRow]:
        return tuple(self.refused)

    def handed_in(self) -> Sequence[HandedIn]:
        self._note("handed_in")
        return tuple(self.waiting)

    def let_in(self, row: bytes) -> str:
        self._note("let_in", row)
        if not self.stays:
            self.waiting = [one for one in self.waiting if one.row != row]
        return self.stays

    def try_again(self, row: Id) -> None:
        self._note("try_again", row)
        self.refused = [one for one in self.refused if one.row != row]

    def quarantined(self, row: Id) -> bytes:
        self._note("quarantined", row)
        return b"{}"
