"""The desk where there is never a hub: tests, and programs run for one command. It says so and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_
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
)

_NO_HUB_WAY = N_("Choose a hub in Settings → Sync first.")


class _NothingUnderWay:
    """What can be asked at once: there is nobody to sync with."""

    def state(self) -> SyncState:
        return SyncState(Standing.NO_HUB)

    def directory(self) -> Directory:
        return Directory()

    def listen(self, told: Callable[[News], None]) -> Callable[[], None]:
        return lambda: None

    def begin(self, store: Store) -> None:
        """Nothing is begun."""

    def rest(self) -> None:
        """Nothing was begun."""

    def saved(self) -> None:
        """It is only here."""

    def start_now(self) -> None:
        """There is nobody to sync with."""

    def send_held(self) -> None:
        """Nothing is held."""

    def cancel(self) -> None:
        """Nothing is under way."""


class NoHub(_NothingUnderWay):
    """The desk where there is no hub: it says so, and keeps nothing."""

    def look(self, address: str) -> HubFound:
        raise _refusal()

    def sign_in_by_code(self, address: str, code: str) -> None:
        raise _refusal()

    def sign_in_by_browser(self, address: str, fingerprint: str, show: Callable[[str], None]) -> None:
        raise _refusal()

    def stop_sign_in(self) -> None:
        """Nobody waits."""

    def sign_out(self) -> SignedOut:
        return SignedOut()

    def devices(self) -> Sequence[DeviceRow]:
        return ()

    def revoke(self, device: Id) -> None:
        raise _refusal()

    def people(self) -> Sequence[Colleague]:
        return ()

    def members(self, stream: Id) -> Sequence[MemberRow]:
        return ()

    def share(self, stream: Id, user: Id, role: ShareRole) -> None:
        raise _refusal()

    def take_back(self, stream: Id, user: Id) -> None:
        raise _refusal()

    def hand_over(self, stream: Id, to: Id, keep: ShareRole | None) -> None:
        raise _refusal()

    def standing_of(self, entities: Sequence[Id] = (), *, stream: Id | None = None) -> RecordStanding:
        return RecordStanding(Place.HERE)

    def histories_read(self) -> None:
        """There is no history but this one."""

    def quarantine(self) -> Sequence[QuarantineRow]:
        return ()

    def handed_in(self) -> Sequence[HandedIn]:
        return ()

    def let_in(self, row: bytes) -> str:
        raise _refusal()

    def try_again(self, row: Id) -> None:
        raise _refusal()

    def quarantined(self, row: Id) -> bytes:
        raise _refusal()


def _refusal() -> UserError:
    return UserError(N_("There is no hub: everything is only on this computer."), _NO_HUB_WAY)
