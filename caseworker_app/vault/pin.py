"""The slow hash of a PIN. A PIN is short: the hash lies in the encrypted store, and tries are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseworker_app.vault.errors import OpenError, Reason
from caseworker_app.vault.locks import SMALL_MACHINE, Argon2Parameters

if TYPE_CHECKING:
    from argon2 import PasswordHasher


def hash_pin(pin: str, parameters: Argon2Parameters = SMALL_MACHINE) -> str:
    """Return the hash of ``pin`` as text (Argon2id with its parameters and salt). Raises ``NO_MEMORY``."""
    from argon2.exceptions import HashingError

    try:
        return _hasher(parameters).hash(pin)
    except HashingError as error:
        raise OpenError(Reason.NO_MEMORY, needed_mib=parameters.memory_kib // 1024) from error


def is_pin(hashed: str, pin: str) -> bool:
    """Return whether ``pin`` is the one that was hashed; a hash that cannot be read is nobody's. Raises ``NO_MEMORY``."""
    from argon2 import extract_parameters
    from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

    try:
        found = extract_parameters(hashed)
        if not Argon2Parameters(found.time_cost, found.memory_cost, found.parallelism).is_sane:
            return False
        return _hasher(SMALL_MACHINE).verify(hashed, pin)
    except (InvalidHashError, VerifyMismatchError, ValueError):
        return False
    except VerificationError as error:
        raise OpenError(Reason.NO_MEMORY, needed_mib=SMALL_MACHINE.memory_kib // 1024) from error


def _hasher(parameters: Argon2Parameters) -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(parameters.passes, parameters.memory_kib, parameters.lanes)
