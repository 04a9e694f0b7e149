"""The ways into a store: its random database key, locked in several slots of one file beside it.

No real data before two slots have been verified by opening with each (:meth:`SlotsFile.is_ready`). A file
that cannot be read is never written over. A second, equal file (``….copy``) lies beside the first, because
without any slot the store is lost for good.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from caseworker_app.vault import locks, slotfile
from caseworker_app.vault.errors import OpenError, Reason, SlotsError, need_length
from caseworker_app.vault.locks import LAPTOP, Argon2Parameters, SlotKind
from caseworker_app.vault.passphrase import normalise
from caseworker_app.vault.recovery import new_code, read_code
from caseworker_app.vault.slot import Opened, Slot, listed, moment
from caseworker_app.vault.slotfile import Record
from caseworker_app.vault.wrapping import ExchangeKey

KEY_BYTES = 32
VERIFIED_NEEDED = 2
_SLOT_ID_BYTES = 8


def new_database_key() -> bytes:
    """Return a random 32-byte key: SQLCipher's raw key, with no derivation when the store is opened."""
    return os.urandom(KEY_BYTES)


def new_store_id() -> bytes:
    """Return 16 random bytes that name a store, in its slots file and in the keyring."""
    return os.urandom(slotfile.STORE_ID_BYTES)


def slots_path(store: Path) -> Path:
    """Return where the slots of the store file ``store`` lie: ``sager.db`` has ``sager.db.keys``."""
    return store.with_name(store.name + ".keys")


def copy_path(path: Path) -> Path:
    """Return where the copy of the slots file ``path`` lies."""
    return path.with_name(path.name + ".copy")


class SlotsFile:
    """The slots of one store. Every change is on the disk when its method returns.

    Changes raise :class:`SlotsError`: ``SLOTS_NOT_SAVED``; ``SLOTS_CHANGED`` when somebody else wrote the
    file, or this is the copy; and what :meth:`load` raises when the file has become unreadable meanwhile. It
    is then as it was.
    """

    def __init__(self, path: Path, data: bytes, *, from_copy: bool = False) -> None:
        """Take the bytes of a file; use :meth:`create` and :meth:`load`."""
        self.path = path
        self.from_copy = from_copy
        self._data = data
        self._head = slotfile.decode(data)

    @classmethod
    def create(cls, path: Path, key: bytes, store_id: bytes) -> SlotsFile:
        """Make the file of a new store, without slots yet. Raises ``SLOTS_EXIST``, ``SLOTS_NOT_SAVED``."""
        need_length("database_key", key, KEY_BYTES)
        need_length("store_id", store_id, slotfile.STORE_ID_BYTES)
        head: Record = {"format": slotfile.FORMAT, "readable_from": 1, "store": store_id.hex()}
        data = slotfile.encode(head | {"check": _check_value(store_id, key), "slots": []})
        if copy_path(path).exists():
            raise SlotsError(Reason.SLOTS_EXIST)
        slotfile.write(path, data, replace=False)
        slotfile.write(copy_path(path), data)
        return cls(path, data)

    @classmethod
    def load(cls, path: Path) -> SlotsFile:
        """Read the file. It is not touched, whatever is in it.

        Raises :class:`SlotsError`: ``SLOTS_MISSING``, ``SLOTS_UNREADABLE`` (``what``), both with ``copy``
        (whether :meth:`load_copy` would do), or ``SLOTS_NEWER`` (``format``, ``ours``).
        """
        try:
            return cls(path, slotfile.read(path))
        except SlotsError as error:
            if error.reason in (Reason.SLOTS_MISSING, Reason.SLOTS_UNREADABLE):
                error.values["copy"] = not _is_lost(copy_path(path))
            raise

    @classmethod
    def load_copy(cls, path: Path) -> SlotsFile:
        """Read the copy of the file at ``path``: it can be opened with, and :meth:`restore` puts it back."""
        return cls(path, slotfile.read(copy_path(path)), from_copy=True)

    @property
    def store_id(self) -> bytes:
        """The 16 bytes that name the store; the keyring's entry goes by them."""
        return bytes.fromhex(self._head["store"])

    def require_store(self, store_id: bytes) -> None:
        """Raise :class:`SlotsError` (``OTHER_STORE``) unless these are the slots of the store named so."""
        if store_id != self.store_id:
            raise SlotsError(Reason.OTHER_STORE)

    def slots(self) -> tuple[Slot, ...]:
        """Return every slot, also damaged ones and kinds this program does not know."""
        return tuple(listed(slot) for slot in self._head["slots"])

    def is_ready(self) -> bool:
        """Whether real data may be kept: two slots at least are whole and verified."""
        return sum(slot.counts for slot in self.slots()) >= VERIFIED_NEEDED

    def add_passphrase(
        self, key: bytes, passphrase: str, now: datetime, parameters: Argon2Parameters = LAPTOP
    ) -> str:
        """Add a slot that ``passphrase`` opens, and return its id. Its strength is judged before, elsewhere.

        Takes about half a second at the default. Raises :class:`OpenError` (``EMPTY_PASSPHRASE`` and the
        like, ``NO_MEMORY``, ``WRONG_KEY`` for a key that is not this store's) and what every change raises.
        """
        secret = normalise(passphrase)
        slot = self._new_slot(SlotKind.PASSPHRASE, key, now)
        locks.lock_with_passphrase(self.store_id, slot, key, secret, parameters)
        return self._append(slot)

    def add_recovery(self, key: bytes, now: datetime) -> tuple[str, str]:
        """Add a slot with a new recovery code; return its id and the code, which is kept nowhere."""
        code = new_code()
        slot = self._new_slot(SlotKind.RECOVERY, key, now)
        locks.lock_with_code(self.store_id, slot, key, read_code(code))
        return self._append(slot), code

    def add_keyring(self, key: bytes, name: str, now: datetime) -> str:
        """Note that the keyring called ``name`` holds the key (nothing secret); return the slot's id."""
        return self._append(self._new_slot(SlotKind.KEYRING, key, now) | {"name": name})

    def add_organisation(self, key: bytes, public: bytes, name: str, now: datetime) -> str:
        """Add a slot for the holder of ``public``'s secret half (32 bytes); only they can verify it.

        Raises :class:`SealError` for a public key of the wrong size or of small order.
        """
        slot = self._new_slot(SlotKind.ORGANISATION, key, now) | {"name": name}
        locks.lock_for_organisation(self.store_id, slot, key, public)
        return self._append(slot)

    def open_with_passphrase(self, passphrase: str) -> Opened:
        """Open with a passphrase; about half a second a slot.

        Raises :class:`OpenError`: ``WRONG_PASSPHRASE`` (``damaged``: how many passphrase slots could not be
        tried), ``NO_SLOT``, ``SLOT_DAMAGED``, ``NO_MEMORY``, and what :func:`normalise` raises.
        """
        store, secret = self.store_id, normalise(passphrase)
        return self._open(
            SlotKind.PASSPHRASE,
            Reason.WRONG_PASSPHRASE,
            lambda slot: locks.unlock_with_passphrase(store, slot, secret),
        )

    def open_with_recovery(self, code: str) -> Opened:
        """Open with a recovery code as typed.

        Raises :class:`OpenError`: ``CODE_LENGTH``, ``CODE_TYPO`` (``groups``), ``WRONG_CODE``, ``NO_SLOT``,
        ``SLOT_DAMAGED``.
        """
        store, secret = self.store_id, read_code(code)
        return self._open(
            SlotKind.RECOVERY, Reason.WRONG_CODE, lambda slot: locks.unlock_with_code(store, slot, secret)
        )

    def open_with_keyring(self, key: bytes) -> Opened:
        """Open with the key the keyring gave. Raises :class:`OpenError`: ``WRONG_KEY``, ``NO_SLOT`` …"""
        return self._open(SlotKind.KEYRING, Reason.WRONG_KEY, lambda slot: key if self._fits(key) else None)

    def open_with_organisation(self, private: ExchangeKey) -> Opened:
        """Open with the organisation's secret key. Raises :class:`OpenError`: ``WRONG_KEY``, ``NO_SLOT`` …"""
        store = self.store_id
        return self._open(
            SlotKind.ORGANISATION,
            Reason.WRONG_KEY,
            lambda slot: locks.unlock_for_organisation(store, slot, private),
        )

    def mark_verified(self, opened: Opened, now: datetime) -> None:
        """Note that ``opened``'s slot, as it lies on the disk, was opened with.

        Raises :class:`SlotsError`: ``SLOT_NOT_ON_DISK`` when the disk holds no such slot, or another one.
        """
        slot = _of_id(self._head["slots"], opened.slot_id)
        on_disk = slotfile.decode(slotfile.read(self.path))["slots"]
        if slot is None or slot not in on_disk or not self._fits(opened.key):
            raise SlotsError(Reason.SLOT_NOT_ON_DISK)
        marked = slot | {"verified": moment(now)}
        marked["sum"] = slotfile.checksum(marked)
        self._save([marked if found is slot else found for found in self._head["slots"]])

    def remove(self, slot_id: str) -> None:
        """Remove a slot. Raises :class:`SlotsError`: ``SLOT_NEEDED`` when fewer than two verified ones would
        be left where there were two, ``NO_SLOT`` when there is none of that id.
        """
        slot = _of_id(self._head["slots"], slot_id)
        if slot is None:
            raise SlotsError(Reason.NO_SLOT, kind="")
        kept = [other for other in self._head["slots"] if other is not slot]
        if self.is_ready() and sum(listed(other).counts for other in kept) < VERIFIED_NEEDED:
            raise SlotsError(Reason.SLOT_NEEDED)
        self._save(kept)

    def refresh_copy(self) -> bool:
        """Write the copy anew if it differs, as after a cut between the two writes, and say whether it did.

        To be called once the store is open: a copy left behind would still hold a slot that was removed.
        """
        if self.from_copy:
            return False
        with suppress(SlotsError):
            if slotfile.read(copy_path(self.path)) == self._data:
                return False
        slotfile.write(copy_path(self.path), self._data)
        return True

    def restore(self, opened: Opened) -> SlotsFile:
        """Put the copy, which ``opened`` came from, back in the place of a lost or unreadable file.

        What lies there is kept beside it as ``….damaged-1`` and so on. Raises :class:`SlotsError`:
        ``SLOTS_EXIST`` when the file there is not lost, ``OTHER_STORE`` when the key is not this store's,
        ``SLOTS_NOT_SAVED``.
        """
        if not self.from_copy or not _is_lost(self.path):
            raise SlotsError(Reason.SLOTS_EXIST)
        if not self._fits(opened.key):
            raise SlotsError(Reason.OTHER_STORE)
        slotfile.put_aside(self.path)
        slotfile.write(self.path, self._data, replace=False)
        return SlotsFile.load(self.path)

    def _open(self, kind: SlotKind, wrong: Reason, unlock: Callable[[Record], bytes | None]) -> Opened:
        of_kind = [slot for slot in self._head["slots"] if slot.get("kind") == kind]
        usable = [slot for slot in of_kind if listed(slot).is_whole]
        if not usable:
            raise OpenError(Reason.SLOT_DAMAGED if of_kind else Reason.NO_SLOT, kind=kind.value)
        for slot in usable:
            key = unlock(slot)
            if key is None:
                continue
            if not self._fits(key):
                raise OpenError(Reason.OTHER_STORE)
            return Opened(key, str(slot["id"]))
        raise OpenError(wrong, damaged=len(of_kind) - len(usable))

    def _fits(self, key: bytes) -> bool:
        return hmac.compare_digest(self._head["check"], _check_value(self.store_id, key))

    def _new_slot(self, kind: SlotKind, key: bytes, now: datetime) -> Record:
        if not self._fits(key):
            raise OpenError(Reason.WRONG_KEY)
        return {"id": os.urandom(_SLOT_ID_BYTES).hex(), "kind": kind.value, "made": moment(now)}

    def _append(self, slot: Record) -> str:
        slot["sum"] = slotfile.checksum(slot)
        self._save([*self._head["slots"], slot])
        return str(slot["id"])

    def _save(self, slots: list[Record]) -> None:
        """Write the file with ``slots``, then the copy; what is on the disk must be what was read."""
        if self.from_copy or slotfile.read(self.path) != self._data:
            SlotsFile.load(self.path)  # says so when it cannot be read
            raise SlotsError(Reason.SLOTS_CHANGED)
        head = self._head | {"slots": slots}
        data = slotfile.encode(head)
        slotfile.write(self.path, data)
        self._head, self._data = head, data
        slotfile.write(copy_path(self.path), data)


def _check_value(store_id: bytes, key: bytes) -> str:
    """Return what tells a store's own key from another: a keyed hash that says nothing about the key."""
    return hmac.new(key, b"taet-paa database key 1\0" + store_id, hashlib.sha256).digest()[:16].hex()


def _is_lost(path: Path) -> bool:
    """Whether there is no file at ``path``, or one that makes no sense; a newer program's does."""
    try:
        slotfile.decode(slotfile.read(path))
    except SlotsError as error:
        return error.reason in (Reason.SLOTS_MISSING, Reason.SLOTS_UNREADABLE)
    return False


def _of_id(slots: list[Record], slot_id: str) -> Record | None:
    return next((slot for slot in slots if slot.get("id") == slot_id), None)
