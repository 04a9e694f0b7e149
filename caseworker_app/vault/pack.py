"""An encrypted file for one receiver: opened by a passphrase or by the secret half of a device's exchange key.

``magic | version | length of the head | head | pieces``. The head is JSON and bound to every piece. The body is sealed in
pieces of a mebibyte (AES-256-GCM, one key a file, the piece's number as nonce); the last one says that it is the last, so
a file that was cut is known as such. Nothing is allocated for a size that a file only claims.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseworker_app.vault.errors import OpenError, SealError
from caseworker_app.vault.locks import LAPTOP, SMALL_MACHINE, Argon2Parameters
from caseworker_app.vault.passphrase import normalise
from caseworker_app.vault.wrapping import ExchangeKey, wrap_key

MAGIC: Final = b"TAETPAA\n"
VERSION: Final = 1
MOST_BYTES: Final = 512 * 1024 * 1024
"""A larger file is not read."""
_PIECE: Final = 1 << 20
_TAG: Final = 16
_MOST_HEAD: Final = 64 * 1024
_MOST_RECEIVERS: Final = 64
_KEY, _SALT, _NONCE, _ID = 32, 16, 12, 16
_FIXED: Final = len(MAGIC) + 2 + 4
_INFO: Final = b"taet-paa handover 1"


class Fault(StrEnum):
    """Why a file is not opened."""

    NOT_A_PACK = "not_a_pack"
    NEWER = "newer"
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"
    CUT = "cut"
    WRONG_PASSPHRASE = "wrong_passphrase"  # noqa: S105 - a reason
    NEEDS_PASSPHRASE = "needs_passphrase"  # noqa: S105 - a reason
    NOT_FOR_THIS_DEVICE = "not_for_this_device"
    NO_MEMORY = "no_memory"


class PackError(Exception):
    """A file that is not opened, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Receiver:
    """A device a file is made for, by its public exchange key."""

    device: bytes
    exchange: bytes


def seal_for(receivers: Sequence[Receiver], body: bytes) -> bytes:
    """Return a file that each of the devices can open. Raises :class:`SealError` for a key that is none."""
    if not receivers:
        raise ValueError("a pack is made for somebody")
    key = os.urandom(_KEY)
    wrapped = [[one.device.hex(), wrap_key(one.exchange, key, _INFO + one.device).hex()] for one in receivers]
    return _sealed({"for": "devices", "keys": wrapped}, key, body)


def seal_with(passphrase: str, body: bytes, parameters: Argon2Parameters = LAPTOP) -> bytes:
    """Return a file that the passphrase opens. Raises ``OpenError`` for an empty one or too little memory."""
    salt, key = os.urandom(_SALT), os.urandom(_KEY)
    slow = _slow_hash(normalise(passphrase), salt, parameters)
    nonce = os.urandom(_NONCE)
    head = {
        "for": "passphrase",
        "argon2": [parameters.passes, parameters.memory_kib, parameters.lanes],
        "salt": salt.hex(),
        "key": (nonce + AESGCM(slow).encrypt(nonce, key, _INFO + salt)).hex(),
    }
    return _sealed(head, key, body)


def needs_passphrase(data: bytes) -> bool:
    """Whether a file is opened by a passphrase. Raises :class:`PackError` for what is no pack."""
    return bool(_head(data)[0]["for"] == "passphrase")


def open_with(passphrase: str, data: bytes) -> bytes:
    """Return what is in a file. Raises :class:`PackError`."""
    head, bound, at = _head(data)
    if head["for"] != "passphrase":
        raise PackError(Fault.NOT_FOR_THIS_DEVICE)
    parameters = Argon2Parameters(*head["argon2"])
    if parameters not in (LAPTOP, SMALL_MACHINE):  # another would let a file eat time and memory
        raise PackError(Fault.DAMAGED)
    try:
        salt, wrapped = _bytes(head["salt"], _SALT), _bytes(head["key"])
        slow = _slow_hash(normalise(passphrase), salt, parameters)
        key = AESGCM(slow).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _INFO + salt)
    except InvalidTag:
        raise PackError(Fault.WRONG_PASSPHRASE) from None
    except OpenError:
        raise PackError(Fault.WRONG_PASSPHRASE) from None
    except ValueError:
        raise PackError(Fault.DAMAGED) from None
    return _opened(key, bound, memoryview(data)[at:])


def open_for(device: bytes, secret: bytes, data: bytes) -> bytes:
    """Return what is in a file, by the 32 secret bytes of a device's exchange key. Raises :class:`PackError`."""
    head, bound, at = _head(data)
    if head["for"] != "devices":
        raise PackError(Fault.NEEDS_PASSPHRASE)
    mine = next((key for name, key in head["keys"] if name == device.hex()), None)
    if mine is None:
        raise PackError(Fault.NOT_FOR_THIS_DEVICE)
    try:
        key = ExchangeKey.from_bytes(secret).unwrap(_bytes(mine), _INFO + device)
    except (SealError, ValueError):
        raise PackError(Fault.NOT_FOR_THIS_DEVICE) from None
    return _opened(key, bound, memoryview(data)[at:])


# --- The head ------------------------------------------------------------------------------------------------------


def _sealed(head: dict[str, Any], key: bytes, body: bytes) -> bytes:
    written = json.dumps(head, separators=(",", ":")).encode("ascii")
    start = MAGIC + VERSION.to_bytes(2, "big") + len(written).to_bytes(4, "big") + written
    bound = sha256(start).digest()
    return b"".join((start, *_pieces(key, bound, body)))


def _head(data: bytes) -> tuple[dict[str, Any], bytes, int]:
    """Return the head, what binds the pieces to it, and where they begin. Raises :class:`PackError`."""
    if len(data) > MOST_BYTES:
        raise PackError(Fault.TOO_LARGE)
    if not data.startswith(MAGIC):
        raise PackError(Fault.NOT_A_PACK)
    if len(data) < _FIXED:
        raise PackError(Fault.CUT)
    if int.from_bytes(data[len(MAGIC) : len(MAGIC) + 2], "big") != VERSION:
        raise PackError(Fault.NEWER)
    length = int.from_bytes(data[len(MAGIC) + 2 : _FIXED], "big")
    if length > _MOST_HEAD:
        raise PackError(Fault.DAMAGED)
    end = _FIXED + length
    if len(data) < end:
        raise PackError(Fault.CUT)
    try:
        head = json.loads(data[_FIXED:end])
    except (ValueError, RecursionError):
        raise PackError(Fault.DAMAGED) from None
    if not _is_head(head):
        raise PackError(Fault.DAMAGED)
    return head, sha256(data[:end]).digest(), end


def _is_head(head: object) -> bool:
    if not isinstance(head, dict):
        return False
    if head.get("for") == "passphrase":
        numbers = head.get("argon2")
        return (
            isinstance(numbers, list)
            and len(numbers) == 3
            and all(type(one) is int for one in numbers)
            and isinstance(head.get("salt"), str)
            and isinstance(head.get("key"), str)
        )
    keys = head.get("keys")
    return (
        head.get("for") == "devices"
        and isinstance(keys, list)
        and len(keys) <= _MOST_RECEIVERS
        and all(
            isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)
            for one in keys
        )
    )


def _bytes(text: str, length: int = 0) -> bytes:
    found = bytes.fromhex(text)
    if length and len(found) != length:
        raise ValueError("of another length")
    return found


def _slow_hash(secret: bytes, salt: bytes, parameters: Argon2Parameters) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(
            secret, salt, time_cost=parameters.passes, memory_cost=parameters.memory_kib,
            parallelism=parameters.lanes, hash_len=_KEY, type=Type.ID,
        )  # fmt: skip
    except HashingError:
        raise PackError(Fault.NO_MEMORY) from None


# --- The pieces ----------------------------------------------------------------------------------------------------


def _pieces(key: bytes, bound: bytes, body: bytes) -> Iterator[bytes]:
    cipher, view = AESGCM(key), memoryview(body)
    count = max(1, -(-len(body) // _PIECE))
    for number in range(count):
        piece = view[number * _PIECE : (number + 1) * _PIECE]
        yield cipher.encrypt(_nonce(number), piece, _about(bound, last=number == count - 1))


def _opened(key: bytes, bound: bytes, sealed: memoryview) -> bytes:
    cipher, whole = AESGCM(key), _PIECE + _TAG
    count = max(1, -(-len(sealed) // whole))
    found = bytearray()
    for number in range(count):
        piece = sealed[number * whole : (number + 1) * whole]
        try:
            found += cipher.decrypt(_nonce(number), piece, _about(bound, last=number == count - 1))
        except (InvalidTag, ValueError):
            raise PackError(_cut_or_damaged(cipher, bound, piece, number)) from None
    return bytes(found)


def _cut_or_damaged(cipher: AESGCM, bound: bytes, piece: memoryview, number: int) -> Fault:
    """A whole piece that is not the last, where the file ends: it was cut there. So is one that is too short."""
    if len(piece) < _PIECE + _TAG:
        return Fault.CUT
    try:
        cipher.decrypt(_nonce(number), piece, _about(bound, last=False))
    except InvalidTag:
        return Fault.DAMAGED
    return Fault.CUT


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE, "big")


def _about(bound: bytes, *, last: bool) -> bytes:
    return bound + (b"last" if last else b"more")
