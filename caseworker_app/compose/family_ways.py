"""The ways back from Familievisning: the PIN, its tries, and the mark that the family looks on."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from caseworker_app.clock import Clock
from caseworker_app.compose.refusals import said
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.family_pin import TRIES
from caseworker_app.domain.phrases import N_
from caseworker_app.services.opening import PinState
from caseworker_app.vault.attempts import Attempts
from caseworker_app.vault.errors import VaultError
from caseworker_app.vault.locks import SMALL_MACHINE, Argon2Parameters


class FamilyWays:
    """The part of :class:`caseworker_app.services.opening.Doors` that is asked while the family looks on.

    The mark and the wrong tries are small files beside the store, without anything secret, so that neither is forgotten
    when the program is ended by force.
    """

    def __init__(self, folder: Path, clock: Clock, parameters: Argon2Parameters) -> None:
        self._mark = folder / "family-mode"
        self._now = clock.now
        self._pin_parameters = min(parameters, SMALL_MACHINE, key=lambda p: p.memory_kib)
        self._pin_attempts = Attempts(folder / "pin-attempts.json")

    @property
    def family_looks_on(self) -> bool:
        """Whether nobody has proved to be the worker since the family began to look on."""
        return self._mark.exists()

    def family_began(self) -> None:
        with suppress(OSError):
            self._mark.touch()

    def worker_proved(self) -> None:
        """Forget wrong PINs, and that the family looked on: whoever sits there is the worker."""
        self._pin_attempts.succeeded()
        with suppress(OSError):
            self._mark.unlink(missing_ok=True)

    def hash_pin(self, pin: str) -> str:
        from caseworker_app.vault.pin import hash_pin

        try:
            return hash_pin(pin, self._pin_parameters)
        except VaultError as error:
            raise said(error) from None

    def pin_state(self) -> PinState:
        return PinState(self._pin_attempts.check(self._now()), self._pin_attempts.failures >= TRIES)

    def check_pin(self, hashed: str, pin: str) -> None:
        from caseworker_app.vault.pin import is_pin

        state = self.pin_state()
        if state.spent:
            raise _spent()
        if state.wait_seconds:
            raise UserError(N_("Wait {seconds} seconds before the next try."), seconds=state.wait_seconds)
        try:
            right = is_pin(hashed, pin)
        except VaultError as error:
            raise said(error) from None
        if right:
            self.worker_proved()
            return
        self._pin_attempts.failed(self._now())
        raise _spent() if self.pin_state().spent else _wrong()


def _wrong() -> UserError:
    return UserError(N_("That is not the PIN."), N_("Try again, or write the passphrase."))


def _spent() -> UserError:
    return UserError(N_("The PIN has been wrong too many times."), N_("Write the passphrase."))
