"""The ways into the user's own store: key slots, keyring and encrypted file put together.

Whatever goes wrong is said as what happened, what is safe and what to do; a store that does not open is never
replaced, renamed or made anew.
"""

from __future__ import annotations

import secrets as random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseworker_app.clock import Clock
from caseworker_app.compose.family_ways import FamilyWays
from caseworker_app.compose.holding import hold, is_there
from caseworker_app.compose.kept_ways import KeptWays
from caseworker_app.compose.refusals import said, unsafe_said
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import new_id
from caseworker_app.domain.phrases import N_
from caseworker_app.files import make_private_folder
from caseworker_app.paths import InstanceLock, UnsafePath, refuse_unsafe
from caseworker_app.services import office
from caseworker_app.services.opening import Ground, NewSlots, Problem, Strength
from caseworker_app.services.ports import Progress, Store
from caseworker_app.vault.attempts import Attempts
from caseworker_app.vault.errors import OpenError, Reason, SlotsError, VaultError
from caseworker_app.vault.locks import LAPTOP, Argon2Parameters, SlotKind
from caseworker_app.vault.slot import Opened
from caseworker_app.vault.slots import SlotsFile, new_database_key, new_store_id, slots_path

if TYPE_CHECKING:
    from caseworker_app.secrets import Backend, Finding

STORE_NAME = "store.db"
FindKeyring = Callable[[], "Finding"]


@dataclass
class _Begun:
    """A store being set up: slots made, nothing written."""

    key: bytes
    slots: SlotsFile


class Access(FamilyWays, KeptWays):
    """The ways in at one folder; see :class:`caseworker_app.services.opening.Doors`."""

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        *,
        find_keyring: FindKeyring | None = None,
        parameters: Argon2Parameters = LAPTOP,
        take_lock: Callable[[], InstanceLock] | None = None,
    ) -> None:
        FamilyWays.__init__(self, folder, clock, parameters)
        KeptWays.__init__(self, folder, clock, parameters)
        self.store_path = folder / STORE_NAME
        self._find_keyring = find_keyring or _system_keyring
        self._attempts = Attempts(folder / "attempts.json")
        self._begun: _Begun | None = None
        self._take_lock = take_lock or (lambda: hold(self.store_path))
        self._lock: InstanceLock | None = None

    @property
    def _slots_file(self) -> Path:
        return slots_path(self.store_path)

    # what is there

    def ground(self) -> Ground:
        try:
            store, keys = is_there(self.store_path), self._slots_file.exists()
        except UserError:
            return Ground.BROKEN
        if not store and not keys:
            return Ground.NONE
        if not store:
            return Ground.UNFINISHED
        return Ground.BROKEN if self.problem() is not None else Ground.LOCKED

    def problem(self) -> Problem | None:
        try:
            refuse_unsafe(self.folder)
        except UnsafePath as error:
            refusal = unsafe_said(error)
            return Problem(refusal.message, refusal.ways_out, refusal.values)
        try:
            if not is_there(self.store_path):
                return None
            self._load()
        except UserError as error:
            return Problem(error.message, error.ways_out, error.values)
        return None

    def _load(self) -> SlotsFile:
        try:
            return SlotsFile.load(self._slots_file)
        except SlotsError as error:
            if error.values.get("copy"):
                return SlotsFile.load_copy(self._slots_file)
            raise said(error) from None

    def strength(self, passphrase: str, own_words: tuple[str, ...] = ()) -> Strength:
        from caseworker_app.vault.passphrase import strength

        judged = strength(passphrase, own_words)
        return Strength(judged.score, judged.word_msgid, tuple(judged.advice_msgids), judged.is_enough)

    # a new store

    def prepare(self, passphrase: str) -> NewSlots:
        if self.store_path.exists():
            raise UserError(
                N_("There is a store at this place already."), N_("Open it, or choose another folder.")
            )
        try:
            refuse_unsafe(self.folder)
        except UnsafePath as error:
            raise unsafe_said(error) from None
        self._hold()
        self._put_unfinished_aside()
        key = new_database_key()
        now = self._clock.now()
        try:
            make_private_folder(self.folder)
            slots = SlotsFile.create(self._slots_file, key, new_store_id())
            slots.add_passphrase(key, passphrase, now, self._parameters)
            _slot, code = slots.add_recovery(key, now)
        except VaultError as error:
            raise said(error) from None
        except OSError:
            raise UserError(
                N_("The folder of the store cannot be written."),
                N_("Choose another folder, or ask IT for access."),
            ) from None
        self._begun = _Begun(key, slots)
        reason = self._try_keyring(self._begun)
        return NewSlots(code, not reason, reason)

    def _put_unfinished_aside(self) -> None:
        """Keep key files of a set-up that was not finished under another name; nothing was locked by them."""
        for path in (self._slots_file, self._slots_file.with_name(self._slots_file.name + ".copy")):
            if path.exists():
                path.rename(path.with_name(f"{path.name}.unfinished-{random.token_hex(4)}"))

    def _try_keyring(self, begun: _Begun) -> str:
        """Give the OS keyring the key and verify its slot; return the msgid of why not, or ""."""
        from caseworker_app.secrets import KeyringUnavailable

        finding = self._find_keyring()
        if finding.backend is None:
            return finding.reason_msgid
        backend: Backend = finding.backend
        try:
            backend.store(begun.slots.store_id, begun.key)
            begun.slots.add_keyring(begun.key, backend.name, self._clock.now())
            found = backend.read(begun.slots.store_id)
            if found is None:
                return N_("The keyring did not give back what it was given.")
            begun.slots.mark_verified(begun.slots.open_with_keyring(found), self._clock.now())
        except KeyringUnavailable as error:
            return error.reason_msgid
        except VaultError:
            return N_("The keyring did not give back what it was given.")
        return ""

    def _verify(self, opener: Callable[[SlotsFile], Opened]) -> None:
        begun = self._begun
        if begun is None:
            raise UserError(N_("Begin with a passphrase."))
        try:
            fresh = SlotsFile.load(self._slots_file)  # what is proved is what lies on the disk
            fresh.mark_verified(opener(fresh), self._clock.now())
            begun.slots = fresh
        except VaultError as error:
            raise said(error) from None

    def verify_passphrase(self, passphrase: str) -> None:
        self._verify(lambda slots: slots.open_with_passphrase(passphrase))

    def verify_recovery(self, code: str) -> None:
        self._verify(lambda slots: slots.open_with_recovery(code))

    def verified(self) -> tuple[str, ...]:
        slots = self._begun.slots if self._begun is not None else self._load()
        return tuple(slot.kind for slot in slots.slots() if slot.counts)

    def found(self, worker: Mapping[str, Any], of_office: Mapping[str, Any]) -> Store:
        begun = self._begun
        if begun is None or not begun.slots.is_ready():
            raise UserError(
                N_("Two ways in must be tried before anything is written."),
                N_("Type the recovery code and the passphrase once more."),
            )
        store = self._make(begun.key)
        try:
            store.write(lambda w: office.found(w, worker, of_office))
        except BaseException:
            store.close()
            self.store_path.unlink()  # made a moment ago, and nothing was written in it
            raise
        self._begun = None
        return store

    def _make(self, key: bytes) -> Store:
        from caseworker_app.sync.sealing import OperationSealer, new_device_secret
        from db.store import DeviceRow, create

        row = DeviceRow(new_id(), new_id(), new_id(), new_device_secret())
        try:
            return create(self.store_path, key, row=row, sealers=OperationSealer, clock=self._clock)
        except FileExistsError:
            raise UserError(N_("There is a store at this place already.")) from None

    # an old store

    def open_by_keyring(self, progress: Progress | None = None) -> Store | None:
        from caseworker_app.secrets import KeyringUnavailable

        slots = self._load()
        held = any(slot.kind == SlotKind.KEYRING for slot in slots.slots())
        if self.family_looks_on or not held:  # ended by force then: somebody else may sit there now
            return None
        finding = self._find_keyring()
        if finding.backend is None:
            return None
        try:
            key = finding.backend.read(slots.store_id)
            opened = None if key is None else slots.open_with_keyring(key)
        except (KeyringUnavailable, VaultError):
            return None
        return None if opened is None else self._open(slots, opened, progress)

    def open_by_passphrase(self, passphrase: str, progress: Progress | None = None) -> Store:
        return self._tried(lambda slots: slots.open_with_passphrase(passphrase), progress)

    def open_by_recovery(self, code: str, progress: Progress | None = None) -> Store:
        return self._tried(lambda slots: slots.open_with_recovery(code), progress)

    def wait_seconds(self) -> int:
        return self._attempts.check(self._clock.now())

    def _tried(self, opener: Callable[[SlotsFile], Opened], progress: Progress | None) -> Store:
        slots, opened = self._opened(opener)
        store = self._open(slots, opened, progress)
        self._attempts.succeeded()
        self.worker_proved()
        return store

    def _opened(self, opener: Callable[[SlotsFile], Opened]) -> tuple[SlotsFile, Opened]:
        """Try a way in; a wrong one is counted, and the next waits."""
        waiting = self.wait_seconds()
        if waiting:
            raise UserError(N_("Wait {seconds} seconds before the next try."), seconds=waiting)
        slots = self._load()
        try:
            return slots, opener(slots)
        except OpenError as error:
            if error.reason in (Reason.WRONG_PASSPHRASE, Reason.WRONG_CODE):
                self._attempts.failed(self._clock.now())
            raise said(error) from None

    def _open(self, slots: SlotsFile, opened: Opened, progress: Progress | None) -> Store:
        from caseworker_app.sync.sealing import OperationSealer
        from db.store import open_store

        self._hold()
        self.take_up_backup()
        store = open_store(
            self.store_path, opened.key, sealers=OperationSealer, clock=self._clock, progress=progress
        )
        if slots.from_copy:
            slots.restore(opened)
        else:
            slots.refresh_copy()
        return store

    def check_passphrase(self, passphrase: str) -> None:
        self._opened(lambda slots: slots.open_with_passphrase(passphrase))
        self._attempts.succeeded()
        self.worker_proved()

    def _hold(self) -> None:
        if self._lock is None:
            self._lock = self._take_lock()

    def release(self) -> None:
        """Let another instance in; at the end of the program."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _system_keyring() -> Finding:
    from caseworker_app.secrets import find_backend

    return find_backend()
