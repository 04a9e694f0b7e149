"""The key slots of a store, changed only with the passphrase of the moment; see :mod:`..services.key_slots`.

A removed slot opens neither the store nor a backup on this computer: their key files are written anew. A copy somebody
took elsewhere before keeps the ways in it had.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.clock import Clock
from caseworker_app.compose.refusals import said
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.phrases import N_
from caseworker_app.services.key_slots import Way
from caseworker_app.vault.errors import VaultError
from caseworker_app.vault.locks import Argon2Parameters, SlotKind
from caseworker_app.vault.slot import Opened
from caseworker_app.vault.slots import SlotsFile

if TYPE_CHECKING:
    from caseworker_app.secrets import Backend, Finding
    from caseworker_app.vault.wrapping import ExchangeKey

Opener = Callable[[SlotsFile], Opened]
PUBLIC_HEX = 64


class KeyRing:
    """See :class:`caseworker_app.services.key_slots.Keys`.

    ``opened`` tries an opener with the wait after wrong ones; ``changed`` is called when the file has changed.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        parameters: Argon2Parameters,
        find_keyring: Callable[[], Finding],
        opened: Callable[[Opener], tuple[SlotsFile, Opened]],
        changed: Callable[[], None],
    ) -> None:
        self._path, self._clock, self._parameters = path, clock, parameters
        self._find_keyring, self._opened, self._changed = find_keyring, opened, changed
        self._new_recovery = ""

    def ways(self) -> tuple[Way, ...]:
        try:
            found = SlotsFile.load(self._path).slots()
        except VaultError as error:
            raise said(error) from None
        return tuple(Way(s.id, s.kind, s.name, s.made, s.verified, s.is_whole) for s in found)

    # trying

    def try_passphrase(self, passphrase: str) -> None:
        self._proved(lambda slots: slots.open_with_passphrase(passphrase))

    def try_recovery(self, code: str) -> None:
        self._proved(lambda slots: slots.open_with_recovery(code))

    def try_keyring(self) -> None:
        slots = self._loaded()
        key = self._keyring_reads(slots, self._backend())
        self._noted(slots, lambda: slots.open_with_keyring(key))

    def try_organisation(self, private: ExchangeKey) -> None:
        """Open by an organisation's secret key for proof, and note the day."""
        slots = self._loaded()
        self._noted(slots, lambda: slots.open_with_organisation(private))

    def _proved(self, opener: Opener) -> SlotsFile:
        slots, opened = self._opened(opener)
        self._noted(slots, lambda: opened)
        return slots

    def _noted(self, slots: SlotsFile, opener: Callable[[], Opened]) -> None:
        try:
            slots.mark_verified(opener(), self._clock.now())
        except VaultError as error:
            raise said(error) from None
        self._tell()

    def _loaded(self) -> SlotsFile:
        try:
            return SlotsFile.load(self._path)
        except VaultError as error:
            raise said(error) from None

    def _tell(self) -> None:
        with suppress(OSError):  # the next backup tries again
            self._changed()

    # the passphrase

    def change_passphrase(self, now: str, new: str) -> None:
        from caseworker_app.vault.passphrase import strength

        if not strength(new).is_enough:
            raise InvalidInput(
                "new", N_("The new passphrase is too easy to guess."), N_("Take several words.")
            )
        if new == now:
            raise InvalidInput("new", N_("That is the passphrase you have."), N_("Write another one."))
        slots, opened = self._opened(lambda s: s.open_with_passphrase(now))
        self._let_in(slots, opened.key, new)

    def let_in(self, private: ExchangeKey, new: str) -> None:
        """Give the store another passphrase by an organisation's secret key: its worker is away, or has lost hers."""
        slots = self._loaded()
        try:
            key = slots.open_with_organisation(private).key
        except VaultError as error:
            raise said(error) from None
        self._let_in(slots, key, new)

    def _let_in(self, slots: SlotsFile, key: bytes, new: str) -> None:
        old = [slot.id for slot in slots.slots() if slot.kind == SlotKind.PASSPHRASE]
        try:
            made = slots.add_passphrase(key, new, self._clock.now(), self._parameters)
            fresh = SlotsFile.load(self._path)  # what is proved is what lies on the disk
            opened = fresh.open_with_passphrase(new)
            if opened.slot_id != made:
                fresh.remove(made)
                raise UserError(N_("That is the passphrase you have."), N_("Write another one."))
            fresh.mark_verified(opened, self._clock.now())
            for slot in old:
                fresh.remove(slot)
        except VaultError as error:
            raise said(error) from None
        self._tell()

    # the recovery sheet

    def new_recovery(self, passphrase: str) -> str:
        self.forget_recovery()
        slots, opened = self._opened(lambda s: s.open_with_passphrase(passphrase))
        try:
            self._new_recovery, code = slots.add_recovery(opened.key, self._clock.now())
        except VaultError as error:
            raise said(error) from None
        return code

    def prove_recovery(self, code: str) -> None:
        slots = self._loaded()
        try:
            opened = slots.open_with_recovery(code)
            if opened.slot_id != self._new_recovery:
                raise UserError(
                    N_("That is the code of an older sheet."), N_("Type the code from the new one.")
                )
            slots.mark_verified(opened, self._clock.now())
            for slot in slots.slots():
                if slot.kind == SlotKind.RECOVERY and slot.id != opened.slot_id:
                    slots.remove(slot.id)
        except VaultError as error:
            raise said(error) from None
        self._new_recovery = ""
        self._tell()

    def forget_recovery(self) -> None:
        made, self._new_recovery = self._new_recovery, ""
        if made:
            with suppress(VaultError, UserError):
                self._loaded().remove(made)

    # this computer and the organisation

    def add_keyring(self, passphrase: str) -> None:
        from caseworker_app.secrets import KeyringUnavailable

        backend = self._backend()
        slots, opened = self._opened(lambda s: s.open_with_passphrase(passphrase))
        old = [slot.id for slot in slots.slots() if slot.kind == SlotKind.KEYRING]
        try:
            backend.store(slots.store_id, opened.key)
            slots.add_keyring(opened.key, backend.name, self._clock.now())
            for slot in old:
                slots.remove(slot)
            found = self._keyring_reads(slots, backend)
            slots.mark_verified(slots.open_with_keyring(found), self._clock.now())
        except VaultError as error:
            raise said(error) from None
        except KeyringUnavailable as error:
            raise _no_keyring(error.reason_msgid) from None
        self._tell()

    def _backend(self) -> Backend:
        finding = self._find_keyring()
        if finding.backend is None:
            raise _no_keyring(finding.reason_msgid)
        return finding.backend

    def _keyring_reads(self, slots: SlotsFile, backend: Backend) -> bytes:
        from caseworker_app.secrets import KeyringUnavailable

        try:
            key = backend.read(slots.store_id)
        except KeyringUnavailable as error:
            raise _no_keyring(error.reason_msgid) from None
        if key is None:
            raise _no_keyring(N_("The keyring did not give back what it was given."))
        return key

    def add_organisation(self, passphrase: str, name: str, public: str) -> None:
        digits = re.sub(r"[\s:-]", "", public).lower()
        if not re.fullmatch(rf"[0-9a-f]{{{PUBLIC_HEX}}}", digits):
            raise InvalidInput(
                "public",
                N_("An organisation's public key is 64 digits and letters from a to f."),
                N_("Copy all of it from what the IT department sent."),
            )
        if not name.strip():
            raise InvalidInput("name", N_("Write whose key it is."))
        slots, opened = self._opened(lambda s: s.open_with_passphrase(passphrase))
        try:
            slots.add_organisation(opened.key, bytes.fromhex(digits), name.strip()[:80], self._clock.now())
        except VaultError as error:
            raise said(error) from None
        self._tell()

    def remove(self, passphrase: str, way: str) -> None:
        slots, _opened = self._opened(lambda s: s.open_with_passphrase(passphrase))
        kind = next((slot.kind for slot in slots.slots() if slot.id == way), "")
        try:
            slots.remove(way)
        except VaultError as error:
            raise said(error) from None
        if kind == SlotKind.KEYRING:
            from caseworker_app.secrets import KeyringUnavailable

            with suppress(UserError, KeyringUnavailable):
                self._backend().forget(slots.store_id)
        self._tell()


def _no_keyring(reason: str) -> UserError:
    return UserError(reason, N_("Open with the passphrase; the other ways in are as they were."))
