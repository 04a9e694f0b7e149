"""What is in a slot: the database key, locked by a passphrase, a recovery code or an organisation's public
key.

Each slot's public parameters, its id and kind and the store's id are associated data of the wrapped key, so
none of them can be exchanged. A slot is a plain record (:mod:`caseworker_app.vault.slotfile`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from caseworker_app.vault.errors import OpenError, Reason, SealError
from caseworker_app.vault.slotfile import Record, canonical, is_hex
from caseworker_app.vault.wrapping import ExchangeKey, wrap_key

SALT_BYTES = 16
NONCE_BYTES = 12


class SlotKind(StrEnum):
    """The kinds of slot this program knows."""

    PASSPHRASE = "passphrase"  # noqa: S105 - a kind's name
    RECOVERY = "recovery"
    KEYRING = "keyring"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Argon2Parameters:
    """How slow and how large the hash of a passphrase is: passes, memory in KiB, lanes."""

    passes: int
    memory_kib: int
    lanes: int

    @property
    def is_sane(self) -> bool:
        """Whether a file may ask this of us: a changed file must not eat the machine's memory or hang it."""
        fits = 8 * self.lanes <= self.memory_kib <= 2 * 1024 * 1024
        return fits and 1 <= self.passes <= 16 and 1 <= self.lanes <= 16


LAPTOP = Argon2Parameters(passes=3, memory_kib=256 * 1024, lanes=4)
"""256 MiB, about 0.4 s on two cores: the default (sync-and-security 2.5)."""
SMALL_MACHINE = Argon2Parameters(passes=3, memory_kib=64 * 1024, lanes=4)
"""64 MiB, about 0.1 s: for a machine that cannot spare more (RFC 9106, second recommended option)."""

# What of a slot its own key authenticates; marks and whatever a newer program adds may change afterwards.
_AUTHENTICATED = ("id", "kind", "argon2", "salt", "public")


def lock_with_passphrase(
    store: bytes, slot: Record, key: bytes, secret: bytes, parameters: Argon2Parameters
) -> None:
    """Put ``key`` into ``slot``, locked by the normalised passphrase ``secret``. Raises ``NO_MEMORY``."""
    slot["argon2"] = {
        "variant": "id",
        "version": 19,
        "passes": parameters.passes,
        "memory_kib": parameters.memory_kib,
        "lanes": parameters.lanes,
    }
    slot["salt"] = os.urandom(SALT_BYTES).hex()
    _lock(store, slot, key, _argon2(secret, slot, parameters))


def unlock_with_passphrase(store: bytes, slot: Record, secret: bytes) -> bytes | None:
    """Return the key in ``slot``, or ``None`` when it is not this passphrase's. Raises ``NO_MEMORY``."""
    parameters = parameters_of(slot)
    if parameters is None or not is_hex(slot.get("salt"), SALT_BYTES):
        return None
    return _unlock(store, slot, _argon2(secret, slot, parameters))


def parameters_of(slot: Record) -> Argon2Parameters | None:
    """Return a passphrase slot's parameters, or ``None`` when they are not ones we would run."""
    found = slot.get("argon2")
    if not isinstance(found, dict) or found.get("variant") != "id" or found.get("version") != 19:
        return None
    numbers = [found.get(name) for name in ("passes", "memory_kib", "lanes")]
    known = [number for number in numbers if isinstance(number, int) and not isinstance(number, bool)]
    if len(known) != len(numbers):
        return None
    parameters = Argon2Parameters(*known)
    return parameters if parameters.is_sane else None


def lock_with_code(store: bytes, slot: Record, key: bytes, secret: bytes) -> None:
    """Put ``key`` into ``slot``, locked by the ``secret`` of a recovery code.

    HKDF and no slow hash: a slow hash makes up for a secret people can think of. The code is 140 random
    bits; at 10^12 guesses a second, trying half of them takes about 10^22 years.
    """
    slot["salt"] = os.urandom(SALT_BYTES).hex()
    _lock(store, slot, key, _hkdf(secret, slot))


def unlock_with_code(store: bytes, slot: Record, secret: bytes) -> bytes | None:
    """Return the key in ``slot``, or ``None`` when it is not this code's."""
    return _unlock(store, slot, _hkdf(secret, slot)) if is_hex(slot.get("salt"), SALT_BYTES) else None


def lock_for_organisation(store: bytes, slot: Record, key: bytes, public: bytes) -> None:
    """Put ``key`` into ``slot`` for the holder of ``public``'s secret half. Raises :class:`SealError`."""
    slot["public"] = public.hex()
    slot["wrapped"] = wrap_key(public, key, _associated(store, slot)).hex()


def unlock_for_organisation(store: bytes, slot: Record, private: ExchangeKey) -> bytes | None:
    """Return the key in ``slot``, or ``None`` when it is not wrapped for ``private``."""
    if slot.get("public") != private.public.hex() or not is_hex(slot.get("wrapped")):
        return None
    try:
        return private.unwrap(bytes.fromhex(slot["wrapped"]), _associated(store, slot))
    except SealError:
        return None


def _associated(store: bytes, slot: Record) -> bytes:
    bound = {name: slot[name] for name in _AUTHENTICATED if name in slot}
    return b"taet-paa key slot 1\0" + store + canonical(bound)


def _lock(store: bytes, slot: Record, key: bytes, locking_key: bytes) -> None:
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(locking_key).encrypt(nonce, key, _associated(store, slot))
    slot["wrapped"] = (nonce + sealed).hex()


def _unlock(store: bytes, slot: Record, locking_key: bytes) -> bytes | None:
    if not is_hex(slot.get("wrapped")):
        return None
    wrapped = bytes.fromhex(slot["wrapped"])
    nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    if not sealed:
        return None
    try:
        return AESGCM(locking_key).decrypt(nonce, sealed, _associated(store, slot))
    except InvalidTag:
        return None


def _argon2(secret: bytes, slot: Record, parameters: Argon2Parameters) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(
            secret,
            bytes.fromhex(slot["salt"]),
            time_cost=parameters.passes,
            memory_cost=parameters.memory_kib,
            parallelism=parameters.lanes,
            hash_len=32,
            type=Type.ID,
        )
    except HashingError as error:
        raise OpenError(Reason.NO_MEMORY, needed_mib=parameters.memory_kib // 1024) from error


def _hkdf(secret: bytes, slot: Record) -> bytes:
    salt = bytes.fromhex(slot["salt"])
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"taet-paa recovery code 1").derive(secret)
