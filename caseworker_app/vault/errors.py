"""What can go wrong with keys, as reasons a program can read.

The words for people are made by whoever puts the program together; nothing here holds a key, a passphrase
or a name.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why the vault said no. ``values`` of the error carry the numbers a sentence needs."""

    SEAL_BROKEN = "seal_broken"  # header, payload or key is not the one sealed with
    SIGNATURE_BROKEN = "signature_broken"
    WRAP_BROKEN = "wrap_broken"  # not wrapped for this key, or changed on the way
    BAD_LENGTH = "bad_length"  # a key, id or nonce of the wrong size: what, expected, got (bytes)

    SLOTS_MISSING = "slots_missing"  # no file: copy (bool: a copy that can be read lies beside it)
    SLOTS_EXIST = "slots_exist"  # a file is there already and is kept
    SLOTS_UNREADABLE = "slots_unreadable"  # what, copy
    SLOTS_NEWER = "slots_newer"  # written by a newer program: format, ours
    SLOTS_CHANGED = "slots_changed"  # someone else wrote the file since it was read
    SLOTS_NOT_SAVED = "slots_not_saved"  # errno
    OTHER_STORE = "other_store"  # the slots, or the key, belong to another store
    NO_SLOT = "no_slot"  # no slot of that kind: kind
    SLOT_DAMAGED = "slot_damaged"  # the only slot of that kind is damaged: kind
    SLOT_NEEDED = "slot_needed"  # removing it would leave fewer than two verified ways in
    SLOT_NOT_ON_DISK = "slot_not_on_disk"  # what was opened is not what the disk holds

    WRONG_PASSPHRASE = "wrong_passphrase"  # noqa: S105 - a reason's name. values: damaged (int)
    EMPTY_PASSPHRASE = "empty_passphrase"  # noqa: S105 - a reason's name
    LONG_PASSPHRASE = "long_passphrase"  # noqa: S105 - a reason's name. values: limit (characters)
    TEXT_PASSPHRASE = "text_passphrase"  # noqa: S105 - a reason's name: holds what is not a character
    NO_MEMORY = "no_memory"  # the slow hash did not get its memory: needed_mib
    WRONG_CODE = "wrong_code"  # well formed, but not this store's
    CODE_LENGTH = "code_length"  # got, expected (characters without hyphens), groups with a wrong length
    CODE_TYPO = "code_typo"  # groups (from 1) that cannot be right
    WRONG_KEY = "wrong_key"  # the keyring's or the organisation's key does not open this store


class VaultError(Exception):
    """A refusal by the vault: ``reason`` and the ``values`` named beside it in :class:`Reason`."""

    def __init__(self, reason: Reason, **values: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.values = values


class SealError(VaultError):
    """Bytes that are not what was sealed, signed or wrapped."""


class SlotsError(VaultError):
    """The file of key slots cannot be used, or must not be changed that way."""


class OpenError(VaultError):
    """The store was not opened with what was given."""


def need_length(what: str, value: bytes, length: int) -> None:
    """Raise :class:`SealError` (``BAD_LENGTH``) unless ``value`` is ``length`` bytes."""
    if len(value) != length:
        raise SealError(Reason.BAD_LENGTH, what=what, expected=length, got=len(value))
